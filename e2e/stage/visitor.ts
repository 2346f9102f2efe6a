// A visitor is a person at a browser of their own: fresh cookies, and somebody who watches that the pages keep their
// promises: the content security policy is never violated, nothing is fetched from elsewhere, nothing fails on our
// side.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Milliseconds in which a page does what it should on a very busy machine: no more than a limit for what hangs. */
const PATIENCE = 60_000;

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** The troubles that there were so far; a test that expects something takes it out. */
  troubles: string[];
  newTab(): Promise<Page>;
}

interface VisitorOptions extends BrowserContextOptions {
  /** Origins that pages may be fetched from. */
  origins: readonly string[];
}

/** Something ends after a test, or after several that share it. */
export interface TestEnd {
  after(end: () => unknown): void;
}

/** Opens a browser profile that ends with the test; a test in which something went wrong fails. */
export async function visit(
  test: TestEnd,
  browser: Browser,
  { origins, ...options }: VisitorOptions,
): Promise<Visitor> {
  // Nothing that moves is tested, and every movement would be waited for.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  const troubles: string[] = [];
  test.after(async () => {
    await context.close();
    assert.deepEqual(troubles, [], 'what the browser complained about');
  });
  watch(context, origins, troubles);
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI} on ${event.documentURI}`);
    });
  });
  const page = await context.newPage();
  return { page, context, troubles, newTab: () => context.newPage() };
}

function watch(context: BrowserContext, origins: readonly string[], troubles: string[]): void {
  context.on('console', (message) => {
    if (/Content Security Policy|policy violated|Refused to/i.test(message.text()))
      troubles.push(`console: ${message.text()}`);
  });
  context.on('weberror', ({ error }) => void troubles.push(`script: ${error().message}`));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && !origins.includes(origin)) troubles.push(`asked ${origin}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} at ${new URL(response.url()).pathname}`);
  });
}

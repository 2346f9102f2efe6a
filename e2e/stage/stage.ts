// Each journey happens on a stage: one emulator, the website of an app and one Chromium, shared by the tests of a file.
import assert from 'node:assert/strict';
import { createEmulator, type Emulator } from '@hallpass/emulator';
import type { Server } from '@hallpass/server';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { seedWith } from './cast.ts';
import { type Graph, graphAt } from './graph.ts';
import { type Visitor, visit, type TestEnd } from './visitor.ts';
import { openWebsite, type Website } from './website.ts';

export interface Stage {
  /** The platform, without a final slash. */
  url: string;
  website: Website;
  graph: Graph;
  browser: Browser;
  /** A person at a browser of their own. */
  visitor(test: TestEnd, options?: BrowserContextOptions): Promise<Visitor>;
  /** Visitors may also fetch from here: the address of a server that stands beside the platform. */
  allow(url: string): void;
  /** Moves the clock of the platform forward: `90m`, `61d`, or seconds. */
  advance(time: string): Promise<void>;
  /** A link that opens the pages about the emulator in one browser, once. */
  consoleLink(): string;
  /** The mails of the platform. */
  inbox: Emulator['inbox'];
  /** The server behind it, for worlds that are too big to be made by calls. */
  server(): Server;
  /** The moment it is on the platform, epoch seconds. */
  now(): number;
  /** The world as it was at the beginning. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** @param callbacks addresses, beside that of the website, to which apps may have people sent back */
export async function openStage({ callbacks = [] }: { callbacks?: readonly string[] } = {}): Promise<Stage> {
  const website = await openWebsite();
  const [emulator, browser] = await Promise.all([openEmulator(website, callbacks), openChromium()]);
  const control = async (path: string, form: Record<string, string>): Promise<void> => {
    const reply = await fetch(`${emulator.url}/_/emulator/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${emulator.controlToken}` },
      body: new URLSearchParams(form),
    });
    assert.equal(reply.status, 200, await reply.text());
  };
  const origins = [emulator.url, website.url, website.elsewhere, ...callbacks.map((url) => new URL(url).origin)];
  return {
    url: emulator.url,
    website,
    graph: graphAt(emulator.url),
    browser,
    visitor: (test, options) => visit(test, browser, { ...options, origins }),
    allow: (url) => void origins.push(url),
    advance: (time) => control('clock', { advance: time }),
    consoleLink: () => emulator.consoleLink(),
    inbox: emulator.inbox,
    server: () => emulator.server,
    now: () => emulator.clock.now(),
    async reset() {
      website.clear();
      await control('reset', {});
    },
    async close() {
      await browser.close();
      await emulator.close();
      await website.close();
    },
  };
}

function openEmulator(website: Website, callbacks: readonly string[]) {
  return createEmulator({
    seed: seedWith(website.callback, ...callbacks),
  });
}

// Tests open the pages of their world in the headless browser.
import { HeadlessBrowser } from '../src/headless/browser.ts';
import type { WebPage } from '../src/headless/web-page.ts';
import type { TestWorld } from './world.ts';

export { navigation, ownForm } from '../src/headless/browser.ts';
export { answerOf, dialogUrl } from '../src/headless/dialog.ts';
export type { FilledForm as Form, WebPage as Page } from '../src/headless/web-page.ts';

/** The lines that set cookies in an answer. */
export const cookiesSet = ({ headers }: WebPage): string[] => [headers['set-cookie'] ?? []].flat();

export const HOST = 'localhost:4000';

interface Place {
  host?: string;
  /** The network address of the person. */
  address?: string;
}

export class Browser extends HeadlessBrowser {
  readonly world: TestWorld;
  readonly address: string;

  constructor(world: TestWorld, { host = HOST, address = '127.0.0.1' }: Place = {}) {
    super(
      async ({ method, path, headers, body }) => {
        const ask = path.indexOf('?');
        const answer = await world.send({
          method,
          host,
          path: ask < 0 ? path : path.slice(0, ask),
          query: ask < 0 ? '' : path.slice(ask + 1),
          address,
          headers,
          body: Buffer.from(body),
        });
        const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
        return { status: answer.status, headers: answer.headers, text };
      },
      // An address of ours at which an app is told something is looked at, and not opened.
      { host, follows: (location) => location.startsWith('/') },
    );
    this.world = world;
    this.address = address;
  }

  /** The same browser, asking another node. */
  at(world: TestWorld): Browser {
    const twin = new Browser(world, { host: this.host, address: this.address });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }
}

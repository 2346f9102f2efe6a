// Tests use the dashboard as a page of ours does: a browser with a session, and calls with its token.
import { Browser, HOST } from './browser.ts';
import type { Reply, TestWorld } from './world.ts';

/** A browser sends these along with a call that a page of ours makes. */
const ownCall = {
  origin: `http://${HOST}`,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
};

export class Desk {
  readonly browser: Browser;
  csrf = '';

  constructor(world: TestWorld, host?: string) {
    this.browser = new Browser(world, host === undefined ? {} : { host });
  }

  /** Logs in and learns the token of the session, as a page does when it is opened. */
  async open(person: { email: string; password: string }): Promise<this> {
    await this.browser.logIn(person);
    await this.session();
    return this;
  }

  async session(): Promise<Reply> {
    const reply = await this.raw('GET', '/console/session');
    this.csrf = reply.body?.csrf ?? '';
    return reply;
  }

  /** Gives the password, as the page asks for it before acts that cannot be taken back. */
  async confirm(password: string, code?: string): Promise<Reply> {
    const reply = await this.raw('POST', '/console/confirm', code === undefined ? { password } : { password, code });
    if (reply.status === 200) this.csrf = reply.body.csrf;
    return reply;
  }

  get = (path: string): Promise<Reply> => this.raw('GET', `/console/graph${path}`);
  post = (path: string, form: Record<string, string> = {}): Promise<Reply> =>
    this.raw('POST', `/console/graph${path}`, form);
  delete = (path: string): Promise<Reply> => this.raw('DELETE', `/console/graph${path}`);

  async raw(
    method: string,
    url: string,
    form?: Record<string, string>,
    headers: Record<string, string | undefined> = {},
  ): Promise<Reply> {
    const sent: Record<string, string | undefined> = {
      ...ownCall,
      'x-hallpass-csrf': this.csrf === '' ? undefined : this.csrf,
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    };
    const present = Object.fromEntries(
      Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const page = await this.browser.ask(url, {
      method,
      headers: present,
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    let body: unknown;
    try {
      body = JSON.parse(page.text);
    } catch {
      body = undefined;
    }
    return { status: page.status, headers: page.headers, body, text: page.text };
  }
}

export const desk = (world: TestWorld, person: { email: string; password: string }): Promise<Desk> =>
  new Desk(world).open(person);

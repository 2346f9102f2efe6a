// The dashboard as a page of ours uses it: a browser with a session, and calls with its token.
import type { HeadlessBrowser } from './browser.ts';

interface DashboardReply {
  status: number;
  headers: Record<string, string | string[]>;
  text: string;
  /** The JSON of the answer; undefined where it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- callers read whatever came
  body: any;
}

type Form = Readonly<Record<string, string>>;

export class Dashboard {
  readonly browser: HeadlessBrowser;
  /** The token of the session; empty before it is known. */
  csrf = '';

  constructor(browser: HeadlessBrowser) {
    this.browser = browser;
  }

  /** Logs in and learns the token of the session, as a page does when it is opened. */
  async open(person: { email: string; password: string }): Promise<this> {
    await this.browser.logIn(person);
    await this.session();
    return this;
  }

  async session(): Promise<DashboardReply> {
    const reply = await this.raw('GET', '/console/session');
    this.csrf = reply.body?.csrf ?? '';
    return reply;
  }

  /** Gives the password, as the page asks for it before acts that cannot be taken back. */
  async confirm(password: string, code?: string): Promise<DashboardReply> {
    const reply = await this.raw('POST', '/console/confirm', code === undefined ? { password } : { password, code });
    if (reply.status === 200) this.csrf = reply.body.csrf;
    return reply;
  }

  get = (path: string): Promise<DashboardReply> => this.raw('GET', `/console/graph${path}`);
  post = (path: string, form: Form = {}): Promise<DashboardReply> => this.raw('POST', `/console/graph${path}`, form);
  delete = (path: string): Promise<DashboardReply> => this.raw('DELETE', `/console/graph${path}`);

  /** One request. @param headers win over those that a page of ours sends; `undefined` takes one out */
  async raw(
    method: string,
    url: string,
    form?: Form,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<DashboardReply> {
    const sent: Record<string, string | undefined> = {
      origin: `http://${this.browser.host}`,
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      'x-hallpass-csrf': this.csrf === '' ? undefined : this.csrf,
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    };
    const page = await this.browser.ask(url, {
      method,
      headers: withoutGaps(sent),
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    return { status: page.status, headers: withoutGaps(page.headers), text: page.html, body: jsonOf(page.html) };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const withoutGaps = <T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined));

// This is a small browser for tests: keeps cookies as browsers do, follows redirects of our own host, reads and sends
// forms.
import type { TestWorld } from './world.ts';

export const HOST = 'localhost:4000';

export interface Page {
  status: number;
  headers: Record<string, string | string[]>;
  text: string;
  /** Path and query of what was shown at last. */
  url: string;
  location: string | undefined;
  setCookies: string[];
}

export interface Form {
  action: string;
  fields: [name: string, value: string][];
}

interface Sent {
  headers?: Record<string, string>;
  method?: string;
}

/** Chromium sends these along with a click on a link, and with a form of our own page. */
export const navigation = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-user': '?1',
  accept: 'text/html,*/*;q=0.8',
};
export const ownForm = { ...navigation, 'sec-fetch-site': 'same-origin', origin: 'null' };

export class Browser {
  readonly world: TestWorld;
  readonly cookies = new Map<string, string>();
  readonly host: string;
  readonly address: string;
  /** The page that the last answer showed. */
  page: Page = { status: 0, headers: {}, text: '', url: '', location: undefined, setCookies: [] };

  constructor(world: TestWorld, options: { host?: string; address?: string } = {}) {
    this.world = world;
    this.host = options.host ?? HOST;
    this.address = options.address ?? '127.0.0.1';
  }

  /** One request, without following anything. */
  async ask(url: string, sent: Sent & { body?: string } = {}): Promise<Page> {
    const ask = url.indexOf('?');
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.world.send({
      method: sent.method ?? 'GET',
      host: this.host,
      path: ask < 0 ? url : url.slice(0, ask),
      query: ask < 0 ? '' : url.slice(ask + 1),
      address: this.address,
      headers: {
        host: this.host,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0',
        ...(cookie === '' ? {} : { cookie }),
        ...sent.headers,
      },
      body: Buffer.from(sent.body ?? ''),
    });
    const setCookies = [answer.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) this.#keep(line);
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
    const location = answer.headers.location;
    this.page = {
      status: answer.status,
      headers: answer.headers,
      text,
      url,
      location: typeof location === 'string' ? location : undefined,
      setCookies,
    };
    return this.page;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(equals + 1));
  }

  /** Opens an address and follows redirects within our own host. */
  async open(url: string, sent: Sent = {}): Promise<Page> {
    await this.ask(url, { ...sent, headers: { ...navigation, ...sent.headers } });
    return this.#follow();
  }

  async #follow(): Promise<Page> {
    for (let hops = 0; this.page.location?.startsWith('/') && hops < 10; hops++)
      await this.ask(this.page.location, { headers: navigation });
    return this.page;
  }

  /** Posts a form, as it stands, and follows redirects within our own host. */
  async send(form: Form, sent: Sent = {}): Promise<Page> {
    await this.post(form, sent);
    return this.#follow();
  }

  /** Posts a form without following. */
  post(form: Form, sent: Sent = {}): Promise<Page> {
    const body = form.fields
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return this.ask(form.action, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...ownForm, ...sent.headers },
    });
  }

  /**
   * The form of the page that goes to `action`, with what it holds and what is filled in; a value of `null` takes a
   * field out.
   */
  form(action: string, fill: Record<string, string | readonly string[] | null> = {}): Form {
    const html = this.forms().find((one) => one.action === action);
    if (!html)
      throw new Error(
        `no form to ${action} on ${this.page.url} (${this.page.status}): ${/<h1>(.*?)<\/h1>/s.exec(this.page.text)?.[1]}`,
      );
    const fields = html.fields.filter(([name]) => !(name in fill));
    for (const [name, value] of Object.entries(fill))
      if (value !== null) for (const one of [value].flat()) fields.push([name, one as string]);
    return { action, fields };
  }

  /** Every form of the page: hidden fields, and ticks as they stand. */
  forms(): Form[] {
    return [...this.page.text.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
      ([, action = '', inside = '']) => ({
        action: unescaped(action),
        fields: [...inside.matchAll(/<input ([^>]*)>/g)].flatMap(([, attributes = '']) => {
          const of = (name: string) => unescaped(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
          const sent =
            of('type') === 'hidden' ||
            (['checkbox', 'radio'].includes(of('type')) && /\schecked(?:\s|$)/.test(attributes));
          return sent ? [[of('name'), of('value')] as [string, string]] : [];
        }),
      }),
    );
  }

  heading(): string {
    return unescaped((/<h1[^>]*>(.*?)<\/h1>/s.exec(this.page.text)?.[1] ?? '').replace(/<[^>]*>/g, ''));
  }

  /** The same browser, asking another node. */
  at(world: TestWorld): Browser {
    const twin = new Browser(world, { host: this.host, address: this.address });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  /** Logs in at /login. */
  async logIn(person: { email: string; password: string }): Promise<Page> {
    await this.open('/login');
    return this.send(this.form('/login', { email: person.email, password: person.password, decision: 'continue' }));
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The address of a dialog. */
export function dialogUrl(params: Record<string, string | undefined>, path = '/v25.0/dialog/oauth'): string {
  const query = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${path}?${query.join('&')}`;
}

/** Query and fragment of an address that a dialog led to. */
export function answerOf(location: string | undefined): {
  query: URLSearchParams;
  fragment: URLSearchParams;
  bare: string;
} {
  const [before = '', fragment = ''] = (location ?? '').split(/#(.*)/s);
  const [bare = '', query = ''] = before.split(/\?(.*)/s);
  return { query: new URLSearchParams(query), fragment: new URLSearchParams(fragment), bare };
}

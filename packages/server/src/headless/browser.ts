// A browser without scripts and without a window: cookies, links, forms and redirects of one host. It stops where a
// redirect leads to another host, which is where an app takes over.
import {
  asItStands,
  type FilledForm,
  filled,
  type Submission,
  type WebForm,
  WebPage,
  type WebResponse,
} from './web-page.ts';

export interface WebRequest {
  method: string;
  /** Path and query, as they go over the wire. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Carries requests to the host: a call of `handle`, or a socket. */
export type WebTransport = (request: WebRequest) => Promise<WebResponse>;

/** Chromium sends these along with a click on a link of another site. */
export const navigation = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-user': '?1',
  accept: 'text/html,*/*;q=0.8',
};

/** Chromium sends these along with a form of our own page, whose policy is to tell no address. */
export const ownForm = { ...navigation, 'sec-fetch-site': 'same-origin', origin: 'null' };

const MOST_REDIRECTS = 10;

interface BrowserOptions {
  /** `localhost:4000` */
  host: string;
  userAgent?: string;
  /** Tells whether a redirect is followed that leads to this host; every one is where it is not given. */
  follows?: (location: string) => boolean;
}

interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
}

export class HeadlessBrowser {
  readonly host: string;
  readonly cookies = new Map<string, string>();
  /** The page that the last answer showed. */
  page: WebPage = new WebPage('', { status: 0, headers: {}, text: '' }, undefined);
  readonly #send: WebTransport;
  readonly #userAgent: string;
  readonly #follows: (location: string) => boolean;

  constructor(
    send: WebTransport,
    { host, userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0', follows = () => true }: BrowserOptions,
  ) {
    this.#send = send;
    this.host = host;
    this.#userAgent = userAgent;
    this.#follows = follows;
  }

  /**
   * One request with the cookies of this browser, without following anything.
   * @param path with its query; a fragment is kept and not sent
   */
  async ask(
    path: string,
    { method = 'GET', headers, body = '' }: RequestOptions & { body?: string } = {},
  ): Promise<WebPage> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#send({
      method,
      path: path.replace(/#.*/s, ''),
      headers: {
        host: this.host,
        'user-agent': this.#userAgent,
        ...(cookie === '' ? {} : { cookie }),
        ...headers,
      },
      body,
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) this.#keep(line);
    const { location } = response.headers;
    const stays =
      typeof location !== 'string' || (this.#inside(location, path) !== undefined && this.#follows(location));
    const left = stays ? undefined : location;
    this.page = new WebPage(path, response, left);
    return this.page;
  }

  /** Opens a path, or an address of this host, and follows redirects within the host. */
  async open(address: string, options: RequestOptions = {}): Promise<WebPage> {
    const path = this.#inside(address, '/');
    if (path === undefined) throw new Error(`${address} is not an address of ${this.host}`);
    await this.ask(path, { ...options, headers: { ...navigation, ...options.headers } });
    return this.#follow();
  }

  /** Follows the link with these words. @throws Error where there is none */
  async follow(words: string, page: WebPage = this.page): Promise<WebPage> {
    const link = page.links.find(({ text }) => text.includes(words));
    if (!link) throw new Error(`no link with the words "${words}" on: ${page.innerText}`);
    return this.open(this.#inside(link.to, page.url) ?? link.to);
  }

  /** Posts a form as it is filled in, without following redirects. */
  post({ action, fields }: FilledForm, { headers, ...options }: RequestOptions = {}): Promise<WebPage> {
    const body = fields.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ask(action, { method: 'POST', ...options, body, headers: { ...type, ...ownForm, ...headers } });
  }

  /** Posts a form and follows redirects within the host. */
  async send(form: FilledForm, options: RequestOptions = {}): Promise<WebPage> {
    await this.post(form, options);
    return this.#follow();
  }

  /** Fills in a form and presses one of its buttons. */
  submit(form: WebForm, submission: Submission = {}): Promise<WebPage> {
    return this.send(filled(form, submission));
  }

  /** Presses the button with these words, wherever it is on the page. @throws Error where there is none */
  press(button: string, submission: Submission = {}): Promise<WebPage> {
    const form = this.page.forms.find(({ buttons }) => buttons.some(({ text }) => text.includes(button)));
    if (!form) throw new Error(`no button "${button}" on: ${this.page.innerText}`);
    return this.submit(form, { ...submission, button });
  }

  /**
   * The form of the page that goes to `action`, with what it holds and what is filled in; `null` takes a field out.
   * @throws Error where there is none
   */
  form(action: string, fill: Readonly<Record<string, string | readonly string[] | null>> = {}): FilledForm {
    const found = this.page.forms.find((one) => one.action === action);
    if (!found) throw new Error(`no form to ${action} on ${this.page.url} (${this.page.status}): ${this.page.heading}`);
    const kept = asItStands(found).fields.filter(([name]) => !(name in fill));
    const added = Object.entries(fill).flatMap(([name, value]) =>
      value === null ? [] : [value].flat().map((one): [string, string] => [name, one]),
    );
    return { action, fields: [...kept, ...added] };
  }

  /** Every form of the page, as it stands. */
  forms(): FilledForm[] {
    return this.page.forms.map(asItStands);
  }

  heading(): string {
    return this.page.heading;
  }

  /** Logs in at /login. */
  async logIn({ email, password }: { email: string; password: string }): Promise<WebPage> {
    await this.open('/login');
    return this.send(this.form('/login', { email, password, decision: 'continue' }));
  }

  async #follow(): Promise<WebPage> {
    for (let hops = 0; hops < MOST_REDIRECTS; hops++) {
      const { location, url, left } = this.page;
      const next = location === undefined || left !== undefined ? undefined : this.#inside(location, url);
      if (next === undefined) return this.page;
      await this.ask(next, { headers: navigation });
    }
    throw new Error(`${this.page.url} goes round in circles`);
  }

  /** Path, query and fragment of an address of this host. */
  #inside(address: string, from: string): string | undefined {
    if (!URL.canParse(address, `http://${this.host}${from}`)) return undefined;
    const { host, pathname, search, hash } = new URL(address, `http://${this.host}${from}`);
    return host === this.host ? pathname + search + hash : undefined;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    if (attributes.some((one) => /^max-age=0$/i.test(one))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
  }
}

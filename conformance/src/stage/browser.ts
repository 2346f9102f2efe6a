// This is a browser without scripts: cookies, links, forms, redirects. It follows addresses of the platform and stops
// where a redirect leads to somewhere else, which is where the app would take over.
import assert from 'node:assert/strict';
import { attributes, textOf } from '../html.ts';
import type { Ask, Reply } from './world.ts';

interface Field {
  name: string;
  value: string;
  type: string;
  ticked: boolean;
}

interface Form {
  action: string;
  fields: Field[];
  /** Submit buttons: what they send, and what they say. */
  buttons: { name: string | undefined; value: string; text: string }[];
}

export interface Submission {
  /** Words on the button; the first button when absent. */
  button?: string;
  /** Values of text fields by name. */
  fill?: Record<string, string>;
  /** Ticks by `name=value`; others stay as they are. */
  untick?: readonly string[];
  tick?: readonly string[];
}

/** The page that the person sees, or the address that the browser was sent to. */
export interface Page {
  /** Path on the platform. */
  path: string;
  status: number;
  html: string;
  text: string;
  forms: Form[];
  links: { text: string; to: string }[];
  /** The address outside of the platform that the browser was sent to, if it was. */
  left: string | undefined;
}

export class Browser {
  readonly #send: (ask: Ask) => Promise<Reply>;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  readonly #userAgent: string;

  constructor(
    send: (ask: Ask) => Promise<Reply>,
    origin: string,
    userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Conformance/1.0',
  ) {
    this.#send = send;
    this.#origin = origin;
    this.#userAgent = userAgent;
  }

  /** Opens a path of the platform, or an address of it. */
  async open(address: string): Promise<Page> {
    return this.#go({
      method: 'GET',
      path: this.#inside(address) ?? assert.fail(`${address} is not an address of the platform`),
    });
  }

  /** Follows the link with these words. */
  async follow(page: Page, words: string): Promise<Page> {
    const link = page.links.find(({ text }) => text.includes(words));
    assert.ok(link, `no link with the words "${words}" on: ${page.text}`);
    return this.open(new URL(link.to, this.#origin + page.path).href);
  }

  /** Presses a button of `form`. */
  async submit(page: Page, form: Form, submission: Submission = {}): Promise<Page> {
    const button =
      submission.button === undefined
        ? form.buttons[0]
        : form.buttons.find(({ text }) => text.includes(submission.button ?? ''));
    assert.ok(button, `no button "${submission.button}" on: ${page.text}`);
    const sent = new URLSearchParams();
    for (const field of form.fields) {
      const key = `${field.name}=${field.value}`;
      const isTick = field.type === 'checkbox' || field.type === 'radio';
      const ticked = submission.tick?.includes(key) || (field.ticked && !submission.untick?.includes(key));
      if (field.name !== '' && (!isTick || ticked))
        sent.append(field.name, submission.fill?.[field.name] ?? field.value);
    }
    if (button.name !== undefined) sent.append(button.name, button.value);
    const target = new URL(form.action, this.#origin + page.path);
    return this.#go({
      method: 'POST',
      path: target.pathname + target.search,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.#origin,
        'sec-fetch-site': 'same-origin',
      },
      body: sent.toString(),
    });
  }

  /** A call that a page of the platform makes, with the cookies of this browser. */
  async call(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
    const sent: Ask = {
      method,
      path,
      headers: { ...this.#headers(), origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
    };
    const reply = await this.#send(body === undefined ? sent : { ...sent, body });
    this.#keep(reply);
    return reply;
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'user-agent': this.#userAgent, accept: 'text/html', ...(cookie ? { cookie } : {}) };
  }

  async #go(first: Ask): Promise<Page> {
    let ask = first;
    for (let hops = 0; hops < 10; hops++) {
      const reply = await this.#send({ ...ask, headers: { ...ask.headers, ...this.#headers() } });
      this.#keep(reply);
      const location = reply.headers['location'];
      if (typeof location !== 'string') return this.#see(ask.path, reply);
      const target = new URL(location, this.#origin + ask.path).href;
      const inside = this.#inside(target);
      if (inside === undefined) return { ...this.#see(ask.path, reply), left: location };
      ask = { method: 'GET', path: inside };
    }
    assert.fail(`${first.path} goes round in circles`);
  }

  #inside(address: string): string | undefined {
    const url = new URL(address, this.#origin);
    return url.origin === this.#origin ? url.pathname + url.search : undefined;
  }

  #keep(reply: Reply): void {
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...attributesOf] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const gone = attributesOf.some((one) => /^max-age=(?:0|-)/i.test(one) || /^expires=.*1970/i.test(one));
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    }
  }

  #see(path: string, { status, text: html }: Reply): Page {
    const links = [...html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)].map(([, tag = '', inner = '']) => ({
      text: textOf(inner),
      to: attributes(tag)['href'] ?? '',
    }));
    return { path, status, html, text: textOf(html), forms: formsOf(html), links, left: undefined };
  }
}

function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inner = '']) => ({
    action: attributes(tag)['action'] ?? '',
    fields: [...inner.matchAll(/<input\b([^>]*)>/g)].map(([, input = '']) => {
      const { name = '', value = '', type = 'text', checked } = attributes(input);
      return { name, value, type, ticked: checked !== undefined };
    }),
    buttons: [...inner.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(([, button = '', words = '']) => {
      const { name, value = '', 'aria-label': label } = attributes(button);
      return { name, value, text: label ?? textOf(words) };
    }),
  }));
}

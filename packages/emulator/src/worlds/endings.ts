// Some things of a world end by the clock alone: tokens that expire, and the ninety days for which an app may read data. Tokens
// are not stored anywhere, so those are known that were seen in a request or an answer.
import type { HttpRequest, HttpResponse, Server } from '@hallpass/server';
import { openSealed } from '@hallpass/server/testing';
import { marksOf } from './which-world.ts';

/** Something that has happened, or will, at a moment of the world. */
export interface Happening {
  /** Epoch seconds. */
  time: number;
  /** A name of the log such as `callback.sent`, or `token.expired`, or `data_access.ended`. */
  what: string;
  facts: Readonly<Record<string, unknown>>;
}

/** The oldest are forgotten beyond this. */
const MOST_TOKENS = 5000;
/** Ends of data access that are told of at a time. */
const MOST_GRANTS = 1000;

const tokenForm = /\b[EX]AA[A-Za-z0-9]{60,}/g;

export class Endings {
  readonly #server: () => Server;
  readonly #tokens = new Map<string, Happening>();

  constructor(server: () => Server) {
    this.#server = server;
  }

  /** Notes the tokens that a request brought, and those that it was answered with. */
  note(incoming: HttpRequest, { headers, body }: HttpResponse): void {
    for (const token of marksOf(incoming).tokens) this.#add(token);
    if (typeof body === 'string' && body.includes('"access_token"')) this.#addAll(body);
    if (typeof headers['location'] === 'string') this.#addAll(headers['location']);
  }

  /** The next end after this moment, of all that are known. */
  async next(after: number): Promise<Happening | undefined> {
    const tokens = [...this.#tokens.values()].filter(({ time }) => time > after);
    return [...tokens, ...(await this.#dataAccess(after, undefined, 1))].toSorted((a, b) => a.time - b.time)[0];
  }

  /** The ends after the first moment and not after the second. */
  async between(after: number, until: number): Promise<Happening[]> {
    const tokens = [...this.#tokens.values()].filter(({ time }) => time > after && time <= until);
    return [...tokens, ...(await this.#dataAccess(after, until, MOST_GRANTS))];
  }

  /** The world begins anew: its tokens are dead. */
  clear(): void {
    this.#tokens.clear();
  }

  #addAll(text: string): void {
    for (const [token] of text.matchAll(tokenForm)) this.#add(token);
  }

  #add(token: string): void {
    const mark = token.slice(-20);
    if (this.#tokens.has(mark)) return;
    const opened = openSealed(this.#server().installation.ring(), token);
    if (!opened.ok || opened.record.expiresAt === 0) return;
    const { kind, app, user, page, expiresAt } = opened.record;
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= MOST_TOKENS && oldest !== undefined) this.#tokens.delete(oldest);
    this.#tokens.set(mark, {
      time: expiresAt,
      what: 'token.expired',
      facts: { token: `${token.slice(0, 6)}…${token.slice(-4)}`, kind, app, person: user, page },
    });
  }

  async #dataAccess(after: number, until: number | undefined, limit: number): Promise<Happening[]> {
    const { db } = this.#server().installation;
    let query = db.read
      .selectFrom('grants')
      .select(['app_id', 'person_id', 'data_access_until'])
      .where('data_access_until', '>', after);
    if (until !== undefined) query = query.where('data_access_until', '<=', until);
    const rows = await query.orderBy('data_access_until').limit(limit).execute();
    return rows.map(({ app_id: app, person_id: person, data_access_until: time }) => ({
      time,
      what: 'data_access.ended',
      facts: { app, person },
    }));
  }
}

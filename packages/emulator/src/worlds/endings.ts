// Some things of a world end by the clock alone: tokens that expire, and the ninety days for which an app may read data. Those
// tokens are known that were seen.
import type { Server } from '@hallpass/server';
import { type SeenTokens, shortened } from '../tokens/seen-tokens.ts';

/** Something that has happened, or will, at a moment of the world. */
export interface Happening {
  /** Epoch seconds. */
  time: number;
  /** A name of the log such as `callback.sent`, or `token.expired`, or `data_access.ended`. */
  what: string;
  facts: Readonly<Record<string, unknown>>;
}

/** Ends of data access that are told of at a time. */
const MOST_GRANTS = 1000;

export class Endings {
  readonly #server: () => Server;
  readonly #tokens: SeenTokens;

  constructor(server: () => Server, tokens: SeenTokens) {
    this.#server = server;
    this.#tokens = tokens;
  }

  /** The next end after this moment, of all that are known. */
  async next(after: number): Promise<Happening | undefined> {
    const tokens = this.#expiries().filter(({ time }) => time > after);
    return [...tokens, ...(await this.#dataAccess(after, undefined, 1))].toSorted((a, b) => a.time - b.time)[0];
  }

  /** The ends after the first moment and not after the second. */
  async between(after: number, until: number): Promise<Happening[]> {
    const tokens = this.#expiries().filter(({ time }) => time > after && time <= until);
    return [...tokens, ...(await this.#dataAccess(after, until, MOST_GRANTS))];
  }

  /** Tokens that live for ever have none. */
  #expiries(): Happening[] {
    return this.#tokens.list().flatMap(({ token, record: { kind, app, user, page, expiresAt } }) =>
      expiresAt === 0
        ? []
        : [
            {
              time: expiresAt,
              what: 'token.expired',
              facts: { token: shortened(token), kind, app, person: user, page },
            },
          ],
    );
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

// Stands in for the services that the emulator does not play, Instagram and Threads, as far as their tokens need: a token
// works until its end, and is extended by the call that the table of kinds describes.
import type { Fetch } from '@hallpass/client';
import { DAY, type Random, randomHex } from '@hallpass/protocol';

interface Account {
  id: string;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
}

const LIFE = 60 * DAY;

const refused = (message: string): Response =>
  Response.json({ error: { message, type: 'OAuthException', code: 190, error_subcode: 463 } }, { status: 400 });

export class ElsewhereServices {
  readonly #tokens = new Map<string, Account>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  /** A new token of an account. @param expiresAt epoch seconds; 0 = never */
  issue(id: string, expiresAt: number): string {
    const token = randomHex(this.#random, 32);
    this.#tokens.set(token, { id, expiresAt });
    return token;
  }

  readonly fetch: Fetch = async (url, { headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    const given = new URLSearchParams(body);
    const bearer = /^(?:Bearer|OAuth) (\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
    const token = searchParams.get('access_token') ?? given.get('access_token') ?? bearer ?? '';
    const account = this.#tokens.get(token);
    const now = this.#now();
    if (account === undefined || (account.expiresAt !== 0 && now >= account.expiresAt))
      return refused('Error validating access token: Session has expired.');
    if (!pathname.endsWith('access_token')) return Response.json({ id: account.id });
    return Response.json({
      access_token: this.issue(account.id, now + LIFE),
      token_type: 'bearer',
      expires_in: LIFE,
    });
  };
}

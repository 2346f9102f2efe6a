// Tokens are not stored anywhere: those of a world are known that came by in a request or an answer. They are kept in
// memory, bounded, and shown by their beginning and end alone.
import type { HttpRequest, HttpResponse, Server } from '@hallpass/server';
import { openSealed } from '@hallpass/server/testing';
import { marksOf } from '../worlds/which-world.ts';

type OpenedToken = Extract<ReturnType<typeof openSealed>, { ok: true }>;

export interface SeenToken {
  /** The whole token, which is never shown. */
  readonly token: string;
  readonly record: OpenedToken['record'];
}

/** The oldest are forgotten beyond this. */
const MOST = 5000;

const tokenForm = /\b[EX]AA[A-Za-z0-9]{60,}/g;

/** Enough to find it again in a program's own log, and too little to use it. */
export const shortened = (token: string): string => `${token.slice(0, 6)}…${token.slice(-4)}`;

export class SeenTokens {
  readonly #server: () => Server;
  readonly #byMark = new Map<string, SeenToken>();

  constructor(server: () => Server) {
    this.#server = server;
  }

  /** Notes the tokens that a request brought, and those that it was answered with. */
  note(incoming: HttpRequest, { headers, body }: HttpResponse): void {
    for (const token of marksOf(incoming).tokens) this.#add(token);
    if (typeof body === 'string' && body.includes('"access_token"')) this.#addAll(body);
    if (typeof headers['location'] === 'string') this.#addAll(headers['location']);
  }

  /** Oldest first. */
  list(): SeenToken[] {
    return [...this.#byMark.values()];
  }

  /** The world begins anew: its tokens are dead. */
  clear(): void {
    this.#byMark.clear();
  }

  #addAll(text: string): void {
    for (const [token] of text.matchAll(tokenForm)) this.#add(token);
  }

  #add(token: string): void {
    const mark = token.slice(-20);
    if (this.#byMark.has(mark)) return;
    const opened = openSealed(this.#server().installation.ring(), token);
    if (!opened.ok) return;
    const [oldest] = this.#byMark.keys();
    if (this.#byMark.size >= MOST && oldest !== undefined) this.#byMark.delete(oldest);
    this.#byMark.set(mark, { token, record: opened.record });
  }
}

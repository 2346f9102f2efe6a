// A server that listens is given these options.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { World } from '../world.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';

export interface ServeOptions {
  /** Answers everything; must not reject. */
  handle(incoming: HttpRequest): Promise<HttpResponse>;
  /** Ends what is still open when the grace of `close` is over. */
  wall: Pick<World['wall'], 'every'>;
  /** Addresses or CIDR ranges whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  trustedProxies?: readonly string[];
  /**
   * Bytes that the body of a request may have, asked before anything of it is read: more than the usual limit is for
   * callers that are known alone. The usual limit where it says nothing.
   */
  longestBody?(request: IncomingBeginning): Promise<number | undefined>;
  /** Names answers that never reach `handle`. */
  traceId(): string;
  /** Is called with every error that should not have happened. */
  onBug(error: unknown): void;
  /**
   * Writes an answer in the place of this server, which does it by `usual`: an emulator that was ordered to break
   * connections.
   */
  write?(answer: HttpResponse, response: ServerResponse, usual: () => void): void;
  /** Answers clients that take this port for their proxy. Without it there is none: such requests are refused. */
  proxy?: ProxyRequests;
}

/** The beginning of a request, before its body is read. */
interface IncomingBeginning {
  method: string;
  /** As it was sent, with its query. */
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** Requests that a client sends to a proxy (RFC 9110, section 9.3.6; RFC 9112, section 3.2.2). */
export interface ProxyRequests {
  /** CONNECT: `head` is what came behind the request already. */
  connect(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * A request with an absolute target. True where it was answered; else it is one for this server, asked with the
   * scheme of its target.
   */
  forward(request: IncomingMessage, response: ServerResponse): boolean;
}

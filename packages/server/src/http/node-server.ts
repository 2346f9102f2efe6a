// This is the socket side: bare node:http feeding `handle`, with the limits of threats 4.2 and the patience of RL-13.
// What node:http refuses by itself (smuggling, broken headers, slowness) is answered in the Graph's own error envelope.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { graphError } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import { addressList } from '../wire/address.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import { wireHeaders } from '../wire/header-names.ts';
import { incomingOf, isAbsolute, readHeaders } from './node-incoming.ts';
import { fail, refuseRaw, type State, type UnreadableRequest } from './node-refusals.ts';
import { announcedBody, readBytes } from './read-body.ts';
import { withLineEnd } from './terminal-line.ts';
import { allAnswered, allRead, LARGEST_IN_STEP } from './turns.ts';
import type { ServeOptions } from './serve-options.ts';

interface ListenOptions extends ServeOptions {
  /** 0 takes a free one. */
  port: number;
  host: string;
}

export interface HttpListener {
  /** Without a final slash, e.g. `http://localhost:4000`. */
  url: string;
  port: number;
  /** Serves a connection that was made elsewhere: one of another listener, or one whose TLS has ended. */
  accept(connection: Duplex): void;
  /** Stops taking connections, lets calls finish, and cuts what is left after `graceSeconds`. */
  close(graceSeconds?: number): Promise<void>;
}

// Named imports of node:http also load what is in it for browsers' sake (fetch, WebSocket), which takes longer than the
// rest.
const { createServer } = process.getBuiltinModule('node:http');

const SECOND = 1000;

/** Settings of a server of node:http or node:https that speaks for Hallpass. */
export const serverOptions = {
  headersTimeout: 10 * SECOND,
  requestTimeout: 30 * SECOND,
  keepAliveTimeout: 60 * SECOND,
  connectionsCheckingInterval: 2 * SECOND,
  maxHeaderSize: limits.headerBlock,
  insecureHTTPParser: false,
  // Node itself would answer such a request and then go on with what stands behind it (node-incoming.ts refuses it).
  requireHostHeader: false,
} as const;

/** Opens the port. Rejects where it cannot be had. */
export async function listen(options: ListenOptions): Promise<HttpListener> {
  const server = createServer(serverOptions);
  const stop = equip(server, options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host =
    options.host === '127.0.0.1' || options.host === '::1' || options.host === '0.0.0.0' || options.host === '::'
      ? 'localhost'
      : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    accept: (connection) => void server.emit('connection', connection),
    close: stop,
  };
}

/** Wires a server made with `serverOptions`; returns its graceful stop. */
export function equip(server: Server, options: ServeOptions): HttpListener['close'] {
  const trusted = addressList(options.trustedProxies ?? []);
  const state: State = { options, trusted, closing: false, ending: new WeakSet() };
  // One more than allowed is let through, so that it can be seen and refused; node:http drops the rest.
  server.maxHeadersCount = limits.headers + 1;
  // Nobody may stop reading an answer for longer.
  server.timeout = 30 * SECOND;
  server.on('request', (request, response) => void serve(state, request, response));
  server.on('checkContinue', (request, response) => void serve(state, request, response));
  server.on('connect', (request, socket, head) =>
    options.proxy
      ? options.proxy.connect(request, socket, head)
      : refuseRaw(state, { code: 'HPE_INVALID_METHOD' }, socket),
  );
  server.on('clientError', (error: UnreadableRequest, socket) => refuseRaw(state, error, socket));
  return (graceSeconds = 0) => stop(server, state, graceSeconds);
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Bytes behind a refused request on the same connection are not a request: it may be what the first one hid.
  if (state.ending.has(request.socket)) return;
  const { proxy } = state.options;
  const proxied = proxy !== undefined && isAbsolute(request.url ?? '');
  if (proxied && proxy.forward(request, response)) return;
  try {
    const headers = readHeaders(request.rawHeaders);
    const peers = { trusted: state.trusted, proxied };
    const announced = announcedBody(headers);
    if (!announced.any) {
      await answer(state, response, incomingOf(request, headers, peers, noBody));
      return;
    }
    const { longestBody } = state.options;
    const most =
      (await longestBody?.({ method: request.method ?? '', url: request.url ?? '', headers })) ?? limits.body;
    if (announced.length !== undefined && announced.length > most) throw graphError('param.body_too_large');
    if (headers.expect !== undefined) response.writeContinue();
    const body = await readBytes(request, most);
    if (body === undefined) throw graphError('param.body_too_large');
    await answer(state, response, incomingOf(request, headers, peers, body));
  } catch (error) {
    // The sender went away: there is nobody to tell.
    if (request.destroyed && !request.complete) return;
    fail(state, request, response, error);
  }
}

const noBody = new Uint8Array(0);

async function answer(state: State, response: ServerResponse, incoming: HttpRequest): Promise<void> {
  const inStep = incoming.body.length <= LARGEST_IN_STEP;
  if (inStep) await allRead();
  const answer = withLineEnd(incoming, await state.options.handle(incoming));
  if (inStep) await allAnswered();
  send(state, response, answer);
}

function send(state: State, response: ServerResponse, answer: HttpResponse): void {
  const { write } = state.options;
  if (write) write(answer, response, () => sendWhole(state, response, answer));
  else sendWhole(state, response, answer);
}

function sendWhole(state: State, response: ServerResponse, answer: HttpResponse): void {
  const { status, headers, body } = answer;
  if (status !== 304 && status !== 204)
    headers['content-length'] ??= String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  if (state.closing) headers.connection = 'close';
  response.writeHead(status, wireHeaders(headers));
  response.end(body);
}

async function stop(server: Server, state: State, graceSeconds: number): Promise<void> {
  state.closing = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (graceSeconds === 0) server.closeAllConnections();
  const cut = state.options.wall.every(Math.max(graceSeconds, 1) * SECOND, () => server.closeAllConnections());
  await closed;
  cut.cancel();
}

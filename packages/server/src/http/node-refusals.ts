// The transport itself refuses some requests: what is too big, too slow or no request at all is answered in the Graph's
// own error envelope, and the connection ends with it (threats IV-05, IV-13, RL-13).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { errorBody, GraphError, graphError } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import type { ProxyTest } from '../wire/address.ts';
import { wireHeaders, wireName } from '../wire/header-names.ts';
import type { ServeOptions } from './serve-options.ts';

/** The milliseconds for which a refused sender may go on before the connection is cut. */
const LINGER = 5000;

/** The state of one server besides its options. */
export interface State {
  readonly options: ServeOptions;
  readonly trusted: ProxyTest;
  closing: boolean;
  /** Sockets that got their last answer. */
  readonly ending: WeakSet<Duplex>;
}

/** The report of node:http about bytes that are no request. */
export type UnreadableRequest = Pick<NodeJS.ErrnoException, 'code'> & { rawPacket?: Buffer };

/** Refusals of the transport itself, and whatever `handle` should not have thrown. The connection ends with them. */
export function fail(state: State, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!(error instanceof GraphError)) state.options.onBug(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  state.ending.add(request.socket);
  const refusal = error instanceof GraphError ? error : graphError('server.bug');
  const body = JSON.stringify(errorBody(refusal, state.options.traceId()));
  response.writeHead(
    refusal.status,
    wireHeaders({ ...refusalHeaders, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }),
  );
  if (request.complete || request.headers.expect !== undefined) {
    response.end(body);
    return;
  }
  // The sender is still writing; closing at once would reset the connection and lose the answer.
  response.write(body);
  request.on('error', () => undefined);
  request.once('end', () => response.end());
  throwAway(state, request.socket, request);
}

/** Reads on without keeping anything, for a few seconds, so that the sender gets to read its answer. */
function throwAway(state: State, socket: Duplex, source: Readable): void {
  const cut = state.options.wall.every(LINGER, () => {
    cut.cancel();
    socket.destroy();
  });
  socket.once('close', () => cut.cancel());
  source.resume();
}

const refusalHeaders = {
  'content-type': 'application/json; charset=UTF-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
};

/** The verb as it stands on the first line; `connect` comes without that line. */
const methodOf = ({ rawPacket }: UnreadableRequest): string =>
  /^[A-Za-z]{1,20}/.exec(rawPacket?.toString('latin1') ?? '')?.[0]?.toLowerCase() ?? 'connect';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
};

/** Answers bytes that node:http could not read as a request: answered on the bare socket, which is then closed. */
export function refuseRaw(state: State, error: UnreadableRequest, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || state.ending.has(socket)) {
    socket.destroy();
    return;
  }
  const refusal = unreadable(error);
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : refusal.status;
  const body = JSON.stringify(errorBody(refusal, state.options.traceId()));
  const headers = Object.entries({
    ...refusalHeaders,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = headers.map(([name, value]) => `${wireName(name)}: ${value}\r\n`).join('');
  state.ending.add(socket);
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? 'Bad Request'}\r\n${head}\r\n${body}`);
  throwAway(state, socket, socket);
}

function unreadable(error: UnreadableRequest): GraphError {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW': {
      const lineEnd = error.rawPacket?.indexOf('\r\n') ?? -1;
      return lineEnd < 0 || lineEnd > limits.requestLine
        ? graphError('param.url_too_large')
        : graphError('param.headers_too_large');
    }
    case 'HPE_INVALID_METHOD':
      return graphError('param.method', { method: methodOf(error) });
    default:
      return graphError('param.request');
  }
}

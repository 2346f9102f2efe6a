// Asks an emulator that another process runs. Its answer comes back whole; one that it broke on purpose is handed on as
// its bytes come, so that the program meets what was ordered: late, in pieces, cut, reset or no HTTP at all.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { resetConnection, WORLD_HEADER } from '@hallpass/emulator';
import type { Tunnel } from '@hallpass/emulator/front';
import { FAULT_HEADER, type HttpRequest, type HttpResponse } from '@hallpass/server';
import { portOf } from '../exec-request.ts';
import type { JoinedEmulator } from './joined-emulator.ts';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { request } = process.getBuiltinModule('node:http');

/** An answer of the emulator. */
export interface PassedOn extends HttpResponse {
  /** Writes the bytes of a broken answer in the place of a whole one. */
  broken?(response: ServerResponse): void;
}

/** These headers belong to one connection and are not passed on. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'content-length']);

/** @param way opens the connection to the emulator */
export async function passOn(incoming: HttpRequest, { url, world }: JoinedEmulator, way: Tunnel): Promise<PassedOn> {
  const connection = await way(new URL(url).hostname, portOf(url)).catch(() => undefined);
  if (!connection) return away;
  const bytes = noteBytes(connection);
  const { method, path, query, headers, body, host, scheme } = incoming;
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.has(name));
  const asked = request({
    createConnection: () => connection,
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: {
      ...Object.fromEntries(kept),
      host,
      'x-forwarded-proto': scheme,
      ...(world === undefined ? {} : { [WORLD_HEADER]: world }),
      ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
      connection: 'close',
    },
    setHost: false,
  });
  // An answer that has begun may end in an error too; what came of it is handed on.
  asked.on('error', () => undefined);
  asked.end(body);
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).once('error', reject);
    });
    const status = answer.statusCode ?? away.status;
    const given = Object.fromEntries(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined || ofConnection.has(name) ? [] : [[name, value]],
      ),
    );
    if (FAULT_HEADER in given) {
      answer.on('error', () => undefined).resume();
      return { status, headers: given, body: '', broken: bytes.handOn };
    }
    return { status, headers: given, body: await buffer(answer) };
  } catch {
    return { ...away, broken: bytes.handOn };
  }
}

/** Keeps what comes on a connection, and how it ends. */
function noteBytes(connection: Duplex): { handOn(response: ServerResponse): void } {
  const came: Buffer[] = [];
  let ending: 'end' | 'reset' | undefined;
  let taker: { bytes(chunk: Buffer): void; ended(how: 'end' | 'reset'): void } | undefined;
  const ended = (how: 'end' | 'reset'): void => {
    if (ending === undefined) taker?.ended(how);
    ending ??= how;
  };
  connection.on('data', (chunk: Buffer) => {
    if (taker) taker.bytes(chunk);
    else came.push(chunk);
  });
  connection.once('error', (error) => ended('code' in error && error.code === 'ECONNRESET' ? 'reset' : 'end'));
  connection.once('close', () => ended('end'));
  return {
    handOn(response) {
      const { socket } = response;
      taker = {
        bytes: (chunk) => void socket?.write(chunk),
        ended: (how) => (how === 'reset' ? resetConnection(response) : void socket?.end()),
      };
      for (const chunk of came.splice(0)) taker.bytes(chunk);
      if (ending !== undefined) taker.ended(ending);
    },
  };
}

const away: HttpResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The joined emulator no longer answers.\n',
};

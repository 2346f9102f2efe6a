// Writes an answer to its connection as a fault has it: late, in pieces, cut, or not at all.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Random } from '@hallpass/protocol';
import type { HttpResponse, World } from '@hallpass/server';
import { type ConnectionFault, type ConnectionFaultName, entryOf } from './connection-faults.ts';

/** An answer that a fault was ordered for. */
export interface FaultedResponse extends HttpResponse {
  connection?: ConnectionFault;
}

interface Around {
  wall: Pick<World['wall'], 'every'>;
  random: Random;
}

interface Writing extends Around {
  answer: HttpResponse;
  body: Buffer;
  response: ServerResponse;
  /** The attribute of this name. */
  number(name: string): number;
  /** Writes it whole. */
  usual(): void;
}

/** Milliseconds between two pieces of a slow body. */
const TICK = 50;

/** `usual` writes the answer whole. */
export function writeBroken(
  answer: FaultedResponse,
  response: ServerResponse,
  usual: () => void,
  around: Around,
): void {
  const { connection: fault } = answer;
  if (!fault) return usual();
  const body = Buffer.from(answer.body);
  const number = (name: string): number => fault.attributes[name] ?? entryOf(fault.name).attributes[name] ?? 0;
  writers[fault.name]({ ...around, answer, body, response, usual, number });
}

const writers: Readonly<Record<ConnectionFaultName, (writing: Writing) => void>> = {
  latency({ number, usual, wall, random }) {
    later(wall, number('latency') + (2 * chanceOf(random) - 1) * number('jitter'), usual);
  },
  bandwidth(writing) {
    const piece = Math.max(1, Math.round((writing.number('rate') * 1024 * TICK) / 1000));
    inPieces(writing, () => piece, TICK);
  },
  slow_close({ answer, body, response, number, wall }) {
    head(answer, response, body.length, true);
    response.write(body);
    later(wall, number('delay'), () => response.end());
  },
  timeout({ response, number, wall }) {
    const length = number('timeout');
    if (length > 0) later(wall, length, () => response.destroy());
  },
  reset_peer({ response, number, wall }) {
    later(wall, number('timeout'), () => resetConnection(response));
  },
  slicer(writing) {
    const { number, random } = writing;
    const size = (): number =>
      Math.max(1, Math.round(number('average_size') + (2 * chanceOf(random) - 1) * number('size_variation')));
    inPieces(writing, size, number('delay') / 1000);
  },
  limit_data({ answer, body, response, number }) {
    head(answer, response, body.length, true);
    response.write(body.subarray(0, number('bytes')), () => response.destroy());
  },
  EMPTY_RESPONSE: ({ response }) => void response.socket?.end(),
  MALFORMED_RESPONSE_CHUNK({ response, random }) {
    const start = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    response.socket?.end(Buffer.concat([Buffer.from(start), noise(random)]));
  },
  RANDOM_DATA_THEN_CLOSE: ({ response, random }) => void response.socket?.end(noise(random)),
  CONNECTION_RESET_BY_PEER: ({ response }) => resetConnection(response),
  bad_json({ answer, body, response }) {
    const half = body.subarray(0, Math.floor(body.length / 2));
    head(answer, response, half.length, false);
    response.end(half);
  },
};

function head({ status, headers }: HttpResponse, response: ServerResponse, length: number, last: boolean): void {
  response.writeHead(status, {
    ...headers,
    'content-length': String(length),
    ...(last ? { connection: 'close' } : {}),
  });
}

function inPieces({ answer, body, response, wall }: Writing, size: () => number, pause: number): void {
  head(answer, response, body.length, false);
  let at = 0;
  const next = (): void => {
    if (response.destroyed) return;
    const piece = body.subarray(at, (at += size()));
    if (at >= body.length) return void response.end(piece);
    response.write(piece);
    later(wall, pause, next);
  };
  next();
}

/** TLS that ends here has no connection of its own to reset: it is cut. */
export function resetConnection(response: ServerResponse): void {
  const { socket } = response;
  if (socket && !('encrypted' in socket)) (socket satisfies Socket).resetAndDestroy();
  else response.destroy();
}

function later(wall: Around['wall'], ms: number, task: () => void): void {
  const timer = wall.every(Math.max(1, Math.round(ms)), () => {
    timer.cancel();
    task();
  });
}

const NOISE = 256;
/** Bytes that begin like no status line and no size of a chunk. */
const noise = (random: Random): Buffer => Buffer.concat([Buffer.from([0xff, 0x0a]), random.bytes(NOISE)]);

const chanceOf = (random: Random): number => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;

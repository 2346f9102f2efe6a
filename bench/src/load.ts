// This module makes load from raw sockets: prebuilt requests, one in flight per connection, answers cut by
// Content-Length. A client that costs less than the server, so that the server is what is measured.
import { connect, type Socket } from 'node:net';

interface LoadResult {
  calls: number;
  /** Answers that were not 2xx. */
  refused: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

interface Load {
  port: number;
  connections: number;
  /** Whole requests, taken in turns. Ends early when `once` is set and all were sent. */
  requests: readonly Buffer[];
  milliseconds: number;
  once?: boolean;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends until the time is over; answers that come after it do not count. */
export async function load({ port, connections, requests, milliseconds, once }: Load): Promise<LoadResult> {
  const times: number[] = [];
  let refused = 0;
  let next = 0;
  const began = performance.now();
  const end = began + milliseconds;
  let last = began;

  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let sentAt = 0;
      let held: Buffer = Buffer.alloc(0);
      const send = (): void => {
        if (performance.now() >= end || (once && next >= requests.length)) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        const head = held.indexOf(HEAD_END);
        if (head < 0) return;
        const text = held.toString('latin1', 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
        if (Number.isNaN(length)) {
          reject(new Error(`an answer without Content-Length: ${text.slice(0, 80)}`));
          return;
        }
        if (held.length < head + 4 + length) return;
        held = held.subarray(head + 4 + length);
        last = performance.now();
        times.push(last - sentAt);
        if (text.charCodeAt(9) !== 50) refused++;
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, run));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    calls: times.length,
    refused,
    perSecond: times.length / ((last - began) / 1000),
    p50: at(0.5),
    p99: at(0.99),
  };
}

/** A GET as bytes. */
export const get = (url: string, headers = ''): Buffer =>
  Buffer.from(`GET ${url} HTTP/1.1\r\nHost: localhost:4000\r\n${headers}\r\n`);

/** A POST of a form as bytes. */
export const post = (url: string, form: Record<string, string>, headers = ''): Buffer => {
  const body = new URLSearchParams(form).toString();
  return Buffer.from(
    `POST ${url} HTTP/1.1\r\nHost: localhost:4000\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`,
  );
};

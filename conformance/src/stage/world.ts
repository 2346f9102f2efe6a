// This module starts a world for one case, and opens the two ways to it: calling the handler, and real HTTP. A case
// cannot tell them apart.
import { createEmulator, type Emulator, type EmulatorOptions } from '@hallpass/emulator';
import { rotateKeys, withdrawKey } from '@hallpass/server/operator';
import { HeadlessBrowser, type WorldSeed } from '@hallpass/server/testing';
import { Agent, request } from 'node:http';
import { world as cast } from './cast.ts';

interface Ask {
  method?: string;
  /** Path with its query, as it goes over the wire. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Reply {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- cases read whatever came
  body: any;
}

export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ConformanceWorld {
  /** Without a final slash. */
  readonly url: string;
  /** Protocol time: epoch seconds, and forward by seconds. */
  readonly clock: { now(): number; advance(seconds: number): Promise<void> };
  send(ask: Ask): Promise<Reply>;
  get(path: string, params?: Params, headers?: Record<string, string>): Promise<Reply>;
  /** POST of a form. */
  post(path: string, params?: Params, headers?: Record<string, string>): Promise<Reply>;
  /** Parameters in the query. */
  delete(path: string, params?: Params, headers?: Record<string, string>): Promise<Reply>;
  /** Acts as the operator at the command line: a new key seals, and the one before is withdrawn. */
  withdrawKey(): Promise<void>;
  /** A new browser: no cookies, nobody logged in. */
  browser(userAgent?: string): HeadlessBrowser;
  close(): Promise<void>;
}

export const ways = ['in process', 'over HTTP'] as const;
export type Way = (typeof ways)[number];

/** 2026-11-21T12:34:56Z, in the middle of an hour, so that the rounding of short lives shows. */
const START = 1_795_264_496;

export interface WorldOptions {
  settings?: EmulatorOptions['settings'];
  seed?: WorldSeed;
  /** Epoch seconds at which the world begins: START unless given. */
  at?: number;
}

/** An emulator in this process, listening on a free port; its clock runs. */
function openEmulator({ settings, seed = cast, at = START }: WorldOptions = {}): Promise<Emulator> {
  return createEmulator({
    seed: { name: 'conformance', at, world: seed },
    ...(settings ? { settings } : {}),
  });
}

export async function openWorld(way: Way, options: WorldOptions = {}): Promise<ConformanceWorld> {
  const emulator = await openEmulator(options);
  const agent = new Agent({ keepAlive: true });
  const host = new URL(emulator.url).host;
  const send = way === 'in process' ? inProcess(emulator, host) : overHttp(emulator.port, host, agent);
  const withQuery = (path: string, params: Params): string => {
    const query = queryOf(params);
    return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
  };
  return {
    url: emulator.url,
    clock: { now: () => emulator.clock.now(), advance: (seconds) => emulator.clock.advance(seconds) },
    send,
    get: (path, params = {}, headers = {}) => send({ path: withQuery(path, params), headers }),
    post: (path, params = {}, headers = {}) =>
      send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: queryOf(params),
      }),
    delete: (path, params = {}, headers = {}) => send({ method: 'DELETE', path: withQuery(path, params), headers }),
    async withdrawKey() {
      const { installation } = emulator.server;
      const { accepted } = await rotateKeys(installation, { kind: 'operator' });
      await withdrawKey(installation, accepted, { kind: 'operator' });
    },
    browser: (userAgent) => new HeadlessBrowser(send, { host, ...(userAgent === undefined ? {} : { userAgent }) }),
    async close() {
      agent.destroy();
      await emulator.close();
    },
  };
}

export function queryOf(params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, String(value));
  return query.toString();
}

const bytesOf = (body: string | Uint8Array | undefined): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());

function replyOf(status: number, headers: Reply['headers'], text: string): Reply {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: a page, or nothing.
  }
  return { status, headers, text, body };
}

function inProcess(emulator: Emulator, host: string) {
  return async ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Reply> => {
    const ask = path.indexOf('?');
    const answer = await emulator.handle({
      method,
      host: headers['host'] ?? host,
      scheme: 'http',
      path: ask < 0 ? path : path.slice(0, ask),
      query: ask < 0 ? '' : path.slice(ask + 1),
      headers: { host, ...headers },
      body: bytesOf(body),
      address: '127.0.0.1',
    });
    return replyOf(
      answer.status,
      answer.headers,
      typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString(),
    );
  };
}

function overHttp(port: number, host: string, agent: Agent) {
  return ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const bytes = bytesOf(body);
      const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
      const sent = request(
        { agent, host: '127.0.0.1', port, method, path, headers: { host, ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve(replyOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString())),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(bytes);
    });
}

// Tests over a real socket begin with this scene: a server that listens, a client that understands HTTP, and one that
// sends bytes as they are.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before } from 'node:test';
import { listen, type HttpListener } from '../../src/index.ts';
import { wall } from '../databases.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

export const { shop, bakery, ana } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export let t: TestWorld;
export let server: HttpListener;
export let user: string;
const bugs: unknown[] = [];

before(async () => {
  t = await testWorld({ settings: { guessingLimits: false } });
  user = await t.login(shop.id, ana.id, { permissions: ['pages_show_list', 'email'] });
  server = await listen({
    handle: t.server.handle,
    wall,
    traceId: () => 'AbCdEfGhIjK',
    onBug: (error) => bugs.push(error),
    port: 0,
    host: '127.0.0.1',
  });
});

after(async () => {
  await server.close();
  await t.close();
  assert.deepEqual(bugs, []);
  assert.deepEqual(
    t.log.filter((line) => line.level === 'error'),
    [],
  );
});

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

/** One request on a connection of its own. */
export async function ask(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Answer> {
  const sent = request({
    port: server.port,
    host: '127.0.0.1',
    method,
    path,
    agent: false,
    headers: { host: `localhost:${server.port}`, ...options.headers },
  });
  sent.on('error', () => undefined);
  sent.end(options.body);
  const [answer] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, body };
}

/** Sends bytes and gives back all that comes until the connection ends. */
export async function raw(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
export const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));

// The world of an emulator that another process runs, for a command: TLS ends here, and what was asked is asked there.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { createFront, WORLD_HEADER } from '@hallpass/emulator';
import type { FrontEvent, JournalWriter, Tunnel } from '@hallpass/emulator/front';
import { parseJson, shape } from '@hallpass/protocol';
import { equip, type HttpRequest, type HttpResponse, serverOptions } from '@hallpass/server';
import type { ExecWorldOptions, OpenWorld } from './exec-world.ts';
import { portOf } from './exec-request.ts';
import type { JoinedEmulator } from './joined-emulator.ts';
import { openLoopback } from './loopback.ts';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { createServer, request } = process.getBuiltinModule('node:http');

/** The front is of this process; what it takes is asked of the emulator that runs elsewhere. */
export async function joinedWorld(
  { authority: signer, tunnel, outside, connect: way = openLoopback }: ExecWorldOptions,
  join: JoinedEmulator,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const ask = (incoming: HttpRequest): Promise<HttpResponse> => passOn(incoming, join, way);
  const authority = await signer();
  const server = createServer(serverOptions);
  const pass = (connection: Duplex): void => void server.emit('connection', connection);
  const front = createFront(
    { authority: () => authority, tunnel, noted },
    () => ({ now: outside.wall.now(), random: outside.random }),
    pass,
  );
  const stop = equip(server, {
    async handle(incoming) {
      const response = await ask(incoming);
      // Orders to the emulator are no calls of the Graph.
      if (!incoming.path.startsWith('/_/')) journal.note(incoming, response);
      return response;
    },
    wall: outside.wall,
    traceId: () => 'joined',
    onBug: () => undefined,
    proxy: front.proxy,
  });
  return {
    accept: (connection, port) => (port === undefined ? pass(connection) : front.accept(connection, port)),
    apps: join.token === undefined ? [] : await appsOf(join, join.token, ask),
    ask,
    now: outside.wall.now,
    async close() {
      front.close();
      await stop(0);
    },
  };
}

const worldList = shape.object<{ worlds: { name: string; apps: { id: string; secret: string }[] }[] }>({
  worlds: shape.listOf(
    shape.object<{ name: string; apps: { id: string; secret: string }[] }>({
      name: shape.text,
      apps: shape.listOf(shape.object<{ id: string; secret: string }>({ id: shape.text, secret: shape.text })),
    }),
  ),
});

/** The apps of the world that was joined. */
async function appsOf({ world = 'main' }: JoinedEmulator, token: string, ask: OpenWorld['ask']) {
  const { body } = await ask({
    method: 'GET',
    host: 'localhost',
    scheme: 'http',
    path: '/_/emulator/worlds',
    query: '',
    headers: { host: 'localhost', authorization: `Bearer ${token}` },
    body: new Uint8Array(0),
    address: '127.0.0.1',
  });
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return parseJson(worldList, text)?.worlds.find(({ name }) => name === world)?.apps ?? [];
}

/** These headers belong to one connection and are not passed on. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'content-length']);

async function passOn(
  incoming: HttpRequest,
  { url: address, world }: JoinedEmulator,
  way: Tunnel,
): Promise<HttpResponse> {
  const connection = await way(new URL(address).hostname, portOf(address)).catch(() => undefined);
  if (!connection) return away;
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
  asked.end(body);
  try {
    const [answer] = await once(asked, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    const given = Object.entries(answer.headers as Record<string, string | string[]>);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(given.filter(([name]) => !ofConnection.has(name))),
      body: Buffer.concat(chunks),
    };
  } catch {
    return away;
  }
}

const away: HttpResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The joined emulator no longer answers.\n',
};

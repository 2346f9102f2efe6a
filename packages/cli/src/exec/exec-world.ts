// The world that a command meets: one of its own, or that of an emulator that runs already. It is opened when the first
// connection comes, or a moment after the command was started: a command that asks nothing need not wait for it.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Emulator, Seed } from '@hallpass/emulator';
import {
  type Authority,
  createJournal,
  type FrontEvent,
  type JournalWriter,
  type Report,
  reportOf,
  type Tunnel,
} from '@hallpass/emulator/front';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import type { Outside } from '../surroundings/outside.ts';

interface ExecWorldOptions {
  authority: Authority;
  /** The world to open; the demo world when it is not given. */
  seed: Seed | undefined;
  /** Address of the emulator to join instead. */
  join: URL | undefined;
  controlToken: string;
  /** Opens hosts that are not Meta's. */
  tunnel: Tunnel | undefined;
  /** Connects to the emulator that is joined. */
  connect?: Tunnel;
  outside: Outside;
  log: ReturnType<Outside['log']>['log'];
}

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { createServer, request } = process.getBuiltinModule('node:http');

export interface ExecWorld {
  /** Opens the world, if that was not begun yet. Rejects where it cannot be opened. */
  open(): Promise<void>;
  /** Takes a connection: to one of Meta's hosts, or to the proxy. */
  accept(connection: Duplex, port?: 443 | 80): void;
  /** Notes what happened to a connection or name that never came to a world. */
  noted(event: FrontEvent): void;
  /** Tells of the calls so far. */
  report(): Promise<Report>;
  close(): Promise<void>;
}

/** An open world: takes connections, and answers unnoted questions about tokens. */
interface OpenWorld {
  accept(connection: Duplex, port?: 443 | 80): void;
  apps: readonly { id: string; secret: string }[];
  ask(request: HttpRequest): Promise<HttpResponse>;
  now(): number;
  close(): Promise<void>;
}

export function createExecWorld(options: ExecWorldOptions): ExecWorld {
  const events: FrontEvent[] = [];
  /** More of them would fill the memory of a command that asks without end. */
  const MOST_EVENTS = 10_000;
  const noted = (event: FrontEvent): void => void (events.length < MOST_EVENTS && events.push(event));
  const journal = createJournal();
  let opened: Promise<OpenWorld> | undefined;

  const open = () => (opened ??= options.join ? joined(options, journal, noted) : own(options, journal, noted));

  return {
    noted,
    open: async () => void (await open()),
    accept(connection, port) {
      connection.on('error', () => connection.destroy());
      open().then(
        (world) => world.accept(connection, port),
        () => connection.destroy(),
      );
    },
    async report() {
      const world = await opened;
      if (world) return reportOf({ journal, events, apps: world.apps, ask: world.ask, now: world.now() });
      // Nobody called, but other hosts may have been asked for.
      const ask = (): never => {
        throw new Error('There is no world to ask.');
      };
      return reportOf({ journal, events, apps: [], ask, now: options.outside.clock.now() });
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

async function own(
  { authority, seed, controlToken, tunnel, outside, log }: ExecWorldOptions,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const { createEmulator } = await import('@hallpass/emulator');
  const { settingsFromEnvironment } = await import('@hallpass/server');
  const emulator: Emulator = await createEmulator({
    ...(seed ? { seed } : {}),
    settings: settingsFromEnvironment(outside.env),
    environment: outside.env['NODE_ENV'],
    real: outside.wall,
    random: outside.random,
    log,
    parallelism: outside.parallelism,
    outbound: outside.outbound,
    controlToken,
    front: { authority: () => authority, tunnel, noted },
    observe: journal.note,
  });
  return {
    accept: emulator.accept,
    apps: emulator.seed.world.apps,
    ask: (request) => emulator.server.handle(request),
    now: () => emulator.clock.now(),
    close: () => emulator.close(),
  };
}

/** The front is of this process; what it takes is asked of the emulator that runs elsewhere. */
async function joined(
  { authority, join, tunnel, outside, connect: way = openLoopback }: ExecWorldOptions,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const { createFront } = await import('@hallpass/emulator');
  const { equip, serverOptions } = await import('@hallpass/server');
  const address = join ?? new URL('http://localhost:4000');
  const ask = (incoming: HttpRequest): Promise<HttpResponse> => passOn(incoming, address, way);
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
      journal.note(incoming, response);
      return response;
    },
    wall: outside.wall,
    traceId: () => 'joined',
    onBug: () => undefined,
    proxy: front.proxy,
  });
  return {
    accept: (connection, port) => (port === undefined ? pass(connection) : front.accept(connection, port)),
    apps: [],
    ask,
    now: outside.wall.now,
    async close() {
      front.close();
      await stop(0);
    },
  };
}

/** These headers belong to one connection and are not passed on. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'content-length']);

async function passOn(incoming: HttpRequest, address: URL, way: Tunnel): Promise<HttpResponse> {
  const connection = await way(address.hostname, Number(address.port) || 80).catch(() => undefined);
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
  body: 'The emulator that was joined does not answer any more.\n',
};

/** Connects as it is, to this machine or any other. */
export const openLoopback: Tunnel = async (host, port) => {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  return socket;
};

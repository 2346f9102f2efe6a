// An emulator is a server with a seeded world and a clock that moves: the one object that tests, the command line and
// examples use.
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { consoleFiles } from '@hallpass/console';
import { createSealer } from '@hallpass/db';
import type { Random } from '@hallpass/protocol';
import {
  type HttpResponse,
  createServer,
  type HttpRequest,
  listen,
  type HttpListener,
  readSettings,
  type Server,
  type SettingName,
  type World,
} from '@hallpass/server';
import { hashPassword, leastCost, seedWorld } from '@hallpass/server/testing';
import { nodeEnvironment, nodeWorld } from '@hallpass/world';
import { EmulatorClock } from './clock.ts';
import { demoSeed } from './demo.ts';
import { controlInterface } from './control/control.ts';
import { FaultOrders } from './fault-orders.ts';
import { type WorldStorage, homeInDirectory, homeInMemory } from './home.ts';
import { createFront, type FrontOptions, hostSettings } from './front/front.ts';
import { EmulatorPeople } from './people/people.ts';
import { EmulatorRefused, refuseUnsafe } from './refused.ts';
import type { Seed } from './seed/read.ts';
import { showcase } from './showcase.ts';

export interface EmulatorOptions {
  /** The world to begin with; the demo world when it is not given. */
  seed?: Seed;
  /** Epoch seconds at which the world begins; else what the seed says, else now. */
  at?: number | undefined;
  /** 0, also when it is not given, takes a free one. */
  port?: number;
  /** The address to bind; `127.0.0.1` (and `::1` where there is one) when it is not given. */
  host?: string;
  /** A directory that keeps the world between starts; without it the world is in memory. */
  state?: string | undefined;
  settings?: Partial<Record<SettingName, unknown>>;
  /** Allows another address than this machine's own. */
  unsafe?: boolean;
  /** NODE_ENV, that of this process when it is not given: the emulator refuses to run in production. */
  environment?: string | undefined;
  /** The control interface asks for this; it is made up when it is not given. */
  controlToken?: string;
  /** Real time and chance; those of this process when they are not given. */
  real?: World['wall'];
  random?: Random;
  /** Nothing is logged when it is not given. */
  log?: World['log'];
  /**
   * Calls to the servers of apps, on this machine alone unless `callbackReceivers` says otherwise; `false` makes none.
   */
  outbound?: World['outbound'] | false;
  parallelism?: number;
  /**
   * Answers under Meta's own names too, with TLS, and takes its port for the proxy of those who ask for them
   * (`hallpass dev`, `hallpass exec`).
   */
  front?: FrontOptions;
  /** Is shown every request with its answer. It must not throw. */
  observe?: Observe;
}

export type Observe = (request: HttpRequest, response: HttpResponse) => void;

export interface Emulator {
  /** Without a final slash, e.g. `http://localhost:4000`. */
  readonly url: string;
  readonly port: number;
  readonly clock: EmulatorClock;
  /** The server that answers now; another one after `reset`. */
  readonly server: Server;
  readonly seed: Seed;
  /** The control interface under `/_/emulator/` asks for this token. */
  readonly controlToken: string;
  /** Refusals that are ordered at steps of requests. */
  readonly faults: FaultOrders;
  /** The people of the world, who log in and decide through the real pages. */
  readonly people: EmulatorPeople;
  /** Answers without a socket. */
  handle(incoming: HttpRequest): Promise<HttpResponse>;
  /**
   * Serves a connection that was made elsewhere: to one of Meta's hosts on port 443 or 80, where there is a front, or
   * to the port of the emulator.
   */
  accept(connection: Duplex, port?: 443 | 80): void;
  /** Plants the world anew, at its first moment; tokens of before are dead. */
  reset(): Promise<void>;
  /** Stops listening, lets calls finish for `graceSeconds` (0), and closes the world. */
  close(graceSeconds?: number): Promise<void>;
}

/** Hashing at full cost would take most of the start; these passwords are written in the seed file. */
const quickHash = (password: string): Promise<string> => hashPassword(password, leastCost);

/**
 * Counted as the documents say, to the call; refused on order (`POST /_/emulator/usage`), or always with `rateLimits`:
 * a suite makes more calls than one user's.
 */
const counting = { rateLimits: false, usersAtLeast: 1, callsPerPerson: 600, pageCallsByPeople: 600 };

/**
 * Starts an emulator on a free port of this machine, with the demo world where no other is named.
 * @throws EmulatorRefused | StorageRefused | BadSettings, and the error of the socket where the port cannot be had
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const outside = nodeWorld();
  const {
    seed = demoSeed(),
    real = outside.wall,
    random = outside.random,
    log = outside.log,
    outbound = outside.outbound,
  } = options;
  const host = options.host ?? '127.0.0.1';
  refuseUnsafe({ host, unsafe: options.unsafe ?? false, environment: options.environment ?? nodeEnvironment() });
  const settings = readSettings({
    callbackReceivers: 'local',
    ...counting,
    ...(options.front ? hostSettings : {}),
    ...options.settings,
  });
  const home = options.state === undefined ? homeInMemory(random, real) : homeInDirectory(options.state, random, real);
  const clock = new EmulatorClock(() => real.now(), options.at ?? seed.at);
  const kept = options.at === undefined ? home.clock() : undefined;
  if (kept) clock.place(kept);
  const world: World = {
    clock,
    wall: real,
    random,
    parallelism: options.parallelism ?? 1,
    log,
    explainRefusals: true,
    demo: showcase(seed),
  };
  if (outbound) world.outbound = outbound;
  // A world on disk may hold the password of somebody who signed up; a world in memory is gone with its process.
  if (options.state === undefined) world.passwordCost = leastCost;
  const built = consoleFiles();
  if (built) world.console = built;

  const faults = new FaultOrders((inForce) => {
    world.faults = inForce;
  });
  let server = await openWorld(home, seed, world, settings);
  /** Calls wait here while the world is planted anew. */
  let ready: Promise<void> | undefined;
  const controlToken = options.controlToken ?? Buffer.from(random.bytes(16)).toString('hex');

  const reset = async (): Promise<void> => {
    await ready;
    ready = (async () => {
      await server.close();
      home.empty();
      faults.clear();
      people.reset();
      clock.place({ offset: (options.at ?? seed.at ?? real.now()) - real.now(), frozen: undefined });
      server = await openWorld(home, seed, world, settings);
    })();
    await ready;
    ready = undefined;
  };

  const control = controlInterface({
    token: controlToken,
    settings,
    world: {
      clock,
      seed,
      faults,
      installation: () => server.installation,
      reset,
      moved: () => home.keepClock(clock.position),
    },
  });
  const handle = async (incoming: HttpRequest): Promise<HttpResponse> => {
    const answer = control(incoming);
    if (answer) return answer;
    if (ready) await ready;
    const response = await server.handle(incoming);
    options.observe?.(incoming, response);
    return response;
  };

  const people = new EmulatorPeople({ seed, host: () => `localhost:${door.port}`, now: () => clock.now(), handle });
  const ticking = real.every(1000, () => void clock.tick());
  const close = async (): Promise<void> => {
    ticking.cancel();
    await ready;
    await server.close();
  };
  let doors: HttpListener[] = [];
  const front =
    options.front &&
    createFront(
      {
        ...options.front,
        noted(event) {
          log('warn', `emulator.${event.name}`, { host: event.host, port: event.port });
          options.front?.noted?.(event);
        },
      },
      () => ({ now: real.now(), random }),
      (connection) => doors[0]?.accept(connection),
    );
  try {
    doors = await openDoors(host, options.port ?? 0, {
      handle,
      wall: real,
      trustedProxies: settings.trustedProxies,
      traceId: () => 'emulator',
      ...(front ? { proxy: front.proxy } : {}),
      onBug: (error) => log('error', 'server.bug', { error: wordsOf(error) }),
    });
  } catch (error) {
    await close();
    throw error;
  }
  const [door] = doors as [HttpListener];
  return {
    url: door.url,
    port: door.port,
    clock,
    get server() {
      return server;
    },
    seed,
    controlToken,
    faults,
    people,
    handle,
    accept: (connection, port) =>
      port === undefined || !front ? door.accept(connection) : front.accept(connection, port),
    reset,
    async close(graceSeconds = 0) {
      front?.close();
      await Promise.all(doors.map((one) => one.close(graceSeconds)));
      await close();
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Opens the world's database and plants the seed where there is nothing yet. */
async function openWorld(
  home: WorldStorage,
  seed: Seed,
  world: World,
  settings: Server['installation']['settings'],
): Promise<Server> {
  const keys = home.keys();
  const db = await home.open();
  // The oldest key is the root: what is derived from it must not change when a newer one seals.
  const rootKey = keys.at(-1)?.key as Uint8Array;
  const installationId = digestOf(`world/${seed.name}`).subarray(0, 16).toString('hex');
  let server: Server;
  try {
    server = await createServer({
      world,
      settings,
      db,
      sealer: createSealer({ keys, random: world.random }),
      rootKey,
      installationId,
      scopedIdKey: digestOf(`scoped ids/${seed.name}`),
    });
  } catch (error) {
    await db.close();
    throw error;
  }
  if (server.installation.id !== installationId) {
    await server.close();
    throw new EmulatorRefused(
      `The state directory holds another world than ${seed.name}: name another directory, or delete that one.`,
    );
  }
  const planted = await server.installation.db.read.selectFrom('people').select('id').limit(1).executeTakeFirst();
  if (!planted) await seedWorld(server.installation, seed.world, quickHash);
  return server;
}

const digestOf = (label: string): Buffer => createHash('sha256').update(`hallpass emulator/${label}`).digest();

/** Both addresses of this machine behind one port, so that `localhost` means us whichever a program tries first. */
async function openDoors(
  host: string,
  port: number,
  options: Omit<Parameters<typeof listen>[0], 'host' | 'port'>,
): Promise<HttpListener[]> {
  const first = await listen({ ...options, host, port });
  if (host !== '127.0.0.1') return [first];
  try {
    return [first, await listen({ ...options, host: '::1', port: first.port })];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A machine without IPv6, or a free port that is free on one of the two only.
    if (code !== 'EADDRINUSE' || port === 0) return [first];
    await first.close();
    throw error;
  }
}

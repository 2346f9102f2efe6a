// An emulator is a server with seeded worlds and clocks that move: the one object that tests, the command line and
// examples use.
import type { Duplex } from 'node:stream';
import { consoleFiles } from '@hallpass/console';
import { sdkFiles } from '@hallpass/sdk';
import { type Random, randomHex } from '@hallpass/protocol';
import {
  type HttpListener,
  type HttpRequest,
  type HttpResponse,
  listen,
  readSettings,
  type Server,
  type SettingName,
  type World,
} from '@hallpass/server';
import { nodeEnvironment, nodeWorld } from '@hallpass/world';
import type { EmulatorClock } from './clock.ts';
import { ConsoleKeys } from './control/console-keys.ts';
import { controlInterface } from './control/control.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { MailServerAddress } from './inbox/mail-server.ts';
import { mailServerOf } from './inbox/mail-server-of-worlds.ts';
import { demoSeed } from './demo.ts';
import type { FaultOrders } from './faults/fault-orders.ts';
import { writeBroken } from './faults/write-broken.ts';
import { createFront, type FrontOptions, hostSettings } from './front/front.ts';
import type { EmulatorPeople } from './people/people.ts';
import { refuseUnsafe } from './refused.ts';
import type { Seed } from './seed/read.ts';
import type { Stories } from './stories/play-story.ts';
import { EmulatedWorld, type WorldSnapshot, type WorldSurroundings } from './worlds/emulated-world.ts';
import { storageInDirectory, storageInMemory } from './worlds/world-storage.ts';
import { Worlds } from './worlds/worlds.ts';

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
  /** Is told by which permissions the rules of calls were met, or for which they failed. It must not throw. */
  judged?: World['judged'];
}

export type Observe = (request: HttpRequest, response: HttpResponse) => void;

/** The main world, and the way to others. */
export interface Emulator {
  /** Without a final slash, e.g. `http://localhost:4000`. */
  readonly url: string;
  readonly port: number;
  readonly clock: EmulatorClock;
  /** The server that answers now; another one after `reset`. */
  readonly server: Server;
  readonly seed: Seed;
  /** The control interface under `/_/emulator/` asks for it. */
  readonly controlToken: string;
  /** Refusals that are ordered at steps of requests. */
  readonly faults: FaultOrders;
  /** Things that happen to an app sooner or later, to be played. */
  readonly stories: Stories;
  /** The people of the world, who log in and decide through the real pages. */
  readonly people: EmulatorPeople;
  /** The mails of the platform, and those of programs that send to the mail server. None leaves this process. */
  readonly inbox: Inbox;
  /** The worlds: isolated copies, found by header, by host name or by the id of an app. */
  readonly worlds: Worlds;
  /** Answers without a socket, in the world that the request belongs to. */
  handle(incoming: HttpRequest): Promise<HttpResponse>;
  /**
   * Serves a connection that was made elsewhere: to one of Meta's hosts on port 443 or 80, where there is a front, or
   * to the port of the emulator.
   */
  accept(connection: Duplex, port?: 443 | 80): void;
  /**
   * Opens the mail server, where it is not open yet: it takes every mail, and sends none on. Mails of a client that logs
   * in with the name of a world come to that world, all others to the main one.
   * @param port 0, as without it, takes a free one; @throws the error of the socket where the port cannot be had
   */
  openMailServer(port?: number): Promise<MailServerAddress>;
  /** Makes a link that opens the pages of the emulator in one browser, once. */
  consoleLink(): string;
  /** Plants the world anew, at its first moment; tokens of before are dead. @param seed another one to plant */
  reset(seed?: Seed): Promise<void>;
  /** Keeps the world as it is now. */
  snapshot(): Promise<WorldSnapshot>;
  /** Restores the world: everything since the snapshot is undone, and tokens created since then stop working. */
  restore(snapshot: WorldSnapshot): Promise<void>;
  /** Writes the world as it is now as the text of a seed file, without passwords and tokens. */
  exportSeed(): Promise<string>;
  /** Stops listening, lets calls finish for `graceSeconds` (0), and closes every world. */
  close(graceSeconds?: number): Promise<void>;
}

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
    parallelism = 1,
    state,
    at,
  } = options;
  const host = options.host ?? '127.0.0.1';
  refuseUnsafe({ host, unsafe: options.unsafe ?? false, environment: options.environment ?? nodeEnvironment() });
  const settings = readSettings({
    callbackReceivers: 'local',
    openSignUp: true,
    ...counting,
    ...(options.front ? hostSettings : {}),
    ...options.settings,
  });
  let doors: HttpListener[] = [];
  const around: WorldSurroundings = {
    settings,
    real,
    random,
    log,
    parallelism,
    outbound: outbound === false ? undefined : outbound,
    console: consoleFiles(),
    sdk: sdkFiles(),
    host: () => `localhost:${doors[0]?.port ?? 0}`,
    images: new WeakMap(),
    judged: options.judged,
  };
  const main = await EmulatedWorld.open(around, {
    name: 'main',
    seed,
    at,
    storage: state === undefined ? storageInMemory(random, real) : storageInDirectory(state, random, real),
    kept: state !== undefined,
    settings,
  });
  const worlds = new Worlds(around, main);
  const controlToken = options.controlToken ?? randomHex(random, 16);
  const keys = new ConsoleKeys(random);
  const mail = mailServerOf(host, worlds);
  const control = controlInterface({ token: controlToken, keys, worlds, mailServer: mail });
  const handle = async (incoming: HttpRequest): Promise<HttpResponse> => {
    const answer = control(incoming);
    if (answer) return answer;
    const response = await worlds.handle(incoming);
    options.observe?.(incoming, response);
    return response;
  };
  const ticking = real.every(1000, () => {
    for (const world of worlds.list()) void world.clock.tick();
  });
  const close = async (): Promise<void> => {
    ticking.cancel();
    await mail.close();
    await worlds.close();
  };
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
      write: (answer, response, usual) => writeBroken(answer, response, usual, { wall: real, random }),
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
    clock: main.clock,
    get server() {
      return main.server;
    },
    get seed() {
      return main.seed;
    },
    controlToken,
    faults: main.faults,
    people: main.people,
    stories: main.stories,
    inbox: main.inbox,
    openMailServer: (wanted = 0) => mail.open(wanted),
    consoleLink: () => `${door.url}${keys.link()}`,
    worlds,
    handle,
    accept: (connection, port) =>
      port === undefined || !front ? door.accept(connection) : front.accept(connection, port),
    async reset(another) {
      await main.reset(another);
      worlds.reindex();
    },
    snapshot: () => main.snapshot(),
    exportSeed: () => main.exportSeed(),
    async restore(snapshot) {
      await main.restore(snapshot);
      worlds.reindex();
    },
    async close(graceSeconds = 0) {
      front?.close();
      await Promise.all(doors.map((one) => one.close(graceSeconds)));
      await close();
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

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

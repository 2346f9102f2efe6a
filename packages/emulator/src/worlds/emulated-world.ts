// One world of an emulator: a clock, people, orders of failures, and a server on a database of its own. It can be reset,
// and put back to a moment that was kept.
import { canCopyDatabases } from '@hallpass/db';
import type { Random } from '@hallpass/protocol';
import {
  FAULT_HEADER,
  type HttpRequest,
  type HttpResponse,
  type Server,
  type Settings,
  type World,
} from '@hallpass/server';
import { rotateKeys } from '@hallpass/server/operator';
import { exportWorld, leastCost } from '@hallpass/server/testing';
import { type ClockPosition, EmulatorClock } from '../clock.ts';
import { FaultOrders, type NewFaultOrder, remainingOf } from '../faults/fault-orders.ts';
import { EmulatorPeople } from '../people/people.ts';
import type { Seed } from '../seed/read.ts';
import { showcase } from '../showcase.ts';
import type { FaultedResponse } from '../faults/write-broken.ts';
import { pointOf } from '../faults/point-of.ts';
import { OrderedSpellings } from '../faults/token-spellings.ts';
import { Deliveries } from '../deliveries/deliveries.ts';
import { WorldCalls } from '../calls/call-log.ts';
import { Inbox, senderOf } from '../inbox/inbox.ts';
import { SeenTokens } from '../tokens/seen-tokens.ts';
import { Stories } from '../stories/play-story.ts';
import { ClockMoves } from './clock-move.ts';
import { Endings } from './endings.ts';
import { type OpenedWorld, openWorld, plantImage } from './open-world.ts';
import { WorldError } from './world-error.ts';
import type { WorldImage, WorldStorage } from './world-storage.ts';

/** Worlds that begin now share a planted image for so long, in seconds of real time. */
const IMAGE_LIFE = 3600;

/** A world as it was at a moment: everything in it, its tokens and where its clock stood. */
export interface WorldSnapshot {
  readonly image: WorldImage;
  /** The moment of the world, in epoch seconds. */
  readonly taken: number;
  readonly clock: ClockPosition;
  readonly seed: Seed;
  /** The orders in force. */
  readonly faults: readonly NewFaultOrder[];
}

/** Every world of an emulator has these in common. */
export interface WorldSurroundings {
  settings: Settings;
  real: World['wall'];
  random: Random;
  log: World['log'];
  parallelism: number;
  outbound: World['outbound'] | undefined;
  judged: World['judged'];
  console: World['console'] | undefined;
  sdk: World['sdk'] | undefined;
  /** `localhost:4000` */
  host(): string;
  /** Planted images by seed: many worlds begin from one. */
  images: WeakMap<Seed, { image: WorldImage; planted: number }>;
}

interface WorldOptions {
  name: string;
  seed: Seed;
  /** Epoch seconds at which the world begins. */
  at?: number | undefined;
  storage: WorldStorage;
  /** The world is kept on disk: it may hold the password of somebody who signed up. */
  kept: boolean;
  settings: Settings;
}

/** Milliseconds for which a move of the clock waits for calls to apps that are under way. */
const PATIENCE = 3000;

const operator = { kind: 'operator' } as const;

export class EmulatedWorld {
  readonly name: string;
  readonly clock: EmulatorClock;
  /** Refusals that are ordered at steps of requests. */
  readonly faults: FaultOrders;
  /** The people of the world, who log in and decide through the real pages. */
  readonly people: EmulatorPeople;
  /** Things that happen to an app sooner or later, to be played. */
  readonly stories: Stories;
  /** Calls to the servers of apps; undefined where none are made. */
  readonly deliveries: Deliveries | undefined;
  readonly settings: Settings;
  /** Moves the clock, and tells what happened in that time. */
  readonly moves: ClockMoves;
  /** The last calls of programs. */
  readonly calls: WorldCalls;
  /** The tokens that came by. */
  readonly tokens: SeenTokens;
  /** The mails of the platform, and those of programs that send to the mail server of the emulator. */
  readonly inbox: Inbox;
  readonly #endings: Endings;
  #seed: Seed;
  #opened: OpenedWorld | undefined;
  /** Calls wait here while the world is planted anew. */
  #ready: Promise<void> | undefined;
  readonly #world: World;
  readonly #at: number | undefined;
  readonly #storage: WorldStorage;
  readonly #kept: boolean;
  readonly #around: WorldSurroundings;

  private constructor(around: WorldSurroundings, { name, seed, at, storage, kept, settings }: WorldOptions) {
    const { real, random, log, parallelism, outbound, judged, console, sdk } = around;
    this.name = name;
    this.settings = settings;
    this.#around = around;
    this.#seed = seed;
    this.#at = at;
    this.#storage = storage;
    this.#kept = kept;
    this.clock = new EmulatorClock(
      () => real.now(),
      at ?? seed.at,
      seed.frozen,
      () => this.sent(PATIENCE),
    );
    this.tokens = new SeenTokens(() => this.server);
    this.#endings = new Endings(() => this.server, this.tokens);
    this.moves = new ClockMoves(this.clock, this.#endings);
    this.calls = new WorldCalls({ server: () => this.server, now: () => this.clock.now(), wall: real });
    this.inbox = new Inbox({ now: () => this.clock.now(), wall: real, random, from: senderOf(settings) });
    this.deliveries = outbound && new Deliveries({ outbound, now: () => this.clock.now(), wall: real });
    this.#world = {
      clock: this.clock,
      wall: real,
      random,
      parallelism,
      log: this.moves.watched(log),
      explainRefusals: true,
      demo: showcase(seed),
      mail: this.inbox,
      ...(this.deliveries ? { outbound: this.deliveries } : {}),
      ...(console ? { console } : {}),
      ...(sdk ? { sdk } : {}),
      ...(judged ? { judged } : {}),
      ...(kept ? {} : { passwordCost: leastCost }),
    };
    this.faults = new FaultOrders({
      now: () => this.clock.now(),
      random,
      changed: (inForce) => {
        this.#world.faults = inForce;
      },
    });
    this.#world.tokenSpellings = new OrderedSpellings(random, (subject) => this.faults.takeTokenLength(subject));
    this.stories = new Stories(this);
    this.people = new EmulatorPeople({
      seed: () => this.#seed,
      host: () => around.host(),
      now: () => this.clock.now(),
      handle: (incoming) => this.handle(incoming),
    });
  }

  /** @throws EmulatorRefused, StorageRefused */
  static async open(around: WorldSurroundings, options: WorldOptions): Promise<EmulatedWorld> {
    const world = new EmulatedWorld(around, options);
    const clock = options.at === undefined ? options.storage.clock() : undefined;
    if (clock) world.clock.place(clock);
    if (!options.kept && canCopyDatabases) options.storage.load(await world.#planted());
    await world.#start();
    world.#orderFaults();
    return world;
  }

  get seed(): Seed {
    return this.#seed;
  }

  /** The server that answers now; another one after `reset` and `restore`. */
  get server(): Server {
    if (!this.#opened) throw new Error(`The world ${this.name} is closed.`);
    return this.#opened.server;
  }

  /** Answers without a socket. */
  async handle(incoming: HttpRequest): Promise<HttpResponse> {
    if (this.#ready) await this.#ready;
    const { real } = this.#around;
    const begun = real.ms();
    const response = await this.faults.during(incoming, () => this.server.handle(incoming));
    this.tokens.note(incoming, response);
    const answered = this.#world.faults ? this.#faulted(incoming, response) : response;
    this.calls.note(incoming, answered, real.ms() - begun);
    return answered;
  }

  /** The answer with the fault that was ordered for its way, if one was. */
  #faulted(incoming: HttpRequest, response: HttpResponse): FaultedResponse {
    const fault = this.faults.takeConnection(incoming, () => pointOf(incoming, this.server));
    if (!fault) return response;
    this.#world.log('info', 'fault.ordered', {
      outcome: 'refused',
      reason: fault.name,
      order: fault.order,
      path: incoming.path,
    });
    return { ...response, headers: { ...response.headers, [FAULT_HEADER]: fault.order }, connection: fault };
  }

  /**
   * Waits until every call to the server of an app and every mail that is due has been tried, for at most so many
   * milliseconds of real time.
   */
  async sent(ms: number): Promise<void> {
    const idle = this.#opened?.server.idle();
    if (!idle) return;
    const late = Promise.withResolvers<void>();
    const timer = this.#around.real.every(ms, late.resolve);
    await Promise.race([idle, late.promise]);
    timer.cancel();
  }

  /** Keeps where the clock stands, where the world is on disk. */
  keepClock(): void {
    this.#storage.keepClock(this.clock.position);
  }

  /**
   * Plants the world again, at its first moment. Earlier tokens stop working, and only the faults of the seed file remain.
   * @param seed another one to plant
   */
  reset(seed: Seed = this.#seed): Promise<void> {
    return this.#inPlace(async () => {
      this.#seed = seed;
      this.#world.demo = showcase(seed);
      const begin = this.#begin();
      this.clock.place({ offset: begin - this.#around.real.now(), frozen: seed.frozen ? begin : undefined });
      this.#storage.empty();
      // Without copies each world is planted by itself, which takes longer.
      if (!this.#kept && canCopyDatabases) this.#storage.load(await this.#planted());
      await this.#start();
      this.#orderFaults();
    });
  }

  /** Keeps the world as it is now; tokens that are made from now on are none of it. @throws WorldError in an older Node */
  async snapshot(): Promise<WorldSnapshot> {
    if (!canCopyDatabases) throw new WorldError(409, 'To keep a world as it is takes Node 24.16 or newer.');
    if (this.#ready) await this.#ready;
    const { server, db } = this.#known();
    const image = { bytes: await db.image(), keys: this.#storage.keys(), rootKey: this.#storage.rootKey() };
    await rotateKeys(server.installation, operator);
    const { position: clock } = this.clock;
    const faults = this.faults.list().map(remainingOf);
    return { image, taken: this.clock.now(), clock, seed: this.#seed, faults };
  }

  /**
   * Writes the world as it is now as the text of a seed file: every moment is an age, so that it can be planted at any
   * time. Passwords cannot be read back and are left out, as tokens and sessions are.
   */
  async exportSeed(): Promise<string> {
    if (this.#ready) await this.#ready;
    const { writeSeed } = await import('../seed/write.ts');
    return writeSeed(this.#seed.name, await exportWorld(this.server.installation), {
      frozen: this.clock.frozen,
      faults: this.faults.list(),
      now: this.clock.now(),
    });
  }

  /** Restores the world: everything since the snapshot is undone, and tokens created since then stop working. */
  restore({ image, clock, seed, faults }: WorldSnapshot): Promise<void> {
    return this.#inPlace(async () => {
      this.#seed = seed;
      this.#world.demo = showcase(seed);
      this.clock.place(clock);
      this.#storage.load(image);
      await this.#start();
      await rotateKeys(this.server.installation, operator);
      for (const order of faults) this.faults.add(order);
    });
  }

  async close(): Promise<void> {
    if (this.#ready) await this.#ready;
    await this.#opened?.server.close();
    this.#opened = undefined;
  }

  #known(): OpenedWorld {
    if (!this.#opened) throw new Error(`The world ${this.name} is closed.`);
    return this.#opened;
  }

  /** Gives the orders that the seed says, from the present moment on. */
  #orderFaults(): void {
    const now = this.clock.now();
    for (const { order, after } of this.#seed.faults ?? [])
      this.faults.add(after === undefined ? order : { ...order, from: now + after });
  }

  #begin = (): number => this.#at ?? this.#seed.at ?? this.#around.real.now();

  async #start(): Promise<void> {
    this.#opened = await openWorld(this.#storage, this.#seed, this.#world, this.settings);
  }

  /** One change of the whole world after another; calls wait meanwhile. */
  async #inPlace(change: () => Promise<void>): Promise<void> {
    while (this.#ready) await this.#ready;
    this.#ready = (async () => {
      await this.#opened?.server.close();
      this.faults.clear();
      this.people.reset();
      this.deliveries?.clear();
      this.stories.clear();
      this.tokens.clear();
      this.calls.clear();
      this.inbox.clear();
      await change();
      this.keepClock();
    })();
    try {
      await this.#ready;
    } finally {
      this.#ready = undefined;
    }
  }

  async #planted(): Promise<WorldImage> {
    const { images, real } = this.#around;
    const known = this.#at === undefined ? images.get(this.#seed) : undefined;
    if (known && (this.#seed.at !== undefined || real.now() - known.planted < IMAGE_LIFE)) return known.image;
    const quiet = { ...this.#world, log: () => {} };
    delete quiet.outbound;
    delete quiet.mail;
    const image = await plantImage(this.#seed, quiet, this.settings);
    if (this.#at === undefined) images.set(this.#seed, { image, planted: real.now() });
    return image;
  }
}

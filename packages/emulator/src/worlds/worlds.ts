// The worlds of an emulator: isolated copies, made in milliseconds, each with people, tokens, keys and a clock of its own.
import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { openSealed } from '@hallpass/server/testing';
import type { Seed } from '../seed/read.ts';
import { EmulatedWorld, type WorldSnapshot, type WorldSurroundings } from './emulated-world.ts';
import { WorldError } from './world-error.ts';
import { isWorldName, marksOf, namedWorld, WORLD_COOKIE, worldOfCookie } from './which-world.ts';
import { storageInMemory } from './world-storage.ts';

/** More worlds than anybody needs at a time: what goes on making them is a mistake. */
const MOST_WORLDS = 1000;

export interface NewWorld {
  /** The seed of the main world when it is not given. */
  seed?: Seed | undefined;
  /** Epoch seconds at which the world begins. */
  at?: number | undefined;
  /** The world begins as a copy of this moment of another one. */
  from?: WorldSnapshot | undefined;
  /** Apps get ids and secrets of their own, so that a program finds the world by the app that it is configured with. */
  ownApps?: boolean | undefined;
}

export class Worlds {
  readonly main: EmulatedWorld;
  readonly #around: WorldSurroundings;
  readonly #byName = new Map<string, EmulatedWorld>();
  /** Worlds being opened: their names are taken. */
  readonly #opening = new Set<string>();
  /** The world of each app; `undefined` where several have it. */
  readonly #byApp = new Map<string, EmulatedWorld | undefined>();

  constructor(around: WorldSurroundings, main: EmulatedWorld) {
    this.#around = around;
    this.main = main;
    this.#byName.set(main.name, main);
    this.#index();
  }

  list(): readonly EmulatedWorld[] {
    return [...this.#byName.values()];
  }

  /** @throws WorldError where there is none of that name */
  get(name: string): EmulatedWorld {
    const world = this.#byName.get(name);
    if (!world) throw new WorldError(404, `There is no world called ${name}.`);
    return world;
  }

  /** Makes a world. @throws WorldError for a bad name, one that is taken, and too many worlds */
  async create(name: string, { seed, at, from, ownApps = false }: NewWorld = {}): Promise<EmulatedWorld> {
    if (!isWorldName(name))
      throw new WorldError(400, `${name} is no name of a world: lower-case letters, digits and hyphens, at most 40.`);
    if (this.#byName.has(name) || this.#opening.has(name))
      throw new WorldError(409, `There is a world called ${name} already.`);
    if (this.#byName.size + this.#opening.size >= MOST_WORLDS)
      throw new WorldError(409, `There are ${MOST_WORLDS} worlds already: delete some.`);
    this.#opening.add(name);
    try {
      const { random, real, settings } = this.#around;
      const planted = from?.seed ?? seed ?? this.main.seed;
      const world = await EmulatedWorld.open(this.#around, {
        name,
        seed: ownApps ? withOwnApps(planted, name) : planted,
        at,
        storage: storageInMemory(random, real),
        kept: false,
        settings: { ...settings, extraHosts: [...settings.extraHosts, `${name}.localhost`] },
      });
      if (from) await world.restore(from);
      this.#byName.set(name, world);
      this.#index();
      return world;
    } finally {
      this.#opening.delete(name);
    }
  }

  /** @throws WorldError for the main world and for one that is not there */
  async delete(name: string): Promise<void> {
    const world = this.get(name);
    if (world === this.main) throw new WorldError(400, 'The main world stays: reset it.');
    this.#byName.delete(name);
    this.#index();
    await world.close();
  }

  /** Answers a request in the world that it belongs to. */
  async handle(incoming: HttpRequest): Promise<HttpResponse> {
    if (this.#byName.size === 1 && namedWorld(incoming) === undefined) return this.main.handle(incoming);
    const named = namedWorld(incoming);
    if (named !== undefined) return this.#byName.get(named)?.handle(incoming) ?? noSuchWorld(named);
    const marked = this.#marked(incoming);
    const world = marked ?? this.#byName.get(worldOfCookie(incoming) ?? '') ?? this.main;
    const response = await world.handle(incoming);
    return marked && marked !== this.main ? rememberingWorld(response, marked.name) : response;
  }

  /** The world that is named, by header or host; the main one where none is. @throws WorldError */
  named(incoming: HttpRequest): EmulatedWorld {
    const name = namedWorld(incoming);
    return name === undefined ? this.main : this.get(name);
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map((world) => world.close()));
  }

  /** Is called after the apps of a world have changed with its seed. */
  reindex(): void {
    this.#index();
  }

  #index(): void {
    this.#byApp.clear();
    for (const world of this.#byName.values())
      for (const { id } of world.seed.world.apps) this.#byApp.set(id, this.#byApp.has(id) ? undefined : world);
  }

  /** The one world that has the app, or made the token, that the request brings. */
  #marked(incoming: HttpRequest): EmulatedWorld | undefined {
    const { apps, tokens } = marksOf(incoming);
    for (const token of tokens) {
      const made = this.list().find(({ server }) => openSealed(server.installation.ring(), token).ok);
      if (made) return made;
    }
    for (const app of apps) {
      const world = this.#byApp.get(app);
      if (world) return world;
    }
    return undefined;
  }
}

function noSuchWorld(name: string): HttpResponse {
  const message = isWorldName(name) ? `There is no world called ${name}.` : 'There is no world of that name.';
  return {
    status: 421,
    headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ error: { message } }),
  };
}

/** A browser that an app sent to a world stays there: its forms name no app. */
function rememberingWorld(response: HttpResponse, name: string): HttpResponse {
  const type = response.headers['content-type'];
  const isPage =
    response.status === 302 || response.status === 303 || (typeof type === 'string' && type.startsWith('text/html'));
  if (!isPage) return response;
  const cookie = `${WORLD_COOKIE}=${name}; Path=/; HttpOnly; SameSite=Lax`;
  const cookies = [response.headers['set-cookie'] ?? [], cookie].flat();
  return { ...response, headers: { ...response.headers, 'set-cookie': cookies } };
}

/** A copy in which each app has an id and a secret of its own: the same ones for the same name of a world. */
function withOwnApps(seed: Seed, name: string): Seed {
  const digits = (label: string): string => createHash('sha256').update(`${seed.name}/${name}/${label}`).digest('hex');
  const own = new Map<string, string>();
  for (const { id, secret, clientToken } of seed.world.apps) {
    own.set(id, `9${(BigInt(`0x${digits(id).slice(0, 12)}`) % 10n ** 14n).toString().padStart(14, '0')}`);
    own.set(secret, digits(secret).slice(0, 32));
    if (clientToken !== undefined) own.set(clientToken, digits(clientToken).slice(0, 32));
  }
  return { ...seed, world: replaced(seed.world, own), faults: replaced(seed.faults, own) };
}

/** A deep copy in which texts that are keys of the map, or a native address of one, are replaced. */
function replaced<T>(value: T, own: ReadonlyMap<string, string>): T;
function replaced(value: unknown, own: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const native = /^fb(\d+)(.*)$/s.exec(value);
    const id = native?.[1] === undefined ? undefined : own.get(native[1]);
    return id === undefined ? (own.get(value) ?? value) : `fb${id}${native?.[2] ?? ''}`;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, own));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [own.get(key) ?? key, replaced(one, own)]));
  return value;
}

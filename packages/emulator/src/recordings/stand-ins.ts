// Ids and credentials of a recorded service have stand-ins in a world of ours: those that an earlier answer gave in their
// place, or those that somebody of the world gets in the same way.
import { appsecretProof, keysOf, permissions, shape } from '@hallpass/protocol';
import type { SeedApp } from '@hallpass/server/testing';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { maskForm } from './masks.ts';
import type { RecordedCall, Recording } from './recording.ts';

const maskIn = /\[[\w-]+:\d+\]/g;
const isId = (text: string): boolean => /^\d{5,}$/.test(text);
/** Fields that name things by their ids. */
const namesThing = (field: string): boolean => field === 'id' || /(?:_id|^user_id|^profile_id)s?$/.test(field);

export class StandIns {
  readonly #world: EmulatedWorld;
  readonly #known = new Map<string, string>();
  readonly #app: SeedApp;
  /** By token: the permissions that the recording says it had. */
  readonly #scopes: ReadonlyMap<string, string>;

  /** @throws Error in a world without apps */
  constructor(recording: Recording, world: EmulatedWorld) {
    this.#world = world;
    this.#scopes = scopesIn(recording);
    const [app] = world.seed.world.apps;
    if (!app) throw new Error('The world has no app that could make the calls of a recording.');
    this.#app = app;
  }

  /** Learns from an answer of each side which credentials and ids stand for each other. */
  learn(recorded: unknown, ours: unknown, field = ''): void {
    if (typeof recorded === 'string' && typeof ours === 'string') {
      if (maskForm.test(recorded) || (namesThing(field) && isId(recorded) && isId(ours))) this.#know(recorded, ours);
    } else if (Array.isArray(recorded) && Array.isArray(ours)) {
      for (const [at, one] of recorded.entries()) if (at < ours.length) this.learn(one, ours[at], field);
    } else if (shape.anyObject(recorded) && shape.anyObject(ours)) {
      for (const [key, one] of Object.entries(recorded)) if (key in ours) this.learn(one, ours[key], key);
    }
  }

  #know(recorded: string, ours: string): void {
    if (!this.#known.has(recorded)) this.#known.set(recorded, ours);
  }

  /** Prepares what a call needs that no answer has given: whose app, whose token. */
  async prepare({ request }: RecordedCall): Promise<void> {
    const given = [...request.query, ...(request.body && 'form' in request.body ? request.body.form : [])];
    const valueOf = (name: string): string | undefined => given.find(([one]) => one === name)?.[1];
    const text = JSON.stringify(request);
    const apps = [...text.matchAll(/(?<!\d)(\d{5,20})\|\[/g)].map(([, id]) => id);
    for (const id of [valueOf('client_id'), valueOf('app_id'), ...apps])
      if (id !== undefined && isId(id)) this.#know(id, this.#app.id);
    const words = [...text.matchAll(maskIn)].map(([mask]) => mask);
    for (const mask of new Set(words)) if (!this.#known.has(mask)) await this.#find(mask, valueOf('redirect_uri'));
    const [proof, token] = [valueOf('appsecret_proof'), valueOf('access_token')];
    if (proof !== undefined && token !== undefined)
      this.#known.set(proof, await appsecretProof(this.text(token), this.#app.secret));
  }

  async #find(mask: string, redirectUri: string | undefined): Promise<void> {
    const [, kind] = maskForm.exec(mask) ?? [];
    if (kind?.endsWith('secret')) this.#know(mask, this.#app.secret);
    else if (kind === 'token') this.#know(mask, await this.#userToken(this.#scopes.get(mask)));
    else if (kind === 'code') this.#know(mask, await this.#code(redirectUri));
  }

  /** Somebody with Pages, who gives the app all that it may ask for. */
  get #person() {
    const { pages, people } = this.#world.seed.world;
    const owner = pages.flatMap(({ roles = [] }) => roles.map(({ person }) => person))[0];
    const canLogIn = new Set(this.#world.people.list().map(({ id }) => id));
    const named = [owner, ...people.map(({ id }) => id)].find((id) => id !== undefined && canLogIn.has(id));
    return this.#world.people.get(named ?? '');
  }

  get #scope(): string {
    const allowed = this.#app.settings?.advancedAccess ?? keysOf(permissions);
    return allowed.join(',');
  }

  #userToken(scope = this.#scope): Promise<string> {
    return this.#person.accessToken({ app: this.#app.id, scope });
  }

  async #code(redirectUri: string | undefined): Promise<string> {
    const own = this.#app.settings?.redirectUris?.[0];
    if (redirectUri !== undefined && own !== undefined) this.#know(redirectUri, own);
    const { code } = await this.#person.logIn({ app: this.#app.id, scope: this.#scope });
    return code ?? '';
  }

  /** Ids of a path that nothing has told of: a Page where the call is one for Pages, else a person. */
  id(recorded: string, segments: readonly string[], answered: unknown): string {
    const known = this.#known.get(recorded);
    if (known !== undefined) return known;
    const { pages, people, apps, businesses = [] } = this.#world.seed.world;
    // The recording may be of this very world.
    if ([...pages, ...people, ...apps, ...businesses].some(({ id }) => id === recorded)) return recorded;
    const ofPages = /^(?:feed|posts|published_posts|insights|roles|tabs|subscribed_apps|conversations|locations)$/;
    const isPage =
      segments.some((segment) => ofPages.test(segment)) ||
      (shape.anyObject(answered) && ['category', 'fan_count', 'about', 'tasks'].some((field) => field in answered));
    const found = isPage ? pages[0]?.id : (people.find(({ id }) => id === this.#person.id) ?? people[0])?.id;
    this.#know(recorded, found ?? recorded);
    return found ?? recorded;
  }

  /** A text of the recording with its stand-ins. */
  text(text: string): string {
    return (
      this.#known.get(text) ??
      text
        .replace(/^\d{5,}(?=\|)/, (id) => this.#known.get(id) ?? id)
        .replace(maskIn, (mask) => this.#known.get(mask) ?? mask)
    );
  }

  json(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((one: unknown) => this.json(one));
    if (!shape.anyObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.text(key), this.json(one)]));
  }
}

const inspection = shape.object<{ data: { scopes: string[] } }>({
  data: shape.object<{ scopes: string[] }>({ scopes: shape.listOf(shape.text) }),
});

/** Finds the answers of `debug_token` in a recording: by token, the permissions that it had. */
function scopesIn({ calls }: Recording): Map<string, string> {
  const scopes = new Map<string, string>();
  for (const { request, response } of calls) {
    const looked = request.query.find(([name]) => name === 'input_token')?.[1];
    const said = 'json' in response.body ? response.body.json : undefined;
    if (looked !== undefined && inspection(said)) scopes.set(looked, said.data.scopes.join(','));
  }
  return scopes;
}

// This module finds what a presented string is: sealed token (opened, alive or dead), app token, client token, or
// nothing. The one function that authentication, debug_token and the exchanges all use, so none can be looser than
// another.
import { classify, type ErrorKey, scopeKey, unreadableBecause } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import { type AppEpochs, joinedKind } from '../tokens/app-token.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { open as unseal } from '../tokens/seal.ts';
import { check, type Death, type Subject } from './check.ts';
import { BoundedMap } from '../installation/bounded-map.ts';
import type { Conclusion } from '../installation/conclusion.ts';
import type { Facts } from '../installation/facts.ts';
import type { Installation } from '../installation/installation.ts';
import type { Maybe } from '../installation/maybe.ts';
import type { KeyRing } from '../tokens/keys.ts';
import { AppId } from '../store/ids.ts';

export type OpenedCredential =
  | { is: 'sealed'; record: TokenRecord; subject: Subject }
  /** Opened and dead: what it was is known, that it works no longer too. */
  | { is: 'dead'; record: TokenRecord; death: Death }
  | { is: 'joined'; kind: 'app' | 'client'; app: App; usedSecret: boolean }
  /** Not a token of this installation. `app` is the app named before the bar, where there is one. */
  | { is: 'unreadable'; error: ErrorKey; appId?: AppId };

/** A sealed token that is alive, an app token or a client token: they work. */
type Working = Extract<OpenedCredential, { is: 'sealed' | 'joined' }>;

/** A token that was opened and found to work, with the ring that it was opened by. */
interface OpenedToken {
  working: Conclusion<Working>;
  ring: KeyRing;
}

type OpeningContext = Pick<Installation, 'db' | 'facts' | 'freshness' | 'keys' | 'reloadRing' | 'ring' | 'world'>;

/** For so many facts in memory, one opened token is remembered. */
const FACTS_FOR_EACH = 8;

/** The opened tokens of each node, by what was presented. */
const memories = new WeakMap<Facts, BoundedMap<OpenedToken>>();

function memoryOf(facts: Facts): BoundedMap<OpenedToken> {
  let memory = memories.get(facts);
  if (memory === undefined) {
    memory = new BoundedMap(facts.cache.entries / FACTS_FOR_EACH);
    memories.set(facts, memory);
  }
  return memory;
}

/** Counts the opened tokens that a node remembers. */
export const rememberedTokens = (facts: Facts): number => memories.get(facts)?.size ?? 0;

/** Opens and checks one presented string: at once where it was found to work before, and nothing has changed since. */
export function present(installation: OpeningContext, text: string): Maybe<OpenedCredential> {
  const known = memoryOf(installation.facts).get(text);
  if (known === undefined || known.ring !== installation.ring() || !known.working.holds())
    return open(installation, text);
  const { value } = known.working;
  // Nothing that it hangs on has changed: only time can have ended it.
  return value.is === 'sealed' && expired(value.record, installation.world) ? open(installation, text) : value;
}

async function open(installation: OpeningContext, text: string): Promise<OpenedCredential> {
  const { db, facts, freshness, world } = installation;
  // A node that may have missed a withdrawn key asks for the ring before it believes any.
  if (!freshness.proven()) await installation.reloadRing();
  const shape = classify(text);
  const ring = installation.ring();
  if (shape.shape === 'joined') {
    const { app, rest } = shape;
    const joined = await facts.conclude((seen) =>
      openJoined({ keys: installation.keys, facts: seen }, ring, AppId.parse(app ?? ''), rest),
    );
    return joined.value.is === 'joined' ? remembered(facts, text, joined.with(joined.value), ring) : joined.value;
  }
  const opened = unseal(ring, text);
  if (!opened.ok) {
    if (opened.why === 'unknown_key') world.log('warn', 'crypto.unknown_key');
    return { is: 'unreadable', error: unreadableBecause(text) };
  }
  const { record } = opened;
  const key = ring.byId.get(opened.keyId);
  if (key?.status === 'fenced')
    return { is: 'dead', record, death: { error: 'token.logged_out', params: {}, cause: 'fenced', at: key.since } };
  if (key?.status === 'withdrawn')
    return {
      is: 'dead',
      record,
      death: { error: 'token.version_stale', params: {}, cause: 'withdrawn', at: key.since },
    };
  const checked = await facts.conclude((seen) => check({ db, world, facts: seen }, record));
  const { value: liveness } = checked;
  if (!liveness.alive) return { is: 'dead', record, death: liveness.death };
  const alive = checked.with({ is: 'sealed' as const, record, subject: liveness.subject });
  return remembered(facts, text, alive, ring);
}

/** Remembers what a text was opened as, unless one of the facts was forgotten meanwhile. */
function remembered(facts: Facts, text: string, working: Conclusion<Working>, ring: KeyRing): Working {
  if (working.holds()) memoryOf(facts).set(ownText(text), { working, ring });
  return working.value;
}

/** The same text with memory of its own: a part of an address would keep the whole of it. */
const ownText = (text: string): string => Buffer.from(text).toString();

const expired = (record: TokenRecord, world: Installation['world']): boolean =>
  record.expiresAt !== 0 && world.clock.now() >= record.expiresAt;

async function openJoined(
  installation: Pick<Installation, 'facts' | 'keys'>,
  ring: KeyRing,
  appId: AppId | undefined,
  rest: string,
): Promise<OpenedCredential> {
  const app = appId === undefined ? null : await installation.facts.app(appId);
  if (!app || appId === undefined) return { is: 'unreadable', error: 'token.signature', appId };
  if (app.status !== 'active') return { is: 'unreadable', error: 'token.app_deleted', appId };
  const kind = joinedKind(ring, installation.keys, app, await appEpochs(installation, app), rest);
  if (kind === undefined) return { is: 'unreadable', error: 'token.signature', appId };
  return { is: 'joined', kind: kind === 'client_token' ? 'client' : 'app', app, usedSecret: kind === 'secret' };
}

/**
 * The epochs that a generated app token hangs on. That of the secret comes with the secret itself: whoever shows one
 * that is being reset gets a dead token (threats RR-03).
 */
export async function appEpochs({ facts }: Pick<Installation, 'facts'>, app: App): Promise<AppEpochs> {
  return { app: await facts.epoch(scopeKey('app', { app: app.id }) as string), secret: app.secretEpoch };
}

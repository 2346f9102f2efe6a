// This module finds what a presented string is: sealed token (opened, alive or dead), app token, client token, or
// nothing. The one function that authentication, debug_token and the exchanges all use, so none can be looser than
// another.
import { classify, type ErrorKey, scopeKey, unreadableBecause } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import { type AppEpochs, joinedKind } from '../tokens/app-token.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { open } from '../tokens/seal.ts';
import { check, type Death, type Subject } from './check.ts';
import type { Installation } from '../installation/installation.ts';
import { AppId } from '../store/ids.ts';

export type OpenedCredential =
  | { is: 'sealed'; record: TokenRecord; subject: Subject }
  /** Opened and dead: what it was is known, that it works no longer too. */
  | { is: 'dead'; record: TokenRecord; death: Death }
  | { is: 'joined'; kind: 'app' | 'client'; app: App; usedSecret: boolean }
  /** Not a token of this installation. `app` is the app named before the bar, where there is one. */
  | { is: 'unreadable'; error: ErrorKey; appId?: AppId };

/** A living token as it was found, and the generation of facts that it was found alive by. */
interface CachedToken {
  presented: Extract<OpenedCredential, { is: 'sealed' }>;
  generation: number;
}

/** Opens and checks one presented string. */
export async function present(
  installation: Pick<Installation, 'db' | 'facts' | 'freshness' | 'keys' | 'reloadRing' | 'ring' | 'world'>,
  text: string,
): Promise<OpenedCredential> {
  const { facts, freshness } = installation;
  if (freshness.proven()) {
    // Nothing at all has changed since this token was found alive: only time can have ended it.
    const known = facts.opened.peek(text) as CachedToken | undefined;
    if (known && known.generation === facts.cache.generation && !expired(known.presented.record, installation))
      return known.presented;
  } else {
    // A node that may have missed a withdrawn key asks for the ring before it believes any.
    await installation.reloadRing();
  }
  const shape = classify(text);
  if (shape.shape === 'joined') return presentJoined(installation, AppId.parse(shape.app ?? ''), shape.rest);
  const { generation } = facts.cache;
  const opened = open(installation.ring(), text);
  if (!opened.ok) {
    if (opened.why === 'unknown_key') installation.world.log('warn', 'crypto.unknown_key');
    return { is: 'unreadable', error: unreadableBecause(text) };
  }
  const { record } = opened;
  const key = installation.ring().byId.get(opened.keyId);
  if (key?.status === 'fenced')
    return { is: 'dead', record, death: { error: 'token.logged_out', params: {}, cause: 'fenced', at: key.since } };
  if (key?.status === 'withdrawn')
    return {
      is: 'dead',
      record,
      death: { error: 'token.version_stale', params: {}, cause: 'withdrawn', at: key.since },
    };
  const liveness = await check(installation, record);
  if (!liveness.alive) return { is: 'dead', record, death: liveness.death };
  const presented = { is: 'sealed' as const, record, subject: liveness.subject };
  if (freshness.proven()) facts.opened.put(text, { presented, generation } satisfies CachedToken);
  return presented;
}

const expired = (record: TokenRecord, { world }: Pick<Installation, 'world'>): boolean =>
  record.expiresAt !== 0 && world.clock.now() >= record.expiresAt;

async function presentJoined(
  installation: Pick<Installation, 'facts' | 'keys' | 'ring'>,
  appId: AppId | undefined,
  rest: string,
): Promise<OpenedCredential> {
  const app = appId === undefined ? null : await installation.facts.app(appId);
  if (!app || appId === undefined) return { is: 'unreadable', error: 'token.signature', appId };
  if (app.status !== 'active') return { is: 'unreadable', error: 'token.app_deleted', appId };
  const kind = joinedKind(installation.ring(), installation.keys, app, await appEpochs(installation, app), rest);
  if (kind === undefined) return { is: 'unreadable', error: 'token.signature', appId };
  return { is: 'joined', kind: kind === 'client_token' ? 'client' : 'app', app, usedSecret: kind === 'secret' };
}

/**
 * The epochs that a generated app token hangs on. That of the secret comes with the secret itself: whoever shows one
 * that is
 * being reset gets a dead token (threats RR-03).
 */
export async function appEpochs({ facts }: Pick<Installation, 'facts'>, app: App): Promise<AppEpochs> {
  return { app: await facts.epoch(scopeKey('app', { app: app.id }) as string), secret: app.secretEpoch };
}

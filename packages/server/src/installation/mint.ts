// This module makes tokens for people. A token remembers the epochs of what it hangs on, read inside the transaction
// that makes it: an event that commits in between leaves the new token dead at its first use. No lock, no race.
import { type Anchor, graphError, scopeKey, tokenKinds } from '@hallpass/protocol';
import * as epochs from '../store/installation/epochs.ts';
import type { Query } from '../store/query.ts';
import type { KeyRing } from '../tokens/keys.ts';
import type { SealedKind, TokenRecord } from '../tokens/record.ts';
import { seal } from '../tokens/seal.ts';
import type { IdReaders } from '../store/ids.ts';
import type { Installation } from './installation.ts';

/** A 63-bit number as decimal text, never zero: ids of log-ins, sessions, people made here. */
export function newId(installation: Pick<Installation, 'world'>): string;
/** @param kind of what it is to name */
export function newId<T extends string>(installation: Pick<Installation, 'world'>, kind: IdReaders<T>): T;
export function newId<T extends string>(installation: Pick<Installation, 'world'>, kind?: IdReaders<T>): string {
  const bytes = Buffer.from(installation.world.random.bytes(8));
  const id = ((bytes.readBigUInt64BE() >> 1n) | 1n).toString();
  return kind ? kind.of(id) : id;
}

type NewToken = Omit<TokenRecord, 'epochs' | 'page' | 'key'> & { kind: Exclude<SealedKind, 'page'> };

/** Mints a token of a person inside a change. @returns the string and its record */
export async function mint(
  installation: Pick<Installation, 'ring' | 'world'>,
  tx: Query,
  token: NewToken,
): Promise<{ text: string; record: TokenRecord }> {
  const anchors: readonly Anchor[] = tokenKinds[token.kind].hangsOn;
  const scopes = anchors.map((anchor) => scopeKey(anchor, token));
  const current = await epochs.current(
    tx,
    scopes.filter((scope) => scope !== undefined),
  );
  const ring = installation.ring();
  const found = scopes.map((scope) => (scope === undefined ? 0 : (current.get(scope) ?? 0)));
  const record: TokenRecord = { ...token, page: undefined, epochs: found, key: ring.active.id };
  return { text: seal(ring, installation.world.random, record), record };
}

/**
 * The ring, to seal what is made of `parent` with. @throws GraphError token.logged_out | token.version_stale |
 * token.malformed where the key that it was settled under was fenced or withdrawn meanwhile: what comes of it would
 * outlive that
 */
export function ringFor(installation: Pick<Installation, 'ring'>, parent: TokenRecord): KeyRing {
  const ring = installation.ring();
  const status = parent.key === undefined ? 'accepted' : ring.byId.get(parent.key)?.status;
  if (status === undefined) throw graphError('token.malformed');
  if (status === 'fenced') throw graphError('token.logged_out');
  if (status === 'withdrawn') throw graphError('token.version_stale');
  return ring;
}

/**
 * Another token of the same log-in, made from a living one without a row: it carries the parent's epochs over, so it
 * is dead if the parent died meanwhile. Never gains: app, person, log-in and native mark stay.
 */
export function remint(
  installation: Pick<Installation, 'ring' | 'world'>,
  parent: TokenRecord,
  change: Partial<Pick<TokenRecord, 'kind' | 'issuedAt' | 'expiresAt' | 'longLived'>>,
): string {
  const record: TokenRecord = { ...parent, ...change, page: undefined };
  record.epochs = parent.epochs.slice(0, tokenKinds[record.kind].hangsOn.length);
  return seal(ringFor(installation, parent), installation.world.random, record);
}

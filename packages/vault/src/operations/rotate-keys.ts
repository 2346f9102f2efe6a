// The key that values are sealed with is changed while everything goes on: a new key seals, the old one still opens,
// every value is sealed anew, and the old key is deleted once nothing needs it (CR-06). It can be stopped at any moment
// and goes on where it was.
import type { RotationResult } from '../client/answers/keys.ts';
import type { MasterKeySource } from '../keys/master-key.ts';
import { KEYS_CHANGED, SHARED, VAULT_SOURCE } from '../keys/keyring.ts';
import type { VaultParts } from '../parts.ts';
import { allKeys, deleteKey, insertKey, type KeyRow, retireSealingKeys, rewrapKey } from '../store/keys/keys.ts';
import { allTenants } from '../store/keys/tenants.ts';
import {
  countSealedBy,
  resealValues,
  type SealedBy,
  type SealedColumn,
  sealedColumns,
  type SealedValue,
  valuesSealedBy,
} from '../store/keys/sealed-columns.ts';
import { SealError } from '@hallpass/db';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

export interface RotationOptions {
  /** Only counts what would be sealed anew. */
  dryRun?: boolean;
  /** Stops after the batch that is under way. */
  signal?: AbortSignal;
  /** Called after each batch. */
  progress?: (done: { resealed: number; total: number }) => void;
  /** Only the keys of this tenant, where it has its own; without it, and for others, those that tenants share. */
  tenant?: string | undefined;
  /** Seconds of real time for which an old key is kept after it was active: longer than any change may take. */
  grace?: number;
}

const BATCH = 500;
/** A process may hold a row for a second, knows of a new key after two, and a change is over after five. */
const GRACE = 15;

/**
 * Rotates the sealing key, or goes on with a rotation that was stopped: then no other key is made.
 *
 * @throws VaultSealed, MasterKeyUnavailable, StorageUnavailable
 */
export async function rotateKeys(parts: Parts, options: RotationOptions = {}): Promise<RotationResult> {
  const { keys } = parts;
  keys.requireOpen(options.tenant);
  const owner = ownerOf(parts, options.tenant);
  const goesOn = (await keysOf(parts, owner)).some(({ status }) => status === 'retiring');
  const old = (): SealedBy => ({ notWith: keys.activeIdOf(owner), of: keys.valuesOf(owner) });
  if (options.dryRun) {
    const left = await countLeft(parts, goesOn ? old() : { notWith: '', of: keys.valuesOf(owner) });
    return { activeKey: keys.activeIdOf(owner), left, resealed: 0, unreadable: 0, deleted: [] };
  }
  if (!goesOn) await addKey(parts, owner);
  const first = await resealAll(parts, old, options);
  const stopped = options.signal?.aborted === true;
  if (!stopped) await graceOver(parts, owner, options);
  // A process that had not heard of the new key may have sealed something with the old one.
  const second = stopped ? { resealed: 0, unreadable: first.unreadable } : await resealAll(parts, old, options);
  const left = await countLeft(parts, old());
  const deleted = options.signal?.aborted === true || left > second.unreadable ? [] : await deleteOldKeys(parts, owner);
  return {
    activeKey: keys.activeIdOf(owner),
    left,
    resealed: first.resealed + second.resealed,
    unreadable: second.unreadable,
    deleted,
  };
}

/** The owner of the keys that seal the values of a tenant; `SHARED` where none is named. */
export const ownerOf = ({ keys }: Pick<Parts, 'keys'>, tenant: string | undefined): string =>
  tenant === undefined ? SHARED : keys.ownerFor(tenant);

/** The sealing keys of an owner, the active one first. */
export const keysOf = async ({ db }: Pick<Parts, 'db'>, owner: string): Promise<KeyRow[]> =>
  (await allKeys(db.read)).filter(({ purpose, tenant }) => purpose === 'seal' && tenant === owner);

/** The name of the master key that wraps the keys of an owner. */
const sourceNameOf = async ({ db }: Pick<Parts, 'db'>, owner: string): Promise<string> =>
  (await allTenants(db.read)).find(({ name }) => name === owner)?.key_source ?? VAULT_SOURCE;

/** Makes a key of an owner that seals from now on; the others only open. */
export async function addKey(parts: Parts, owner: string): Promise<void> {
  const { db, keys, world } = parts;
  const key = await keys.newKey('seal', owner, keys.sourceNamed(await sourceNameOf(parts, owner)));
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    await retireSealingKeys(act.tx, owner, world.wall.now());
    await insertKey(act.tx, key);
    db.tell(act, KEYS_CHANGED);
  });
  await keys.reload();
  world.log('info', 'vault key made active', { key: key.id, tenant: owner });
}

/** Seals anew what is sealed like this. */
export async function resealAll(
  parts: Parts,
  by: () => SealedBy,
  { signal, progress }: Pick<RotationOptions, 'signal' | 'progress'>,
): Promise<{ resealed: number; unreadable: number }> {
  const total = await countLeft(parts, by());
  let resealed = 0;
  let unreadable = 0;
  for (const column of sealedColumns) {
    let after: SealedValue | undefined;
    for (;;) {
      if (signal?.aborted === true) return { resealed, unreadable };
      const values = await valuesSealedBy(parts.db.read, column, by(), { after, limit: BATCH });
      if (values.length === 0) break;
      after = values.at(-1);
      const batch = await resealBatch(parts, column, values);
      resealed += batch.resealed;
      unreadable += batch.unreadable;
      progress?.({ resealed, total });
    }
  }
  return { resealed, unreadable };
}

async function resealBatch({ db, keys, world }: Parts, column: SealedColumn, values: readonly SealedValue[]) {
  const renewed: (SealedValue & { resealed: string })[] = [];
  let unreadable = 0;
  for (const value of values) {
    const place = column.place(value);
    try {
      renewed.push({ ...value, resealed: await keys.seal(await keys.open(value.sealed, place), place) });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unreadable++;
      world.log('warn', 'sealed value does not open', { table: column.table, tenant: value.tenant, row: value.id });
    }
  }
  return { resealed: await db.act(({ tx }) => resealValues(tx, column, renewed)), unreadable };
}

/** Counts what is sealed like this. */
export async function countLeft({ db }: Pick<Parts, 'db'>, by: SealedBy): Promise<number> {
  let left = 0;
  for (const column of sealedColumns) left += await countSealedBy(db.read, column, by);
  return left;
}

/** Waits in real time until no process can seal with the old key any more, nor hold a row that needs it. */
export async function graceOver(parts: Parts, owner: string, options: RotationOptions): Promise<void> {
  const retiring = (await keysOf(parts, owner)).filter(({ status }) => status === 'retiring');
  await pastGrace(parts, Math.max(0, ...retiring.map(({ since }) => since)), options);
}

/** Waits in real time until every process knows of keys that were changed at this moment. */
export async function pastGrace(
  { world }: Pick<Parts, 'world'>,
  since: number,
  { grace = GRACE, signal }: RotationOptions,
): Promise<void> {
  const end = since + grace;
  while (world.wall.now() < end && signal?.aborted !== true) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = world.wall.every(500, resolve);
    await promise;
    timer.cancel();
  }
}

/** @param only the key with this id; every one of the owner that only opens without it */
export async function deleteOldKeys({ db, keys, world }: Parts, owner: string, only?: string): Promise<string[]> {
  const deleted = await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    const old = (await allKeys(act.tx)).filter(
      ({ id, status, tenant }) => status === 'retiring' && tenant === owner && (only === undefined || id === only),
    );
    for (const { id } of old) await deleteKey(act.tx, id);
    db.tell(act, KEYS_CHANGED);
    return old.map(({ id }) => id);
  });
  await keys.reload();
  world.log('info', 'vault keys deleted', { keys: deleted.join(', ') });
  return deleted;
}

/**
 * Wraps the keys of the vault with another master key, or with the newest one of the same source. Keys of tenants that
 * have a master key of their own are left alone. No value is sealed anew for it. Processes that run go on; each has to
 * be given the new source before its next start.
 *
 * @throws VaultSealed, MasterKeyUnavailable
 */
export async function changeMasterKey({ db, keys, world }: Parts, next?: MasterKeySource): Promise<number> {
  keys.requireOpen();
  const rows = await allKeys(db.read);
  const own = new Set(
    (await allTenants(db.read)).flatMap(({ name, key_source }) => (key_source === VAULT_SOURCE ? name : [])),
  );
  const wrapped = new Map<string, string>();
  for (const row of rows)
    if (row.tenant === SHARED || own.has(row.tenant)) wrapped.set(row.id, await keys.rewrap(row, next));
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    for (const [id, text] of wrapped) await rewrapKey(act.tx, id, text);
  });
  world.log('info', 'vault keys wrapped again', { source: next?.label ?? 'the same source' });
  return wrapped.size;
}

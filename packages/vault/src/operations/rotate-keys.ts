// The key that values are sealed with is changed while everything goes on: a new key seals, the old one still opens,
// every value is sealed anew, and the old key is deleted once nothing needs it (CR-06). It can be stopped at any moment
// and goes on where it was.
import type { MasterKeySource } from '../keys/master-key.ts';
import { KEYS_CHANGED } from '../keys/keyring.ts';
import type { VaultParts } from '../parts.ts';
import { allKeys, deleteKey, insertKey, retireSealingKeys, rewrapKey } from '../store/keys.ts';
import {
  countNotSealedWith,
  resealValues,
  type SealedColumn,
  sealedColumns,
  type SealedValue,
  valuesNotSealedWith,
} from '../store/sealed-columns.ts';
import { SealError } from '@hallpass/db';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

export interface RotationOptions {
  /** Only counts what would be sealed anew. */
  dryRun?: boolean;
  /** Stops after the batch that is under way. */
  signal?: AbortSignal;
  /** Called after each batch. */
  progress?: (done: { resealed: number; total: number }) => void;
  /** Seconds of real time for which an old key is kept after it was active: longer than any change may take. */
  grace?: number;
}

export interface RotationResult {
  /** The id of the key that seals now. */
  activeKey: string;
  /** Values that are sealed with an older key; in a dry run, those that would be sealed anew. */
  left: number;
  resealed: number;
  /** Values that no key opens: they were damaged or moved before, and are left as they are. */
  unreadable: number;
  /** Keys that are gone for good. */
  deleted: string[];
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
  const { db, keys } = parts;
  keys.requireOpen();
  const goesOn = (await allKeys(db.read)).some(({ status }) => status === 'retiring');
  if (options.dryRun) {
    const left = goesOn ? await countLeft(parts, keys.activeId) : await countLeft(parts, '');
    return { activeKey: keys.activeId, left, resealed: 0, unreadable: 0, deleted: [] };
  }
  if (!goesOn) await addKey(parts);
  const first = await resealAll(parts, options);
  const stopped = options.signal?.aborted === true;
  if (!stopped) await graceOver(parts, options);
  // A process that had not heard of the new key may have sealed something with the old one.
  const second = stopped ? { resealed: 0, unreadable: first.unreadable } : await resealAll(parts, options);
  const left = await countLeft(parts, keys.activeId);
  const deleted = options.signal?.aborted === true || left > second.unreadable ? [] : await deleteOldKeys(parts);
  return {
    activeKey: keys.activeId,
    left,
    resealed: first.resealed + second.resealed,
    unreadable: second.unreadable,
    deleted,
  };
}

async function addKey({ db, keys, world }: Parts): Promise<void> {
  const key = await keys.newKey('seal');
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    await retireSealingKeys(act.tx, world.wall.now());
    await insertKey(act.tx, key);
    db.tell(act, KEYS_CHANGED);
  });
  await keys.reload();
  world.log('info', 'vault key made active', { key: key.id });
}

async function resealAll(parts: Parts, options: RotationOptions): Promise<{ resealed: number; unreadable: number }> {
  const total = await countLeft(parts, parts.keys.activeId);
  let resealed = 0;
  let unreadable = 0;
  for (const column of sealedColumns) {
    let after: SealedValue | undefined;
    for (;;) {
      if (options.signal?.aborted === true) return { resealed, unreadable };
      const key = parts.keys.activeId;
      const values = await valuesNotSealedWith(parts.db.read, column, { key, after, limit: BATCH });
      if (values.length === 0) break;
      after = values.at(-1);
      const batch = await resealBatch(parts, column, values);
      resealed += batch.resealed;
      unreadable += batch.unreadable;
      options.progress?.({ resealed, total });
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

async function countLeft({ db }: Parts, key: string): Promise<number> {
  let left = 0;
  for (const column of sealedColumns) left += await countNotSealedWith(db.read, column, key);
  return left;
}

/** Waits in real time until no process can seal with the old key any more, nor hold a row that needs it. */
async function graceOver({ db, world }: Parts, { grace = GRACE, signal }: RotationOptions): Promise<void> {
  const retiring = (await allKeys(db.read)).filter(({ status }) => status === 'retiring');
  const end = Math.max(0, ...retiring.map(({ since }) => since + grace));
  while (world.wall.now() < end && signal?.aborted !== true) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = world.wall.every(500, resolve);
    await promise;
    timer.cancel();
  }
}

async function deleteOldKeys({ db, keys, world }: Parts): Promise<string[]> {
  const deleted = await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    const old = (await allKeys(act.tx)).filter(({ status }) => status === 'retiring');
    for (const { id } of old) await deleteKey(act.tx, id);
    db.tell(act, KEYS_CHANGED);
    return old.map(({ id }) => id);
  });
  await keys.reload();
  world.log('info', 'vault keys deleted', { keys: deleted.join(', ') });
  return deleted;
}

/**
 * Wraps the keys of the vault with another master key, or with the newest one of the same source. No value is sealed
 * anew for it. Processes that run go on; each has to be given the new source before its next start.
 *
 * @throws VaultSealed, MasterKeyUnavailable
 */
export async function changeMasterKey({ db, keys, world }: Parts, next?: MasterKeySource): Promise<number> {
  keys.requireOpen();
  const rows = await allKeys(db.read);
  const wrapped = new Map<string, string>();
  for (const row of rows) wrapped.set(row.id, await keys.rewrap(row, next));
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    for (const [id, text] of wrapped) await rewrapKey(act.tx, id, text);
  });
  world.log('info', 'vault keys wrapped anew', { source: next?.label ?? 'the same source' });
  return wrapped.size;
}

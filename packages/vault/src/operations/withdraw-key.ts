// One sealing key is withdrawn by itself, as where it may have become known: what it sealed is sealed anew first, and what
// other keys sealed is left alone. It can be stopped at any moment and goes on where it was (CR-06).
import type { SealingKey, WithdrawnKey } from '../client/answers.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { allKeys } from '../store/keys.ts';
import type { SealedBy } from '../store/sealed-columns.ts';
import { addKey, countLeft, deleteOldKeys, graceOver, resealAll, type RotationOptions } from './rotate-keys.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** The sealing keys, the active one first. @throws VaultSealed, StorageUnavailable */
export async function listSealingKeys(parts: Parts): Promise<SealingKey[]> {
  parts.keys.requireOpen();
  const rows = (await allKeys(parts.db.read)).filter(({ purpose }) => purpose === 'seal');
  return Promise.all(
    rows.map(async ({ id, status, created_at }) => ({
      id,
      status,
      createdAt: created_at,
      values: await countLeft(parts, { with: id }),
    })),
  );
}

/**
 * Withdraws a sealing key; the active one is followed by a new one first.
 *
 * @throws VaultSealed, MasterKeyUnavailable, StorageUnavailable, VaultRefusal `unknown_key`
 */
export async function withdrawKey(parts: Parts, id: string, options: RotationOptions = {}): Promise<WithdrawnKey> {
  const { db, keys } = parts;
  keys.requireOpen();
  const by = (): SealedBy => ({ with: id });
  const found = (await allKeys(db.read)).find((key) => key.id === id && key.purpose === 'seal');
  if (found === undefined) throw new VaultRefusal('unknown_key', { id });
  if (options.dryRun)
    return { activeKey: keys.activeId, resealed: 0, left: await countLeft(parts, by()), withdrawn: false };
  if (found.status === 'active') await addKey(parts);
  const first = await resealAll(parts, by, options);
  const stopped = (): boolean => options.signal?.aborted === true;
  if (!stopped()) await graceOver(parts, options);
  // A process that had not heard of the new key may have sealed something with this one.
  const second = stopped() ? { resealed: 0 } : await resealAll(parts, by, options);
  const left = await countLeft(parts, by());
  const deleted = stopped() || left > 0 ? [] : await deleteOldKeys(parts, id);
  return { activeKey: keys.activeId, resealed: first.resealed + second.resealed, left, withdrawn: deleted.length > 0 };
}

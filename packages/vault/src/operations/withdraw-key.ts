// One sealing key is withdrawn by itself, as where it may have become known: what it sealed is sealed anew first, and what
// other keys sealed is left alone. It can be stopped at any moment and goes on where it was (CR-06).
import type { SealingKey, WithdrawnKey } from '../client/answers/keys.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import type { SealedBy } from '../store/keys/sealed-columns.ts';
import {
  addKey,
  countLeft,
  deleteOldKeys,
  graceOver,
  keysOf,
  ownerOf,
  resealAll,
  type RotationOptions,
} from './rotate-keys.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/**
 * The keys that seal the values of a tenant, the active one first: its own, or those that are shared.
 *
 * @throws VaultSealed, StorageUnavailable
 */
export async function listSealingKeys(parts: Parts, tenant?: string): Promise<SealingKey[]> {
  parts.keys.requireOpen(tenant);
  const owner = ownerOf(parts, tenant);
  const rows = await keysOf(parts, owner);
  return Promise.all(
    rows.map(async ({ id, status, created_at }) => ({
      id,
      status,
      createdAt: created_at,
      values: await countLeft(parts, { with: id, of: parts.keys.valuesOf(owner) }),
    })),
  );
}

/**
 * Withdraws a sealing key; the active one is followed by a new one first.
 *
 * @throws VaultSealed, MasterKeyUnavailable, StorageUnavailable, VaultRefusal `unknown_key`
 */
export async function withdrawKey(parts: Parts, id: string, options: RotationOptions = {}): Promise<WithdrawnKey> {
  const { keys } = parts;
  keys.requireOpen(options.tenant);
  const owner = ownerOf(parts, options.tenant);
  const by = (): SealedBy => ({ with: id, of: keys.valuesOf(owner) });
  const found = (await keysOf(parts, owner)).find((key) => key.id === id);
  if (found === undefined) throw new VaultRefusal('unknown_key', { id });
  if (options.dryRun)
    return { activeKey: keys.activeIdOf(owner), resealed: 0, left: await countLeft(parts, by()), withdrawn: false };
  if (found.status === 'active') await addKey(parts, owner);
  const first = await resealAll(parts, by, options);
  const stopped = (): boolean => options.signal?.aborted === true;
  if (!stopped()) await graceOver(parts, owner, options);
  // A process that had not heard of the new key may have sealed something with this one.
  const second = stopped() ? { resealed: 0 } : await resealAll(parts, by, options);
  const left = await countLeft(parts, by());
  const deleted = stopped() || left > 0 ? [] : await deleteOldKeys(parts, owner, id);
  return {
    activeKey: keys.activeIdOf(owner),
    resealed: first.resealed + second.resealed,
    left,
    withdrawn: deleted.length > 0,
  };
}

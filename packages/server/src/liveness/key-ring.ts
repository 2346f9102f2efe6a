// Acts on the ring of token keys: a new active key, and the withdrawal of one that must not be believed any more. All
// nodes hear of it through the feed. Source: threats CR-06.
import * as signingKeys from '../store/signing-keys.ts';
import { newKeySecret } from '../tokens/keys.ts';
import { change, type Actor } from './change.ts';
import { factKey } from './facts.ts';
import type { Installation } from './installation.ts';

export interface ListedKey {
  /** 1 … 65535, named in every token. */
  id: number;
  /** The active one seals; accepted ones still open; of a withdrawn one only the row is left. */
  status: 'active' | 'accepted' | 'withdrawn';
  /** Epoch seconds. */
  createdAt: number;
  changedAt: number;
}

/** A key cannot be withdrawn or added; the message says what to do instead. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

const LAST = 65_535;

export async function listKeys(installation: Installation): Promise<ListedKey[]> {
  return (await signingKeys.list(installation.db.read)) as ListedKey[];
}

/** Makes a new key the active one; the one before is accepted from now on. @returns the ids of both */
export async function rotateKeys(installation: Installation, by: Actor): Promise<{ active: number; accepted: number }> {
  const rotated = await change(installation, async ({ tx, touch, event }) => {
    const keys = await signingKeys.list(tx);
    const before = keys.find((key) => key.status === 'active');
    const id = Math.max(...keys.map((key) => key.id)) + 1;
    if (!before || id > LAST) throw new KeyRefused('This installation has used up all key numbers.');
    const now = installation.world.clock.now();
    await signingKeys.setStatus(tx, before.id, 'accepted', now);
    await signingKeys.insert(tx, installation.sealer, { id, status: 'active', secret: newKeySecret(installation.world.random), at: now });
    touch(factKey.keys());
    event({ name: 'crypto.rotated', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: String(id) });
    return { active: id, accepted: before.id };
  });
  await installation.reloadRing();
  return rotated;
}

/** Ends every token of one key at once, on all nodes. @throws KeyRefused for the active key and for one that is not there */
export async function withdrawKey(installation: Installation, id: number, by: Actor): Promise<void> {
  await change(installation, async ({ tx, touch, event }) => {
    const key = (await signingKeys.list(tx)).find((one) => one.id === id);
    if (!key) throw new KeyRefused(`There is no key ${id}.`);
    if (key.status === 'withdrawn') throw new KeyRefused(`Key ${id} has been withdrawn already.`);
    if (key.status === 'active') throw new KeyRefused(`Key ${id} is the active one: rotate first, so that there is another to seal with.`);
    await signingKeys.setStatus(tx, id, 'withdrawn', installation.world.clock.now());
    touch(factKey.keys());
    event({ name: 'crypto.withdrawn', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: String(id) });
  });
  await installation.reloadRing();
}

// These acts change the ring of token keys: a new active key, and the withdrawal of one that must not be believed any
// more. All nodes hear of it through the feed. Source: threats CR-06.
import { pause } from '@hallpass/protocol';
import * as signingKeys from '../../store/installation/signing-keys.ts';
import { newKeySecret } from '../../tokens/keys.ts';
import { alertOwners } from '../app-alerts.ts';
import { change, type Actor, type ChangeContext } from '../change.ts';
import { HEARD_EVERYWHERE } from '../../installation/freshness.ts';
import type { Installation } from '../../installation/installation.ts';

export interface ListedKey {
  /** 1 … 65535, named in every token. */
  id: number;
  /** The active one seals; accepted ones still open; what a fenced or withdrawn one sealed is dead. */
  status: 'active' | 'accepted' | 'fenced' | 'withdrawn';
  /** Epoch seconds. */
  createdAt: number;
  changedAt: number;
}

/** A key cannot be withdrawn or added; the message says what to do instead. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

const LAST = 65_535;

export async function listKeys(installation: Pick<Installation, 'db'>): Promise<ListedKey[]> {
  return (await signingKeys.list(installation.db.read)) as ListedKey[];
}

/**
 * Makes a new key the active one; the one before is accepted from now on. Where several nodes share a database, the key
 * is known to all of them before the first token names it: that takes some seconds. @returns the ids of both
 */
export async function rotateKeys(
  installation: ChangeContext & Pick<Installation, 'reloadRing'>,
  by: Actor,
): Promise<{ active: number; accepted: number }> {
  const id = await change(installation, async ({ tx, event }) => {
    await signingKeys.hold(tx);
    const made = Math.max(...(await signingKeys.list(tx)).map((key) => key.id)) + 1;
    if (made > LAST) throw new KeyRefused('This installation has used up all key numbers.');
    const at = installation.world.clock.now();
    await signingKeys.insert(tx, installation.sealer, {
      id: made,
      status: 'accepted',
      secret: newKeySecret(installation.world.random),
      at,
    });
    event({
      name: 'crypto.rotated',
      outcome: 'ok',
      reason: 'announced',
      actorKind: by.kind,
      actorId: by.id,
      targetId: String(made),
    });
    return made;
  });
  if (installation.db.kind === 'postgres') await pause(installation.world.wall, HEARD_EVERYWHERE);
  const rotated = await change(installation, async ({ tx, event }) => {
    await signingKeys.hold(tx);
    const keys = await signingKeys.list(tx);
    const before = keys.find((key) => key.status === 'active');
    if (!before || keys.find((key) => key.id === id)?.status !== 'accepted')
      throw new KeyRefused(`Key ${id} was ended before it was used: rotate again.`);
    const now = installation.world.clock.now();
    await signingKeys.setStatus(tx, before.id, 'accepted', now);
    await signingKeys.setStatus(tx, id, 'active', now);
    event({ name: 'crypto.rotated', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: String(id) });
    return { active: id, accepted: before.id };
  });
  await installation.reloadRing();
  return rotated;
}

/**
 * Ends every token of one key at once, on all nodes, and alerts those who run the apps of these tokens. @throws
 * KeyRefused for the active key and for one that is not there
 */
export async function withdrawKey(
  installation: ChangeContext & Pick<Installation, 'reloadRing'>,
  id: number,
  by: Actor,
): Promise<void> {
  await change(installation, async (making) => {
    const { tx, event } = making;
    await signingKeys.hold(tx);
    const key = (await signingKeys.list(tx)).find((one) => one.id === id);
    if (!key) throw new KeyRefused(`There is no key ${id}. \`hallpass keys list\` shows the keys and their numbers.`);
    if (key.status === 'withdrawn') throw new KeyRefused(`Key ${id} has been withdrawn already.`);
    if (key.status === 'active')
      throw new KeyRefused(
        `Key ${id} is the active one. Run \`hallpass keys rotate\` first, so that there is another one to seal tokens with.`,
      );
    await signingKeys.setStatus(tx, id, 'withdrawn', installation.world.clock.now());
    event({ name: 'crypto.withdrawn', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: String(id) });
    await alertOwners(installation, making, 'tokens_withdrawn');
  });
  await installation.reloadRing();
}

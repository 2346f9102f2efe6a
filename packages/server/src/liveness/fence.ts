// After a backup was restored: what was ended or used up since the backup would live again. A fence ends everything of
// before it in one small change, however much there is (threats ST-05): tokens and codes by the keys they were made
// under (190, subcode 467), sessions, links and dialogs because they are looked up by other hashes from now on.
import { randomHex } from '@hallpass/protocol';
import * as audit from '../store/audit/lines.ts';
import * as meta from '../store/installation/meta.ts';
import * as signingKeys from '../store/installation/signing-keys.ts';
import { newKeySecret } from '../tokens/keys.ts';
import { alertOwners } from './app-alerts.ts';
import { type Actor, change, type ChangeContext } from './change.ts';
import { FENCE, type FenceRow, readFence } from '../installation/fence-name.ts';
import type { Installation } from '../installation/installation.ts';

/** @returns the number of the key that seals from now on */
export async function fence(
  installation: ChangeContext & Pick<Installation, 'reloadRing'>,
  by: Actor,
): Promise<number> {
  const { clock, random, wall } = installation.world;
  const now = clock.now();
  const row: FenceRow = { name: randomHex(random, 16), at: wall.now(), clock: now };
  const active = await change(installation, async (making) => {
    const { tx, event } = making;
    await signingKeys.hold(tx);
    const keys = await signingKeys.list(tx);
    for (const { id, status } of keys)
      if (status === 'active' || status === 'accepted') await signingKeys.setStatus(tx, id, 'fenced', now);
    const id = Math.max(...keys.map((key) => key.id)) + 1;
    await signingKeys.insert(tx, installation.sealer, { id, status: 'active', secret: newKeySecret(random), at: now });
    await meta.put(tx, FENCE, JSON.stringify(row));
    event({ name: 'store.fenced', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: String(id) });
    await alertOwners(installation, making, 'tokens_fenced');
    return id;
  });
  await installation.reloadRing();
  return active;
}

/** Somebody outside of the database remembers this of it: the newest line of the audit trail, and when that was. */
export interface FenceMark {
  seq: number;
  /** Chain value of that line. */
  chain: string;
  /** Wall time, epoch seconds. */
  at: number;
}

export async function markOf({ db, world }: Pick<Installation, 'db' | 'world'>): Promise<FenceMark> {
  const at = world.wall.now();
  return { ...(await audit.newestLine(db.read)), at };
}

/**
 * True when the database still holds the line of the mark, or was fenced after it. If not, it is an older state than
 * the one that was marked.
 */
export async function standsAt({ db }: Pick<Installation, 'db'>, mark: FenceMark): Promise<boolean> {
  if (mark.seq === 0 || (await audit.holds(db.read, mark.seq, mark.chain))) return true;
  const last = readFence(await meta.get(db.read, FENCE));
  return last !== undefined && last.at >= mark.at;
}

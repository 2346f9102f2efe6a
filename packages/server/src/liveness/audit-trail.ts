// This module checks whether the audit trail of an installation is whole (threats ST-06), and seals it.
import type { Installation } from '../installation/installation.ts';
import { hasHead, sealLanes } from '../store/audit/seals.ts';
import { type AuditVerdict, verify } from '../store/audit/verify.ts';

/** Walks the whole trail: edits, gaps and cuts show. The head is worth keeping elsewhere. */
export function verifyAudit(installation: Pick<Installation, 'db' | 'keys'>): Promise<AuditVerdict> {
  return verify(installation.db.read, installation.keys.audit);
}

/** True when a head that was kept is still part of the trail: if not, the database is another, or an older one. */
export async function followsFrom(installation: Pick<Installation, 'db'>, head: string): Promise<boolean> {
  return head === '' || (await hasHead(installation.db.read, head));
}

/** Writes down where the lanes of all nodes end, so that one that is taken out later shows. */
export async function sealAudit({
  auditLanes,
  db,
  keys,
  world,
}: Pick<Installation, 'auditLanes' | 'db' | 'keys' | 'world'>): Promise<void> {
  await db.act(async (act) => {
    const before = auditLanes.unsealed;
    await sealLanes(db, act, { key: keys.audit, now: world.clock.now() });
    act.after(() => {
      auditLanes.unsealed -= before;
    });
  });
}

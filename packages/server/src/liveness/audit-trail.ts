// This module checks whether the audit trail of an installation is whole (threats ST-06).
import * as events from '../store/installation/events.ts';
import type { Installation } from '../installation/installation.ts';

/** Walks the whole trail: edits, gaps and a cut at the end show. The head is worth keeping elsewhere. */
export function verifyAudit(installation: Pick<Installation, 'db' | 'keys'>): Promise<events.AuditVerdict> {
  return events.verify(installation.db.read, installation.keys.audit);
}

/** True when a head that was kept is still part of the trail: if not, the database is another, or an older one. */
export async function followsFrom(installation: Pick<Installation, 'db'>, head: string): Promise<boolean> {
  return head === '' || (await events.has(installation.db.read, head));
}

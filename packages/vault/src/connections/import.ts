// Tokens that somebody has already are brought into the vault. A dry run says of each row what it is and what is wrong
// with it; without one the rows that are right are kept, each for itself, and the others are told.
import type { ImportedToken } from '../client/answers.ts';
import { kindOf } from '../kinds.ts';
import { usefulUntil } from '../policy.ts';
import type { VaultParts } from '../parts.ts';
import { connectionOfSubject, connectionOfToken, type ConnectionRow } from '../store/connections.ts';
import { slotProblem } from './admit.ts';
import { type ExaminedToken, withName } from './examine.ts';
import { type Draft, draftsOf, examineAllDrafts, type ImportOptions } from './import-drafts.ts';
import { problem } from './import-problems.ts';
import { dated, longLived } from './long-life.ts';
import { newConnectionId, prepareToken, saveToken, type SaveParts } from './save.ts';

export type { ImportOptions } from './import-drafts.ts';

type Parts = SaveParts & Pick<VaultParts, 'fetch'>;

/**
 * Brings tokens in: CSV, JSON, variables, or tokens one below the other. Rows are kept one by one, so a run that is
 * stopped can be made again.
 *
 * @throws VaultSealed, VaultRefusal `bad_value` where the text as a whole can't be read
 */
export async function importTokens(
  parts: Parts,
  tenant: string,
  text: string,
  options: ImportOptions = {},
): Promise<ImportedToken[]> {
  parts.keys.requireOpen(tenant);
  const drafts = draftsOf(text, options);
  await examineAllDrafts(parts, tenant, drafts, options);
  // A long list has its names in a column, and asking for thousands of them takes its time.
  const naming = drafts.length <= MOST_NAMED;
  return inOrder(drafts, AT_ONCE, (draft) => settle(parts, tenant, draft, { ...options, naming }));
}

const MOST_NAMED = 500;
const AT_ONCE = 8;

/** Does the work for each, a few at a time, and answers in their order. */
async function inOrder<T, R>(list: readonly T[], atOnce: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) {
      const one = list[at];
      if (one !== undefined) results[at] = await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function settle(
  parts: Parts,
  tenant: string,
  draft: Draft,
  options: ImportOptions & { naming: boolean },
): Promise<ImportedToken> {
  const { row, labels, app } = draft;
  const base = { where: row.where, name: labels.name ?? row.where, notes: [] };
  if (draft.examined === undefined || app === undefined || draft.problem)
    return { ...base, ...(draft.examined && facts(draft.examined)), outcome: 'refused', problem: draft.problem };
  const asks = options.naming || labels.name === undefined || draft.slot.role !== undefined;
  const examined = asks ? await withName(app, draft.examined) : draft.examined;
  const unfit = slotProblem(examined, draft.slot);
  if (unfit) return { ...base, ...facts(examined), outcome: 'refused', problem: unfit };
  const now = parts.world.clock.now();
  const fingerprint = parts.keys.hash('token', examined.token.open());
  const same = await connectionOfToken(parts.db.read, tenant, fingerprint);
  if (same) return { ...base, ...facts(examined), outcome: 'unchanged', id: same.id, notes: [] };
  const before = await holderOf(parts, tenant, examined);
  const outcome = before === undefined ? 'new' : 'replaces';
  const notes = notesOf(examined, draft, now);
  const result = { ...base, ...facts(examined), outcome, id: before?.id, notes } as const;
  if (options.dryRun) return result;
  const ready = await dated(app, await longLived(app, examined, now), now);
  const id = before?.id ?? newConnectionId(parts);
  const prepared = await prepareToken(parts, { tenant, id }, before, ready);
  const saved = await parts.db.act((act) => saveToken(parts, act, prepared, { labels, event: 'imported' }));
  if (!saved) return { ...result, outcome: 'refused', problem: problem('changed_meanwhile', { id }) };
  return { ...result, ...facts(ready), id };
}

const holderOf = async (
  { db }: Pick<Parts, 'db'>,
  tenant: string,
  { appId, subject }: ExaminedToken,
): Promise<ConnectionRow | undefined> =>
  subject.id === null
    ? undefined
    : connectionOfSubject(db.read, tenant, { app_id: appId, subject_type: subject.type, subject_id: subject.id });

function facts({ kind, appId, subject, role, told }: ExaminedToken): Partial<ImportedToken> {
  const { state, dates } = told.judgement;
  return { kind, appId, subject, role, state, until: usefulUntil(dates), issuedAt: dates.issuedAt };
}

const DAY = 86_400;

function notesOf({ kind, told }: ExaminedToken, { app, labels }: Draft, now: number): string[] {
  const { dates } = told.judgement;
  const { becomes, extension } = kindOf(kind);
  const notes: string[] = [];
  const age = dates.issuedAt === undefined ? 0 : Math.floor((now - dates.issuedAt) / DAY);
  const until = usefulUntil(dates);
  if (age >= 1 && until !== undefined)
    notes.push(`It was made ${age} days ago and ends in ${Math.max(0, Math.floor((until - now) / DAY))}.`);
  if (becomes !== undefined)
    notes.push(
      app?.remote
        ? `It is exchanged for a ${kindOf(becomes).label}.`
        : 'It expires soon: without the secret of its app it can’t be exchanged.',
    );
  else if (extension !== undefined && extension.app !== 'nothing' && app?.remote === undefined && until !== undefined)
    notes.push('It can’t be extended, because the secret of its app isn’t known.');
  const missing = (labels.wantedScopes ?? []).filter((scope) => told.data && !told.data.scopes.includes(scope));
  if (missing.length > 0) notes.push(`It carries no ${missing.join(', ')}: only a new consent adds them.`);
  return notes;
}

// Tokens that somebody has already are brought into the vault. A dry run says of each row what it is and what is wrong
// with it; without one the rows that are right are kept, each for itself, and the others are told.
import type { Kysely } from 'kysely';
import type { ImportedToken } from '../client/answers/tokens.ts';
import { kindOf } from '../kinds.ts';
import { usefulUntil } from '../policy.ts';
import type { VaultParts } from '../parts.ts';
import { isWorking } from '../states.ts';
import { putAdoption } from '../store/adoptions.ts';
import { connectionOfSubject, connectionOfToken, type ConnectionRow, updateConnection } from '../store/connections.ts';
import type { VaultSchema } from '../store/schema.ts';
import { slotProblem } from './admit.ts';
import { type ExaminedToken, withName } from './examine.ts';
import {
  appsFor,
  BLOCK,
  type Draft,
  draftsOf,
  examineBlock,
  type FirstRows,
  type ImportOptions,
  rowsOf,
  subjectKey,
} from './import-drafts.ts';
import { problem } from './import-problems.ts';
import { dated, longLived } from './long-life.ts';
import type { OpenApp } from '../remote/open-app.ts';
import { stateAt } from './view.ts';
import { newConnectionId, prepareToken, saveToken, type SaveParts } from './save.ts';

export type { ImportOptions } from './import-drafts.ts';

type Parts = SaveParts & Pick<VaultParts, 'fetch'>;

/**
 * Brings tokens in: CSV, JSON, variables, or tokens one below the other. Rows are kept one by one, so a run that is
 * stopped can be made again. A block of them is looked at and kept before the next one is, so that of a long list little
 * is in memory beside what is told of each row.
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
  const rows = rowsOf(text);
  const first: FirstRows = { tokens: new Map(), subjects: new Map() };
  const run: ImportRun = {
    ...options,
    apps: await appsFor(parts, tenant),
    first,
    // A long list has its names in a column, and asking for thousands of them takes its time.
    naming: rows.length <= MOST_NAMED,
    apart: [],
  };
  const told: ImportedToken[] = [];
  while (rows.length > 0) {
    told.push(...(await importBlock(parts, tenant, draftsOf(rows.splice(0, BLOCK), options), run)));
    options.progress?.(told.length);
  }
  await joinPages(parts, tenant, run);
  return told;
}

/** The blocks of one import have this in common. */
interface ImportRun extends ImportOptions {
  apps: readonly OpenApp[];
  first: FirstRows;
  naming: boolean;
  /** Pages that were kept while the person of their token was not. */
  apart: PageApart[];
}

interface PageApart {
  id: string;
  appId: string;
  personId: string;
}

async function importBlock(parts: Parts, tenant: string, drafts: Draft[], run: ImportRun): Promise<ImportedToken[]> {
  await examineBlock(parts, tenant, drafts, run);
  const results = new Map<Draft, ImportedToken>();
  // People come before Pages, so that a Page hangs on its person where both are brought.
  for (const some of [drafts.filter((draft) => !isOfPage(draft)), drafts.filter(isOfPage)])
    await fewAtOnce(some, AT_ONCE, async (draft) => {
      const result = await settle(parts, tenant, draft, run);
      results.set(draft, result);
      if (draft.as) draft.as.result = { outcome: result.outcome, id: result.id };
    });
  for (const draft of drafts) {
    const before = draft.first?.result;
    if (draft.source === undefined || before === undefined || before.outcome === 'refused') continue;
    results.set(draft, await covered(parts, tenant, draft, before, run));
  }
  return drafts.flatMap((draft) => results.get(draft) ?? []);
}

/** Hangs Pages on the people that a later block has brought. */
async function joinPages(parts: Parts, tenant: string, { apart, first }: ImportRun): Promise<void> {
  const brought = apart.filter(({ appId, personId }) =>
    first.subjects.has(subjectKey({ appId, subject: { id: personId, type: 'user', name: null } }) ?? ''),
  );
  for (const { id, appId, personId } of brought) {
    const person = await connectionOfPerson(parts, tenant, appId, personId);
    if (person === undefined) continue;
    await parts.db.act(async ({ tx, after }) => {
      await updateConnection(tx, { tenant, id }, undefined, { parent_id: person.id });
      after(() => parts.forget({ tenant, id }));
    });
  }
}

const isOfPage = ({ examined }: Draft): boolean => examined?.subject.type === 'page';

const MOST_NAMED = 500;
const AT_ONCE = 8;

/** Does the work for each, a few at a time. */
async function fewAtOnce<T>(list: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) {
      const one = list[at];
      if (one !== undefined) await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function settle(parts: Parts, tenant: string, draft: Draft, options: ImportRun): Promise<ImportedToken> {
  const { row, labels, app } = draft;
  const base = { where: row.where, name: labels.name ?? row.where, notes: draft.notes };
  if (draft.takenBy !== undefined) return { ...base, outcome: 'unchanged', id: draft.takenBy };
  if (draft.examined === undefined || app === undefined || draft.problem)
    return { ...base, ...(draft.examined && facts(draft.examined)), outcome: 'refused', problem: draft.problem };
  const asks = options.naming || labels.name === undefined || draft.slot.role !== undefined;
  const examined = asks ? await withName(app, draft.examined) : draft.examined;
  const unfit = slotProblem(examined, draft.slot);
  if (unfit) return { ...base, ...facts(examined), outcome: 'refused', problem: unfit };
  const now = parts.world.clock.now();
  const fingerprint = parts.keys.hash('token', examined.token.open());
  const same = await connectionOfToken(parts.db.read, tenant, fingerprint);
  const before = same ?? (await holderOf(parts, tenant, examined));
  const works = before !== undefined && before.token !== null && isWorking(stateAt(before, now));
  if (before && (same || (options.keepWorking && works))) {
    if (!options.dryRun) await parts.db.act(({ tx }) => noteAdoption(parts, tx, tenant, draft, before.id));
    const notes = same
      ? draft.notes
      : [...draft.notes, `It already has a working token for the same ${examined.subject.type}, which was kept.`];
    return { ...base, ...facts(examined), outcome: 'unchanged', id: before.id, notes };
  }
  const outcome = before === undefined ? 'new' : 'replaces';
  const notes = notesOf(examined, draft, now);
  const result = { ...base, ...facts(examined), outcome, id: before?.id, notes } as const;
  if (options.dryRun) return result;
  const ready = await dated(app, await longLived(app, examined, now), now);
  const id = before?.id ?? newConnectionId(parts);
  const prepared = await prepareToken(parts, { tenant, id }, before, ready);
  // A name that somebody gave a connection here is not replaced by that of an older system.
  const said = before !== undefined && options.keepWorking ? {} : labels;
  const personId = personOf(examined);
  const parent = personId === undefined ? undefined : await connectionOfPerson(parts, tenant, examined.appId, personId);
  const saved = await parts.db.act(async (act) => {
    const done = await saveToken(parts, act, prepared, {
      labels: said,
      event: 'imported',
      ...(parent !== undefined && { parentId: parent.id }),
      ...(draft.source !== undefined && { facts: { from: draft.source.split('/', 1)[0] ?? '' } }),
    });
    if (done) await noteAdoption(parts, act.tx, tenant, draft, id);
    return done;
  });
  if (!saved) return { ...result, outcome: 'refused', problem: problem('changed_meanwhile', { id }) };
  if (parent === undefined && personId !== undefined) options.apart.push({ id, appId: examined.appId, personId });
  return { ...result, ...facts(ready), id };
}

/** A row of another product counts as taken over where an earlier one brings the same token, or one of the same subject. */
async function covered(
  parts: Parts,
  tenant: string,
  draft: Draft,
  { id }: Pick<ImportedToken, 'id'>,
  { dryRun }: ImportOptions,
): Promise<ImportedToken> {
  const { row, labels, problem: said, first } = draft;
  const examined = draft.examined ?? first?.examined;
  const known = examined === undefined ? {} : facts(examined);
  const base = { where: row.where, name: labels.name ?? row.where, ...known };
  // The same token may stand in a column where it belongs and in one where it doesn't.
  const unfit = examined && slotProblem(examined, draft.slot);
  if (unfit) return { ...base, outcome: 'refused', problem: unfit, notes: [] };
  if (id !== undefined && !dryRun) await parts.db.act(({ tx }) => noteAdoption(parts, tx, tenant, draft, id));
  return { ...base, outcome: 'unchanged', id, notes: said === undefined ? [] : [said.words] };
}

/** Notes the row of another product that a token was taken over from, so that a second run need not take it again. */
async function noteAdoption(
  { keys, world }: Pick<Parts, 'keys' | 'world'>,
  tx: Kysely<VaultSchema>,
  tenant: string,
  { source, token }: Draft,
  connectionId: string,
): Promise<void> {
  if (source === undefined) return;
  const fingerprint = keys.hash('token', token.open());
  await putAdoption(tx, { tenant, source, fingerprint, connection_id: connectionId, taken_at: world.clock.now() });
}

const holderOf = async (
  { db }: Pick<Parts, 'db'>,
  tenant: string,
  { appId, subject }: ExaminedToken,
): Promise<ConnectionRow | undefined> =>
  subject.id === null
    ? undefined
    : connectionOfSubject(db.read, tenant, { app_id: appId, subject_type: subject.type, subject_id: subject.id });

/** The person with whose token that of a Page was read. */
const personOf = ({ subject, told }: ExaminedToken): string | undefined =>
  subject.type === 'page' ? told.data?.user_id : undefined;

const connectionOfPerson = (
  { db }: Pick<Parts, 'db'>,
  tenant: string,
  appId: string,
  personId: string,
): Promise<ConnectionRow | undefined> =>
  connectionOfSubject(db.read, tenant, { app_id: appId, subject_type: 'user', subject_id: personId });

function facts({ kind, appId, subject, role, told }: ExaminedToken): Partial<ImportedToken> {
  const { state, dates } = told.judgement;
  return { kind, appId, subject, role, state, until: usefulUntil(dates), issuedAt: dates.issuedAt };
}

const DAY = 86_400;
const inDays = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;

function notesOf({ kind, told }: ExaminedToken, { app, labels, notes: said }: Draft, now: number): string[] {
  const { dates } = told.judgement;
  const { becomes, extension } = kindOf(kind);
  const notes = [...said];
  const age = dates.issuedAt === undefined ? 0 : Math.floor((now - dates.issuedAt) / DAY);
  const until = usefulUntil(dates);
  if (age >= 1 && until !== undefined)
    notes.push(`It was made ${inDays(age)} ago and ends in ${inDays(Math.max(0, Math.floor((until - now) / DAY)))}.`);
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

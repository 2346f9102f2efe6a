// Tokens that somebody has already are brought into the vault. A dry run says of each row what it is and what is wrong
// with it; without one the rows that are right are kept, each for itself, and the others are told.
import { Secret } from '@hallpass/protocol';
import { kindOf, services, tokenKinds, type TokenKindName } from '../kinds.ts';
import { usefulUntil } from '../policy.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { openApp, type OpenApp } from '../remote/open-app.ts';
import type { HolderState } from '../states.ts';
import { appsOf } from '../store/apps.ts';
import { connectionOfSubject, connectionOfToken, type ConnectionRow } from '../store/connections.ts';
import { BadWatchList, readTokenRows, type TokenRow } from '../watch/token-rows.ts';
import { answerProblem, kindFromText, lookProblem, type Slot, slotProblem } from './admit.ts';
import { type Examination, examineAll, type ExaminedToken, withName } from './examine.ts';
import { type ImportProblem, problem } from './import-problems.ts';
import { dated, longLived } from './long-life.ts';
import { type ConnectionLabels, newConnectionId, prepareToken, saveToken, type SaveParts } from './save.ts';

export interface ImportOptions {
  /** The app of rows that name none; where the tenant has only one, that. */
  appId?: string | undefined;
  /** The kind that rows are brought as that name none. */
  kind?: TokenKindName | undefined;
  /** Says what would be kept, and keeps nothing. */
  dryRun?: boolean | undefined;
  /** Keeps dead tokens too, so that their people can be asked to connect again. */
  keepDead?: boolean | undefined;
  /** Called with the number of rows that were looked at so far. */
  progress?: (done: number) => void;
}

export interface ImportedRow {
  /** The place in the text: `line 3`. */
  where: string;
  name: string;
  /** `new` and `replaces` are kept, in a dry run they would be; `unchanged` is kept already. */
  outcome: 'new' | 'replaces' | 'unchanged' | 'refused';
  /** The connection that holds it; undefined for a new one in a dry run, and for what is refused. */
  id?: string | undefined;
  kind?: TokenKindName | undefined;
  state?: HolderState | undefined;
  /** The time from which it is of no use, epoch seconds; undefined for never, and where it isn't known. */
  until?: number | undefined;
  /** When it was made, epoch seconds, where the server says so: it may be weeks ago. */
  issuedAt?: number | undefined;
  appId?: string | undefined;
  subject?: { type: string; id: string | null; name: string | null } | undefined;
  /** ADMIN or EMPLOYEE, of a system user. */
  role?: string | undefined;
  problem?: ImportProblem | undefined;
  /** It is kept, and this should be known of it. */
  notes: string[];
}

/** A row on its way. */
interface Draft {
  row: TokenRow;
  token: Secret;
  slot: Slot;
  labels: ConnectionLabels;
  problem?: ImportProblem | undefined;
  app?: OpenApp | undefined;
  examined?: ExaminedToken | undefined;
}

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
): Promise<ImportedRow[]> {
  parts.keys.requireOpen();
  const drafts = draftsOf(rowsOf(text), options);
  findDoubles(drafts, ({ token }) => token.open(), 'doubled');
  const apps = await appsFor(parts, tenant);
  const waiting = drafts.filter((draft) => draft.problem === undefined);
  const groups = Map.groupBy(waiting, ({ slot }) => slot.appId ?? options.appId);
  let done = drafts.length - waiting.length;
  for (const [appId, group] of groups)
    for (let from = 0; from < group.length; from += GROUP) {
      const some = group.slice(from, from + GROUP);
      await examineDrafts(apps, appId, some, parts.world.clock.now());
      done += some.length;
      options.progress?.(done);
    }
  findDoubles(drafts, ({ examined }) => subjectKey(examined), 'same_subject');
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

const GROUP = 500;

function rowsOf(text: string): TokenRow[] {
  try {
    return readTokenRows(text);
  } catch (error) {
    if (error instanceof BadWatchList) throw new VaultRefusal('bad_value', { what: error.message });
    throw error;
  }
}

function draftsOf(rows: readonly TokenRow[], options: ImportOptions): Draft[] {
  return rows.map((row) => {
    const { name, token = '', kind = '', app, owner, email, language, scopes, role } = row.fields;
    const secret = new Secret(token.trim());
    const read = kindFromText(kind);
    const slot: Slot = {
      kind: read === 'unknown' ? undefined : (read ?? options.kind),
      appId: app === '' ? undefined : app,
      role: role === '' ? undefined : role,
      keepDead: options.keepDead,
    };
    const labels: ConnectionLabels = {
      name: short(name),
      ownerName: short(owner),
      ownerEmail: short(email),
      language: short(language),
      wantedScopes: scopes === undefined || scopes === '' ? undefined : scopes.split(/[\s,;]+/).filter(Boolean),
    };
    return { row, token: secret, slot, labels, problem: rowProblem(row, secret, read === 'unknown') };
  });
}

/** Control characters have no place in a name, and no name is endless. */
const short = (text: string | undefined): string | undefined => {
  const plain = text
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return plain === '' || plain === undefined ? undefined : plain.toWellFormed();
};

function rowProblem(row: TokenRow, token: Secret, kindUnknown: boolean): ImportProblem | undefined {
  if (row.problem !== undefined) return problem('unreadable_row', { what: row.problem });
  if (kindUnknown) return problem('unknown_kind', { kinds: Object.keys(tokenKinds).join(', ') });
  const found = lookProblem(token);
  return found?.key === 'no_token' && row.isPage ? problem('page_without_token') : found;
}

/** The first of some rows counts; the others name it. */
function findDoubles(
  drafts: readonly Draft[],
  keyOf: (draft: Draft) => string | undefined,
  key: 'doubled' | 'same_subject',
): void {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const text = draft.problem === undefined ? keyOf(draft) : undefined;
    if (text === undefined) continue;
    const known = first.get(text);
    if (known === undefined) first.set(text, draft);
    else draft.problem = problem(key, { where: known.row.where, subject: draft.examined?.subject.type ?? '' });
  }
}

const subjectKey = (one: ExaminedToken | undefined): string | undefined =>
  one === undefined || one.subject.id === null ? undefined : `${one.appId} ${one.subject.type} ${one.subject.id}`;

async function appsFor(parts: Parts, tenant: string): Promise<OpenApp[]> {
  const apps: OpenApp[] = [];
  for (const { app_id } of await appsOf(parts.db.read, tenant)) {
    const app = await openApp(parts, tenant, app_id);
    if (app) apps.push(app);
  }
  return apps;
}

/** Asks the app that is named; where none is, each app that there is, until one knows the token. */
async function examineDrafts(
  apps: readonly OpenApp[],
  appId: string | undefined,
  drafts: readonly Draft[],
  now: number,
): Promise<void> {
  const named = apps.filter(({ row }) => row.app_id === appId);
  const asked = appId === undefined ? apps : named;
  let left = drafts;
  for (const app of asked) {
    const { service } = app.row;
    const fitting = left.filter(({ slot }) => slot.kind === undefined || kindOf(slot.kind).service === service);
    // A service that answers no debug_token is asked about what people keep: its long-lived tokens.
    const usual = services[service].inspects ? undefined : kindOf(services[service].short).becomes;
    const brought = fitting.map(({ token, slot }) => ({ token, kind: slot.kind ?? usual }));
    const found = await examineAll(app, brought, now);
    for (const [which, draft] of fitting.entries()) take(draft, app, found[which], appId);
    left = left.filter(({ examined, problem: said }) => examined === undefined && said?.key !== 'server_away');
  }
  for (const draft of left)
    draft.problem ??= appId === undefined ? problem('no_app') : problem('unknown_app', { app: appId });
}

function take(draft: Draft, app: OpenApp, found: Examination | undefined, appId: string | undefined): void {
  if (found === undefined) return;
  const refused =
    found.token && found.token.appId !== app.row.app_id && appId === undefined
      ? problem('of_unknown_app')
      : answerProblem(found);
  if (refused?.key === 'of_unknown_app' && appId !== undefined)
    draft.problem = problem('another_app', { app: 'somebody else', named: appId });
  // A token that one server knows nothing of may be of the next one: the first that knows it counts.
  else if (refused) draft.problem ??= refused;
  else if (found.token) {
    draft.problem = slotProblem(found.token, { ...draft.slot, appId: app.row.app_id });
    draft.examined = found.token;
    draft.app = app;
  }
}

async function settle(
  parts: Parts,
  tenant: string,
  draft: Draft,
  options: ImportOptions & { naming: boolean },
): Promise<ImportedRow> {
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

function facts({ kind, appId, subject, role, told }: ExaminedToken): Partial<ImportedRow> {
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
        : 'It ends soon: without the secret of its app it can’t be exchanged.',
    );
  else if (extension !== undefined && extension.app !== 'nothing' && app?.remote === undefined && until !== undefined)
    notes.push('It can’t be extended: the secret of its app is not known.');
  const missing = (labels.wantedScopes ?? []).filter((scope) => told.data && !told.data.scopes.includes(scope));
  if (missing.length > 0) notes.push(`It carries no ${missing.join(', ')}: only a new consent adds them.`);
  return notes;
}

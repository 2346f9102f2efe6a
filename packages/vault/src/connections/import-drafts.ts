// Rows of an import on their way: read from a text, looked at, and asked about at the servers of the apps that are known.
import { primaryLanguage } from '@hallpass/pages/languages';
import { Secret } from '@hallpass/protocol';
import { kindOf, services, tokenKinds, type TokenKindName } from '../kinds.ts';
import { isMailAddress } from '../mail-address.ts';
import type { ImportedToken } from '../client/answers/tokens.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { openApp, type OpenApp } from '../remote/open-app.ts';
import { adoptionsFrom } from '../store/adoptions.ts';
import { appsOf } from '../store/apps/apps.ts';
import { BadWatchList, readTokenRows, type TokenRow } from '../watch/token-rows.ts';
import { answerProblem, kindFromText, lookProblem, type Slot, slotProblem } from './admit.ts';
import { type Examination, examineAll, type ExaminedToken } from './examine.ts';
import { type ImportProblem, problem } from './import-problems.ts';
import type { ConnectionLabels } from './save.ts';

export interface ImportOptions {
  /** The app of rows that name none; where the tenant has only one, that. */
  appId?: string | undefined;
  /** The kind that rows are brought as that name none. */
  kind?: TokenKindName | undefined;
  /** Says what would be kept, and keeps nothing. */
  dryRun?: boolean | undefined;
  /** Keeps dead tokens too, so that their people can be asked to connect again. */
  keepDead?: boolean | undefined;
  /** Leaves connections as they are whose tokens work, whatever else is brought for their subjects. */
  keepWorking?: boolean | undefined;
  /** Called with the number of rows that are done so far: looked at, and kept where they are to be. */
  progress?: (done: number) => void;
}

/** A row on its way. */
export interface Draft {
  row: TokenRow;
  token: Secret;
  slot: Slot;
  labels: ConnectionLabels;
  /** The row of another product that it is taken over from. */
  source?: string | undefined;
  /** The connection that holds it since an earlier run. */
  takenBy?: string | undefined;
  /** The part of it that later rows may have to know. */
  as?: FirstRow | undefined;
  /** An earlier row with the same token, or a token of the same subject. */
  first?: FirstRow | undefined;
  /** Sentences about what of the row was left out. */
  notes: string[];
  problem?: ImportProblem | undefined;
  app?: OpenApp | undefined;
  examined?: ExaminedToken | undefined;
}

/** A row that came first with its token and its subject: as much of it as later rows are compared with. */
interface FirstRow {
  where: string;
  /** It stands here for a row of another product, without the answer of the server. */
  examined?: ExaminedToken;
  /** Undefined until it is settled. */
  result?: Pick<ImportedToken, 'outcome' | 'id'>;
}

/** The rows of the whole list that came first, by the hash of their token and by their subject. */
export interface FirstRows {
  tokens: Map<string, FirstRow>;
  subjects: Map<string, FirstRow>;
}

/** Rows that are worked on together, and asked about in one go. */
export const BLOCK = 500;

/** @throws VaultRefusal `bad_value` where the text as a whole can't be read */
export function rowsOf(text: string): TokenRow[] {
  try {
    return readTokenRows(text);
  } catch (error) {
    if (error instanceof BadWatchList) throw new VaultRefusal('bad_value', { what: error.message });
    throw error;
  }
}

/** Makes rows on their way of rows that were read. Whatever speaks against one by its look alone is said already. */
export function draftsOf(rows: readonly TokenRow[], options: ImportOptions): Draft[] {
  return rows.map((row): Draft => {
    const { name, token = '', kind = '', app, owner, email, language, scopes, role, subject } = row.fields;
    const secret = new Secret(token.trim());
    const read = kindFromText(kind);
    const slot: Slot = {
      kind: read === 'unknown' ? undefined : (read ?? options.kind),
      appId: app === '' ? undefined : app,
      role: role === '' ? undefined : role,
      subjectId: subject === '' ? undefined : subject,
      keepDead: options.keepDead,
    };
    const [address, tag] = [short(email), short(language)];
    const isMail = address === undefined || isMailAddress(address);
    const isTag = tag === undefined || primaryLanguage(tag) !== undefined;
    const labels: ConnectionLabels = {
      name: short(name),
      ownerName: short(owner),
      ownerEmail: isMail ? address : undefined,
      language: isTag ? tag : undefined,
      wantedScopes: scopes === undefined || scopes === '' ? undefined : scopesIn(scopes),
    };
    const source = row.fields.adoptedFrom === '' ? undefined : row.fields.adoptedFrom;
    return {
      row: source === undefined ? row : { ...row, where: source },
      token: secret,
      slot,
      labels,
      notes: [
        ...(isMail ? [] : ['The e-mail address of its owner isn’t one, and was left out.']),
        ...(isTag ? [] : ['Its language isn’t the tag of one, such as de or pt-BR, and was left out.']),
      ],
      source,
      problem: rowProblem(row, secret, read === 'unknown'),
    };
  });
}

/** No permission is longer than these, and nobody needs more of them. */
const scopesIn = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .filter((scope) => /^[A-Za-z0-9_.:-]{1,80}$/.test(scope))
    .slice(0, 200);

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
  first: Map<string, FirstRow>,
  keyOf: (draft: Draft) => string | undefined,
  key: 'doubled' | 'same_subject',
): void {
  for (const draft of drafts) {
    const text = draft.problem === undefined ? keyOf(draft) : undefined;
    if (text === undefined) continue;
    const known = first.get(text);
    if (known === undefined) first.set(text, (draft.as ??= { where: draft.row.where }));
    else {
      draft.first = known;
      draft.problem = problem(key, { where: known.where, subject: draft.examined?.subject.type ?? '' });
    }
  }
}

/** Names a subject among those of a list. */
export const subjectKey = ({ appId, subject }: Pick<ExaminedToken, 'appId' | 'subject'>): string | undefined =>
  subject.id === null ? undefined : `${appId} ${subject.type} ${subject.id}`;

/**
 * Asks the servers about every row of a block that may be right, and says of each what it is or what is wrong with it.
 *
 * @param first the rows of earlier blocks that came first; those of this one are added
 */
export async function examineBlock(
  parts: Pick<VaultParts, 'db' | 'keys' | 'world'>,
  tenant: string,
  drafts: readonly Draft[],
  { appId: usual, apps, first }: Pick<ImportOptions, 'appId'> & { apps: readonly OpenApp[]; first: FirstRows },
): Promise<void> {
  await findTaken(parts, tenant, drafts);
  const untaken = drafts.filter(({ takenBy }) => takenBy === undefined);
  findDoubles(untaken, first.tokens, ({ token }) => parts.keys.hash('token', token.open()), 'doubled');
  const waiting = untaken.filter((draft) => draft.problem === undefined);
  const groups = Map.groupBy(waiting, ({ slot }) => slot.appId ?? usual);
  for (const [appId, group] of groups) await examineDrafts(apps, appId, group, parts.world.clock.now());
  findDoubles(drafts, first.subjects, ({ examined }) => examined && subjectKey(examined), 'same_subject');
  for (const { as, source, examined } of drafts)
    if (as && source !== undefined && examined)
      as.examined = { ...examined, told: { judgement: examined.told.judgement } };
}

/** Finds the rows that an earlier run took over with the very token that they still hold: nobody need be asked again. */
async function findTaken(
  { db, keys }: Pick<VaultParts, 'db' | 'keys'>,
  tenant: string,
  drafts: readonly Draft[],
): Promise<void> {
  const listed = drafts.filter(({ source, problem: said }) => source !== undefined && said === undefined);
  if (listed.length === 0) return;
  const sources = listed.flatMap(({ source }) => source ?? []);
  const taken = new Map((await adoptionsFrom(db.read, tenant, sources)).map((row) => [row.source, row]));
  for (const draft of listed) {
    const row = taken.get(draft.source ?? '');
    if (row !== undefined && row.fingerprint === keys.hash('token', draft.token.open()))
      draft.takenBy = row.connection_id;
  }
}

/** Every app of the tenant, ready to be asked. */
export async function appsFor(parts: Pick<VaultParts, 'db' | 'keys' | 'fetch'>, tenant: string): Promise<OpenApp[]> {
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
    draft.problem = problem('another_app', { app: 'someone else', named: appId });
  // A token that one server knows nothing of may be of the next one: the first that knows it counts.
  else if (refused) draft.problem ??= refused;
  else if (found.token) {
    draft.problem = slotProblem(found.token, { ...draft.slot, appId: app.row.app_id });
    draft.examined = found.token;
    draft.app = app;
  }
}

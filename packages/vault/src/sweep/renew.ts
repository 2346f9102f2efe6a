// A new token in place of an old one: extended while the old one is alive, or read anew for a Page with the token of its
// parent. A new token is believed only after debug_token has said whose it is, and that it lives no shorter (VT-06).
import { type DebugTokenData, Secret } from '@hallpass/protocol';
import { judge, type Judgement } from '../judge.ts';
import { kindOf } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { isExtensionDue } from '../policy.ts';
import { readPage, worksAtAll } from '../remote/accounts.ts';
import type { RemoteAnswer } from '../remote/ask.ts';
import { extend, type NewToken } from '../remote/extend.ts';
import { inspect } from '../remote/inspect.ts';
import { subjectOf } from '../remote/subject.ts';
import { isWorking } from '../states.ts';
import { connectionById } from '../store/connections.ts';
import type { SweptRow } from '../store/due-connections.ts';
import type { SweptApp } from './apps.ts';
import type { Told } from '../events/decide.ts';
import { isInspected, type Look, tokenOf } from './look-at-group.ts';

export type Renewal =
  | { as: 'renewed'; event: 'extended' | 'derived'; token: Secret; told: Told }
  /** The answer is in, and there is no new token. The old one stays. */
  | { as: 'refused'; reason: string; mismatch?: { appId: string; subjectId: string } }
  /** Nothing was learnt: it is tried again soon. */
  | { as: 'unanswered'; reason: string };

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

const datesOfRow = (row: SweptRow) => ({
  issuedAt: row.issued_at ?? undefined,
  expiresAt: row.expires_at ?? 0,
  dataAccessUntil: row.data_access_until ?? 0,
});

const isPage = ({ subject_type }: SweptRow): boolean => subject_type === 'page';

/** Tells which way to a new token is open now; undefined for none. */
export function renewalDue({ row, told }: Look, app: SweptApp, now: number): 'extend' | 'derive' | undefined {
  if (told === undefined) return undefined;
  const { judgement } = told;
  if (!isWorking(judgement.state)) return isPage(row) && row.parent_id !== null && app.remote ? 'derive' : undefined;
  if (row.kind === null) return undefined;
  const dates = told.data ? judgement.dates : datesOfRow(row);
  const needsApp = kindOf(row.kind).extension?.app !== 'nothing';
  const due = isExtensionDue(row.kind, dates, now, row.extend_tried_at ?? undefined);
  return due && (app.remote || !needsApp) ? 'extend' : undefined;
}

/** Asks for the new token and looks at it. Never rejects for what a server answers. */
export async function renew(parts: Parts, app: SweptApp, look: Look, way: 'extend' | 'derive'): Promise<Renewal> {
  return way === 'extend' ? extended(parts, app, look) : derived(parts, app, look);
}

async function extended({ world }: Parts, app: SweptApp, { row, token }: Look): Promise<Renewal> {
  if (token === undefined || row.kind === null) return { as: 'refused', reason: 'There is nothing to extend.' };
  const { client, remote = { client, id: row.app_id, secret: new Secret('') } } = app;
  const answer = await extend(row.kind, token, remote);
  heard(app, answer);
  if (answer.fault) return failed(answer);
  const { token: next, expiresIn } = answer.value;
  const now = world.clock.now();
  if (isInspected(row)) {
    const asked = await inspectNew(app, next);
    if (asked.fault) return { as: 'unanswered', reason: asked.fault.reason };
    return checked('extended', row, next, { judgement: judge(asked.value, now), data: asked.value });
  }
  // No debug_token knows it: both tokens are asked whom they speak for.
  const [before, after] = [await worksAtAll(app.client, token), await worksAtAll(app.client, next)];
  heard(app, before);
  heard(app, after);
  const fault = before.fault ?? after.fault;
  if (fault) return { as: 'unanswered', reason: fault.reason };
  if (before.value !== after.value) return ofAnother(row.app_id, after.value ?? '');
  return checked('extended', row, next, byLife(row, now, expiresIn));
}

async function derived({ db, keys, world }: Parts, app: SweptApp, { row }: Look): Promise<Renewal> {
  const parent =
    row.parent_id === null ? undefined : await connectionById(db.read, { tenant: row.tenant, id: row.parent_id });
  const parents = parent && isWorking(parent.state) ? await tokenOf(keys, parent) : undefined;
  if (parents === undefined || app.remote === undefined || row.subject_id === null)
    return { as: 'refused', reason: 'There is no token to get it with.' };
  const answer = await readPage(app.remote, parents, row.subject_id);
  heard(app, answer);
  if (answer.fault) return failed(answer);
  const { token } = answer.value;
  if (token === undefined) return { as: 'refused', reason: 'The server returns the Page without a token.' };
  const asked = await inspectNew(app, token);
  if (asked.fault) return { as: 'unanswered', reason: asked.fault.reason };
  const judgement = judge(asked.value, world.clock.now());
  return checked('derived', row, token, { judgement, data: asked.value });
}

async function inspectNew(app: SweptApp, token: Secret): Promise<RemoteAnswer<DebugTokenData>> {
  const by = app.remote ? new Secret(`${app.remote.id}|${app.remote.secret.open()}`) : token;
  const answer = await inspect(app.client, token, by);
  heard(app, answer);
  return answer;
}

/** The dates of a token of which only its life is known. */
function byLife(row: SweptRow, now: number, expiresIn: number | undefined): Told {
  const life = expiresIn ?? (row.kind === null ? undefined : kindOf(row.kind).life) ?? 0;
  const expires_at = life === 0 ? 0 : now + life;
  return { judgement: judge({ is_valid: true, scopes: [], issued_at: now, expires_at }, now) };
}

const ofAnother = (appId: string, subjectId: string): Renewal => ({
  as: 'refused',
  reason: 'The new token belongs to someone else.',
  mismatch: { appId, subjectId },
});

/** Believes a new token of the app and subject of the old one that is alive and lives no shorter. */
function checked(event: 'extended' | 'derived', row: SweptRow, token: Secret, told: Told): Renewal {
  const { judgement, data } = told;
  if (data) {
    const subject = subjectOf(data) ?? '';
    const sameSubject = row.subject_id === null || subject === '' || subject === row.subject_id;
    if ((data.app_id ?? row.app_id) !== row.app_id || !sameSubject) return ofAnother(data.app_id ?? '', subject);
  }
  if (!isWorking(judgement.state)) return { as: 'refused', reason: `The new token doesn't work. ${judgement.reason}` };
  if (event === 'extended' && livesShorter(row, judgement))
    return { as: 'refused', reason: 'The new token expires sooner than the current one.' };
  return { as: 'renewed', event, token, told };
}

const livesShorter = (row: SweptRow, { dates }: Judgement): boolean => {
  const end = (moment: number | null | undefined): number => moment || Infinity;
  return end(dates.expiresAt) < end(row.expires_at);
};

function heard(app: SweptApp, { usage, fault }: RemoteAnswer<unknown>): void {
  app.pacer.spend(1);
  app.pacer.heard(usage, fault?.kind === 'throttled');
}

const failed = ({ fault }: Extract<RemoteAnswer<NewToken>, { fault: object }> | RemoteAnswer<unknown>): Renewal =>
  fault?.kind === 'refused'
    ? { as: 'refused', reason: fault.reason }
    : { as: 'unanswered', reason: fault?.reason ?? '' };

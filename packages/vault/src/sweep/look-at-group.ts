// Connections of one app are looked at: in batches where the app may ask, otherwise each token about itself.
import { holderAdvice, Secret } from '@hallpass/protocol';
import { judge, type Judgement } from '../judge.ts';
import { kindOf } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import type { RemoteAnswer, RemoteFault } from '../remote/ask.ts';
import { worksAtAll } from '../remote/accounts.ts';
import { BATCH, inspect, inspectBatch } from '../remote/inspect.ts';
import type { SweptRow } from '../store/due-connections.ts';
import { tokenPlace } from '../store/keys/places.ts';
import type { SweptApp } from './apps.ts';
import type { Told } from '../events/decide.ts';

export interface Look {
  row: SweptRow;
  /** Undefined where it could not be opened, or there is none. */
  token: Secret | undefined;
  told?: Told;
  /** The reason why nothing was learnt, where nothing was. */
  unknown?: { reason: string; throttled: boolean };
}

export interface GroupLook {
  looks: Look[];
  calls: number;
  /** Answers in a row that were none. */
  silent: number;
  /** The app itself was refused: nothing was learnt of its tokens. */
  refusal?: Extract<RemoteFault, { kind: 'refused' }>;
}

type Parts = Pick<VaultParts, 'keys' | 'world'>;

/** Opens the stored tokens. What was changed or moved outside of the vault counts as missing. @throws VaultSealed */
async function withTokens(keys: VaultParts['keys'], rows: readonly SweptRow[]): Promise<Look[]> {
  const stored = rows.flatMap((row) => (row.token === null ? [] : { sealed: row.token, place: tokenPlace(row) }));
  const opened = (await keys.openAll(stored)).values();
  return rows.map((row) => {
    const token = row.token === null ? undefined : opened.next().value;
    return { row, token: token === undefined ? undefined : new Secret(token) };
  });
}

/** The token of one connection; undefined where it has none that can be opened. @throws VaultSealed */
export const tokenOf = async (keys: VaultParts['keys'], row: SweptRow): Promise<Secret | undefined> =>
  (await withTokens(keys, [row]))[0]?.token;

const missing: Judgement = {
  state: 'needs_person',
  reason: 'The vault has no token for it that can be opened.',
  advice: 'log_in_again',
  dates: {},
};

/** Tokens of services whose tokens debug_token does not know are tried by a call. */
export const isInspected = ({ kind }: SweptRow): boolean =>
  kind === null || kindOf(kind).type !== undefined || kind === 'whatsapp_temporary';

/** While the platform has shut the app down none of its tokens works, and no person can mend that. */
function blockedWith(refusal: NonNullable<GroupLook['refusal']>, looks: readonly Look[]): void {
  for (const look of looks) look.told = { judgement: refusedBy(refusal) };
}

const unknownOf = (fault: RemoteFault): NonNullable<Look['unknown']> => ({
  reason: fault.reason,
  throttled: fault.kind === 'throttled',
});

/** Looks at all of them. @param app whose tokens they are */
export async function lookAtGroup(
  { keys, world }: Parts,
  app: SweptApp,
  rows: readonly SweptRow[],
): Promise<GroupLook> {
  const looks = await withTokens(keys, rows);
  const group: GroupLook = { looks, calls: 0, silent: 0 };
  const now = world.clock.now();
  for (const look of looks) if (look.token === undefined) look.told = { judgement: missing };
  const open = looks.filter(({ token }) => token !== undefined);
  const by = app.remote && new Secret(`${app.remote.id}|${app.remote.secret.open()}`);
  const inspected = by === undefined ? [] : open.filter(({ row }) => isInspected(row));
  if (by !== undefined)
    for (let at = 0; at < inspected.length; at += BATCH)
      await lookAtBatch(group, app, by, inspected.slice(at, at + BATCH), now);
  const alone = by === undefined ? open : open.filter(({ row }) => !isInspected(row));
  for (const look of alone) await lookAlone(group, app, look, now);
  if (group.refusal?.advice.holder === 'app_blocked') blockedWith(group.refusal, inspected);
  return group;
}

async function lookAtBatch(group: GroupLook, app: SweptApp, by: Secret, looks: Look[], now: number): Promise<void> {
  const allowed = mayAsk(group) ? app.pacer.allowance() : 0;
  if (allowed < looks.length) postpone(looks.splice(allowed), group);
  if (looks.length === 0) return;
  const tokens = looks.flatMap(({ token }) => token ?? []);
  const [only] = tokens;
  if (tokens.length === 1 && only) return hear(group, app, looks[0], await inspect(app.client, only, by), now);
  const answer = await inspectBatch(app.client, tokens, by);
  if (answer.fault === undefined) {
    app.pacer.heard(answer.usage, false);
    for (const [at, one] of answer.value.entries()) hear(group, app, looks[at], one, now);
    return;
  }
  count(group, app, 1);
  listen(group, answer.fault);
  app.pacer.heard(answer.usage, answer.fault.kind === 'throttled');
  // A server may take no batches, or not this one: then each is asked about by itself.
  if (answer.fault.kind === 'refused' && !isOfApp(answer.fault)) return oneByOne(group, app, by, looks, now);
  if (answer.fault.kind === 'refused') group.refusal = answer.fault;
  for (const look of looks) look.unknown = unknownOf(answer.fault);
}

async function oneByOne(group: GroupLook, app: SweptApp, by: Secret, looks: Look[], now: number): Promise<void> {
  for (const [at, look] of looks.entries()) {
    if (!mayAsk(group) || app.pacer.allowance() === 0) return postpone(looks.slice(at), group);
    if (look.token) hear(group, app, look, await inspect(app.client, look.token, by), now);
  }
}

/** After so many answers that were none, the others are not waited for: each may take half a minute. */
const MOST_SILENT = 3;

const mayAsk = ({ refusal, silent }: GroupLook): boolean => refusal === undefined && silent < MOST_SILENT;

function postpone(looks: readonly Look[], { refusal, silent }: GroupLook): void {
  const silence = silent >= MOST_SILENT ? "The server doesn't answer." : undefined;
  const reason = refusal?.reason ?? silence;
  for (const look of looks)
    look.unknown = { reason: reason ?? 'The server asked for fewer calls.', throttled: reason === undefined };
}

/** Counts answers that were none; one that was ends the row. */
function listen(group: GroupLook, fault: RemoteFault | undefined): void {
  group.silent = fault?.kind === 'away' ? group.silent + 1 : 0;
}

const count = (group: GroupLook, app: SweptApp, calls: number): void => {
  group.calls += calls;
  app.pacer.spend(calls);
};

/** True for refusals of the app that asks: its secret is wrong, or it is gone. They say nothing of any token. */
const isOfApp = ({ code, advice }: Extract<RemoteFault, { kind: 'refused' }>): boolean =>
  code === 190 ||
  code === 101 ||
  code === 102 ||
  code === 104 ||
  advice.holder === 'fix_app' ||
  advice.holder === 'app_blocked';

function hear(
  group: GroupLook,
  app: SweptApp,
  look: Look | undefined,
  answer: RemoteAnswer<NonNullable<Told['data']>>,
  now: number,
): void {
  if (look === undefined) return;
  count(group, app, 1);
  const { value, fault, usage } = answer;
  listen(group, fault);
  if (usage.percent > 0 || usage.wait > 0 || fault?.kind === 'throttled')
    app.pacer.heard(usage, fault?.kind === 'throttled');
  if (value) look.told = { judgement: judge(value, now), data: value };
  else {
    if (fault.kind === 'refused' && isOfApp(fault)) group.refusal ??= fault;
    look.unknown = unknownOf(fault);
  }
}

/** The token asks about itself, where it may; otherwise a call shows whether it works. */
async function lookAlone(group: GroupLook, app: SweptApp, look: Look, now: number): Promise<void> {
  const { token, row } = look;
  if (token === undefined) return;
  if (group.silent >= MOST_SILENT || app.pacer.allowance() === 0) return postpone([look], group);
  if (isInspected(row)) {
    const answer = await inspect(app.client, token, token);
    if (answer.value || answer.fault.kind !== 'refused') return hear(group, app, look, answer, now);
    count(group, app, 1);
    // It may not ask, or it is dead: a call tells.
  }
  const { fault, usage } = await worksAtAll(app.client, token);
  count(group, app, 1);
  listen(group, fault);
  app.pacer.heard(usage, fault?.kind === 'throttled');
  if (fault === undefined) look.told = { judgement: judge(asKnown(row), now) };
  else if (fault.kind !== 'refused' || fault.advice.state === 'unreachable') look.unknown = unknownOf(fault);
  else {
    if (fault.advice.holder === 'app_blocked') group.refusal ??= fault;
    look.told = { judgement: refusedBy(fault) };
  }
}

/** A token that works has the dates that were known of it. */
const asKnown = (row: SweptRow): NonNullable<Told['data']> => ({
  is_valid: true,
  scopes: [],
  ...(row.issued_at !== null && { issued_at: row.issued_at }),
  expires_at: row.expires_at ?? 0,
  data_access_expires_at: row.data_access_until ?? 0,
});

const refusedBy = ({ reason, code, subcode, advice }: Extract<RemoteFault, { kind: 'refused' }>): Judgement => ({
  state: advice.state,
  reason: `${reason} ${holderAdvice[advice.holder]}`,
  advice: advice.holder,
  dates: {},
  ...(code !== undefined && { code }),
  ...(subcode !== undefined && { subcode }),
});

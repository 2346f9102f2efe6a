// A token that somebody brings is examined before it is kept: what it is, whose, and how it stands. What its server says
// counts, never how it looks; where a service answers no debug_token, what is said of it is shown by a call.
import { type DebugTokenData, redact, type Secret } from '@hallpass/protocol';
import type { Told } from '../events/decide.ts';
import { judge } from '../judge.ts';
import { kindFrom, kindOf, services, type TokenKindName } from '../kinds.ts';
import type { RemoteAnswer, RemoteFault } from '../remote/ask.ts';
import { BATCH, inspect, inspectBatch } from '../remote/inspect.ts';
import { appTokenOf, type OpenApp } from '../remote/open-app.ts';
import { askSubject, subjectOf } from '../remote/subject.ts';
import type { ConnectionRow } from '../store/connections.ts';

export interface ExaminedToken {
  token: Secret;
  kind: TokenKindName;
  appId: string;
  subject: { id: string | null; type: NonNullable<ConnectionRow['subject_type']>; name: string | null };
  /** ADMIN or EMPLOYEE, of a system user that says so. */
  role?: string | undefined;
  told: Told;
}

export type Examination =
  | { token: ExaminedToken; fault?: undefined }
  | { token?: undefined; fault: RemoteFault | { kind: 'unknown'; reason: string } };

const subjectTypes = { USER: 'user', PAGE: 'page', SYSTEM_USER: 'system_user', APP: 'app' } as const;

const unknown = (reason: string): Examination => ({ fault: { kind: 'unknown', reason: redact(reason) } });

function examined(
  app: OpenApp,
  token: Secret,
  data: DebugTokenData,
  held: TokenKindName | undefined,
  now: number,
): Examination {
  const kind = kindFrom(data, now);
  // A server says no more of a token that it can't read than why.
  if (kind === undefined || data.type === undefined)
    return data.is_valid
      ? unknown("The server doesn't say what kind of token it is.")
      : unknown(data.error?.message ?? "The server doesn't know this token.");
  return {
    token: {
      token,
      // A temporary token of WhatsApp is to debug_token what every token with a short life is.
      kind: held === 'whatsapp_temporary' && kindOf(kind).type === 'USER' ? held : kind,
      appId: data.app_id ?? app.row.app_id,
      subject: {
        id: subjectOf(data) ?? (data.type === 'APP' ? app.row.app_id : null),
        type: subjectTypes[data.type],
        name: null,
      },
      told: { judgement: judge(data, now), data },
    },
  };
}

function examinationOf(
  app: OpenApp,
  token: Secret,
  answer: RemoteAnswer<DebugTokenData>,
  held: TokenKindName | undefined,
  now: number,
): Examination {
  return answer.fault ? { fault: answer.fault } : examined(app, token, answer.value, held, now);
}

/** The account that a token of such a service speaks for. Its dates are not known; a refusal is told as one. */
async function examineByCall(
  app: OpenApp,
  token: Secret,
  held: TokenKindName | undefined,
  now: number,
): Promise<Examination> {
  const kind = held ?? services[app.row.service].short;
  if (kindOf(kind).service !== app.row.service)
    return unknown(`A ${kindOf(kind).label} can’t be of an app of ${services[app.row.service].label}.`);
  const answer = await askSubject(app, token, 'id,username');
  if (answer.fault) return { fault: answer.fault };
  const { id, name = null } = answer.value;
  const judgement = { ...judge({ is_valid: true, scopes: [] }, now), kind };
  return { token: { token, kind, appId: app.row.app_id, subject: { id, type: 'account', name }, told: { judgement } } };
}

/** Examines one token. @param held the kind that it is brought as */
export async function examine(
  app: OpenApp,
  token: Secret,
  held: TokenKindName | undefined,
  now: number,
): Promise<Examination> {
  if (!services[app.row.service].inspects) return examineByCall(app, token, held, now);
  const by = app.remote ? appTokenOf(app.remote) : token;
  return examinationOf(app, token, await inspect(app.client, token, by), held, now);
}

/** A token that is brought, with the kind that it is brought as. */
interface BroughtToken {
  token: Secret;
  kind?: TokenKindName | undefined;
}

/**
 * Examines many tokens of one app, fifty in a call where that can be done. Once the server asks for patience the others
 * are not asked about.
 */
export async function examineAll(app: OpenApp, tokens: readonly BroughtToken[], now: number): Promise<Examination[]> {
  const found: Examination[] = [];
  for (let from = 0; from < tokens.length; from += BATCH) {
    const some = tokens.slice(from, from + BATCH);
    const last = found.at(-1)?.fault;
    if (last?.kind === 'throttled') found.push(...some.map((): Examination => ({ fault: last })));
    else found.push(...(await examineSome(app, some, now)));
  }
  return found;
}

async function examineSome(app: OpenApp, some: readonly BroughtToken[], now: number): Promise<Examination[]> {
  const { remote } = app;
  const oneByOne = (): Promise<Examination[]> =>
    Promise.all(some.map(({ token, kind }) => examine(app, token, kind, now)));
  if (remote === undefined || some.length === 1 || !services[app.row.service].inspects) return oneByOne();
  const secrets = some.map(({ token }) => token);
  const answer = await inspectBatch(app.client, secrets, appTokenOf(remote));
  if (answer.fault) return some.map((): Examination => ({ fault: answer.fault }));
  return answer.value.map((item, at) => {
    const brought = some[at];
    if (brought === undefined) return unknown('The server answered about more tokens than it was asked about.');
    return examinationOf(app, brought.token, item, brought.kind, now);
  });
}

/** Adds the name of the subject, and the role of a system user. Where they can't be had the token is kept without. */
export async function withName(app: OpenApp, one: ExaminedToken): Promise<ExaminedToken> {
  if (one.subject.name !== null || one.subject.type === 'app' || !one.told.data?.is_valid) return one;
  const asked = one.subject.type === 'system_user' ? await askSubject(app, one.token, 'id,name,role') : undefined;
  const answer = asked?.value ? asked : await askSubject(app, one.token, 'id,name');
  const { name = null, role } = answer.value ?? {};
  return { ...one, subject: { ...one.subject, name }, role };
}

// A token may be kept only for what it is brought as: one of another kind, app or role in a slot goes unnoticed
// until something fails with it, so it is refused at the door.
import { isKeyOf, redact, type Secret } from '@hallpass/protocol';
import { isTokenKind, kindOf, type TokenKindName } from '../kinds.ts';
import { isWorking } from '../states.ts';
import type { Examination, ExaminedToken } from './examine.ts';
import { type ImportProblem, problem } from './import-problems.ts';

const LONGEST_TOKEN = 4096;

/** Tells what speaks against a text before any server is asked. */
export function lookProblem(token: Secret): ImportProblem | undefined {
  const text = token.open();
  if (text === '') return problem('no_token');
  if (/\.\.\.|…|\*{2,}|•/.test(text)) return problem('masked');
  if (/^[0-9a-f]{32}$/.test(text)) return problem('app_secret');
  // Prefixes are not looked at: services change them, and there are others than EAA.
  if (text.length > LONGEST_TOKEN || !/^[!-~]+$/.test(text)) return problem('not_a_token');
  return undefined;
}

/** A token is brought as this. */
export interface Slot {
  kind?: TokenKindName | undefined;
  appId?: string | undefined;
  /** ADMIN or EMPLOYEE, of a system user. */
  role?: string | undefined;
  /** The id of the Page that it has to speak for. */
  subjectId?: string | undefined;
  /** Dead tokens are kept, so that their people can be asked to connect again. */
  keepDead?: boolean | undefined;
}

/** Tells what the server's answer speaks against a token; undefined where it may be kept. */
export function answerProblem({ token, fault }: Examination): ImportProblem | undefined {
  if (token) return undefined;
  const reason = redact(fault.reason);
  if (fault.kind === 'unknown') return problem('unknown_to_server', { reason });
  if (fault.kind !== 'refused') return problem('server_away', { reason });
  if (fault.code === 100) return problem('of_unknown_app');
  // A server that refuses the app that asks says nothing of the token.
  return fault.advice.state === 'unreachable'
    ? problem('server_away', { reason })
    : problem('unknown_to_server', { reason });
}

/** Tells what speaks against keeping an examined token for a slot. @param day words for a moment in epoch seconds */
export function slotProblem(one: ExaminedToken, slot: Slot): ImportProblem | undefined {
  const { judgement } = one.told;
  if (slot.appId !== undefined && one.appId !== slot.appId)
    return problem('another_app', { app: one.appId, named: slot.appId });
  if (slot.subjectId !== undefined && one.subject.type === 'page' && one.subject.id !== slot.subjectId)
    return problem('another_page', { found: one.subject.id ?? 'another one', wanted: slot.subjectId });
  if (!isWorking(judgement.state) && slot.keepDead !== true) return problem('dead', { reason: judgement.reason });
  if (slot.kind !== undefined && !fits(one.kind, slot.kind)) return kindProblem(one, slot.kind);
  if (slot.role !== undefined && one.role !== undefined && slot.role.toUpperCase() !== one.role.toUpperCase())
    return problem('another_role', { found: one.role, wanted: slot.role.toUpperCase() });
  return undefined;
}

/** A short-lived token is made a long one as soon as it is kept, so it may stand where that belongs. */
const fits = (found: TokenKindName, wanted: TokenKindName): boolean =>
  found === wanted || kindOf(found).becomes === wanted;

function kindProblem({ kind, told }: ExaminedToken, wanted: TokenKindName): ImportProblem {
  const found = kindOf(kind);
  const slot = kindOf(wanted);
  if (slot.type === 'PAGE' && found.type === 'USER') return problem('person_for_page');
  const { expiresAt = 0 } = told.judgement.dates;
  if (!slot.mayEnd && slot.type === found.type && expiresAt !== 0) {
    const day = new Date(expiresAt * 1000).toISOString().slice(0, 10);
    return slot.type === 'PAGE' ? problem('page_ends', { day }) : problem('ends', { day, kind });
  }
  return problem('another_kind', { found: found.label, wanted: slot.label });
}

/** Reads a kind as somebody wrote it; '' is none. */
export function kindFromText(text: string): TokenKindName | undefined | 'unknown' {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (plain === '') return undefined;
  return isTokenKind(plain) ? plain : isKeyOf(shortNames, plain) ? shortNames[plain] : 'unknown';
}

/** People write these for a kind. */
const shortNames = {
  user: 'user_long',
  page: 'page_long',
  system_user: 'system_user_never',
  never: 'system_user_never',
  instagram: 'instagram_long',
  threads: 'threads_long',
  whatsapp: 'whatsapp_temporary',
} as const satisfies Readonly<Record<string, TokenKindName>>;

// A short-lived token is exchanged for a long one before it is kept: an hour later nobody could any more.
import { Secret } from '@hallpass/protocol';
import { judge } from '../judge.ts';
import { kindOf } from '../kinds.ts';
import { extend } from '../remote/extend.ts';
import type { OpenApp } from '../remote/open-app.ts';
import { examine, type ExaminedToken } from './examine.ts';

const emptySecret = new Secret('');
const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The long-lived token in place of a short one, or the same where it is none, where the secret of the app isn't known,
 * or where the server gives none now: the sweep tries again soon.
 */
export async function longLived(app: OpenApp, one: ExaminedToken, now: number): Promise<ExaminedToken> {
  const { becomes, extension } = kindOf(one.kind);
  if (becomes === undefined || app.remote === undefined || extension === undefined) return one;
  const answer = await extend(one.kind, one.token, app.remote);
  if (answer.fault) return one;
  const { token, expiresIn } = answer.value;
  if (kindOf(becomes).type === undefined)
    return withLife({ ...one, token, kind: becomes }, now, expiresIn ?? kindOf(becomes).life ?? DAY);
  const next = await examine(app, token, becomes, now);
  const same = next.token?.subject.id === one.subject.id && next.token?.appId === one.appId;
  return next.token && same ? { ...next.token, subject: one.subject } : one;
}

/** A token of which only its life is known: such services answer no debug_token. @param left seconds until its end */
export function withLife(one: ExaminedToken, now: number, left: number, issuedAt = now): ExaminedToken {
  const judgement = judge({ is_valid: true, scopes: [], issued_at: issuedAt, expires_at: now + left }, now);
  return { ...one, told: { judgement: { ...judgement, kind: one.kind } } };
}

/**
 * A long-lived token of a service that tells no dates is extended when it is brought: then its end is known. One that the
 * service calls too young was made within the last day.
 */
export async function dated(app: OpenApp, one: ExaminedToken, now: number): Promise<ExaminedToken> {
  const { extension, type, life } = kindOf(one.kind);
  if (type !== undefined || extension === undefined || life === undefined || extension.earliest === 0) return one;
  if (extension.app !== 'nothing' && app.remote === undefined) return one;
  const remote = app.remote ?? { client: app.client, id: app.row.app_id, secret: emptySecret };
  const answer = await extend(one.kind, one.token, remote);
  if (answer.value) return withLife({ ...one, token: answer.value.token }, now, answer.value.expiresIn ?? life);
  // Half of its life is taken to be over where nothing was learnt, so that the sweep extends it at once.
  const age = answer.fault.kind === 'refused' ? extension.earliest : life / 2;
  return withLife(one, now, life - age, now - age);
}

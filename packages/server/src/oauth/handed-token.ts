// Some tokens are handed over to be turned into something else: only a living token of the client's own app, of the
// kind that is asked for, will do (threats I-1). What is refused is noted by its fingerprint.
import { type ErrorKey, graphError, isIn, refuseUnchecked, type TokenKind } from '@hallpass/protocol';
import { grantOf, isInactive } from '../liveness/grant-of.ts';
import { present } from '../liveness/open-token.ts';
import type { App } from '../store/apps/apps.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { authenticate } from '../graph/authentication/authenticate.ts';
import type { Context } from '../graph/language/context.ts';
import { noteToken, type TokenEvent } from '../graph/authentication/note-token.ts';
import type { Viewer, ViewerOf } from '../graph/authentication/viewer.ts';

/** These errors are said of a token that was handed over and will not do, besides the reason why it is dead. */
export const saidOfHandedToken: readonly ErrorKey[] = [
  'token.malformed',
  'token.mangled',
  'token.undecryptable',
  'token.not_allowed_here',
  'token.impersonation',
  'token.app_removed',
];

/**
 * Finds the viewer behind `access_token`, which must be a living token of this app and of one of these kinds.
 * @throws GraphError token.missing | token.not_allowed_here, and those of `authenticate`
 */
export async function viewerOf<K extends TokenKind>(
  context: Context,
  app: App,
  kinds: readonly K[],
): Promise<ViewerOf<K>> {
  const viewer = await authenticate(context.installation, context.call);
  if (viewer.kind === 'none') throw graphError('token.missing');
  const { token } = viewer;
  if (viewer.app.id !== app.id) throw notHere(context, 'token.cross_app', app, token);
  if (!isOfKind(viewer, kinds)) throw notHere(context, 'token.wrong_kind', app, token);
  return viewer;
}

const isOfKind = <K extends TokenKind>(viewer: Viewer, kinds: readonly K[]): viewer is Viewer & ViewerOf<K> =>
  isIn(kinds, viewer.kind);

/**
 * The record of a living token of this app that came as a parameter: a user token, or of the kinds named.
 * @throws GraphError with its own reason where it is dead, token.impersonation for a Page token, token.malformed,
 *   token.not_allowed_here
 */
export async function userTokenToExchange(
  context: Context,
  app: App,
  text: string,
  kinds: readonly TokenRecord['kind'][] = ['user'],
): Promise<TokenRecord> {
  const { installation } = context;
  // An app or client token is not even looked at: the answer would tell whether a guessed secret is right.
  if (text.includes('|')) throw notHere(context, 'token.wrong_kind', app, text);
  const presented = await present(installation, text);
  if (presented.is === 'unreadable') {
    noteToken(context, 'token.wrong_kind', app, text);
    throw refuseUnchecked(presented.error, {});
  }
  if (presented.is === 'joined') throw notHere(context, 'token.wrong_kind', app, text);
  const { record } = presented;
  if (record.app !== app.id) throw notHere(context, 'token.cross_app', app, text);
  if (presented.is === 'dead') throw refuseUnchecked(presented.death.error, presented.death.params);
  if (record.kind === 'page') {
    noteToken(context, 'token.wrong_kind', app, text);
    throw graphError('token.impersonation');
  }
  if (!kinds.includes(record.kind)) throw notHere(context, 'token.wrong_kind', app, text);
  const grant = await grantOf(installation, record, presented.subject.person);
  if (!grant) throw graphError('token.app_removed', { app: app.id });
  if (isInactive(installation, record, grant)) throw graphError('token.inactive');
  return record;
}

function notHere(context: Context, event: TokenEvent, app: App, token: string | undefined) {
  if (token !== undefined) noteToken(context, event, app, token);
  return graphError('token.not_allowed_here');
}

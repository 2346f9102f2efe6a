// An inspected token is handed over to be looked at, and only some may look at it: people of its own app, the app
// itself, and in an emulator anybody. Whoever may not is told what debug_token tells a stranger.
import { graphError } from '@hallpass/protocol';
import { openCredential } from '../../apps/open-credential.ts';
import { type OpenedCredential, present } from '../../liveness/open-token.ts';
import type { Context } from '../language/context.ts';
import { noteToken } from './note-token.ts';

/**
 * Opens it. For a joined one a wrong half counts as a guess, else this would be a door around the limit. @throws
 * GraphError app.address_call
 */
export async function openInspected({ installation, call, viewer }: Context, input: string): Promise<OpenedCredential> {
  // The caller's own was counted when the call was authenticated.
  const presented =
    input === viewer.token
      ? await present(installation, input)
      : await openCredential(installation, input, call.address);
  if (presented.is === 'off_list') throw graphError('app.address_call');
  return presented;
}

/** The app of a token; undefined where it could not be opened. */
export function appOfInspected(presented: OpenedCredential): string | undefined {
  if (presented.is === 'unreadable') return undefined;
  return presented.is === 'joined' ? presented.app.id : presented.record.app;
}

/** The person of a token, by the id of the whole platform. */
const personOfInspected = (presented: OpenedCredential): string | undefined =>
  presented.is === 'sealed' || presented.is === 'dead' ? presented.record.user : undefined;

/** @throws GraphError debug.other_app for whoever has no part in the app of the token */
export async function demandInspector(context: Context, presented: OpenedCredential, text: string): Promise<void> {
  const { installation, viewer } = context;
  if (installation.world.explainRefusals) return;
  const appId = appOfInspected(presented);
  if (appId === undefined) return;
  const { app, person, kind, dashboard } = viewer;
  if (dashboard && person) {
    if (personOfInspected(presented) === person.id) return;
    if ((await installation.facts.appRoles(appId, person.id)).length > 0) return;
  } else if (app?.id === appId) {
    if (kind === 'app') return;
    if (kind === 'user' && viewer.appRoles.some((role) => role === 'administrators' || role === 'developers')) return;
  }
  noteToken(context, 'token.cross_app', app, text);
  throw graphError('debug.other_app');
}

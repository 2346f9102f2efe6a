// An inspected token is handed over to be looked at, and only some may look at it: people of its own app, the app
// itself, and in an emulator anybody. Whoever may not is told what debug_token tells a stranger.
import { graphError } from '@hallpass/protocol';
import { openCredential } from '../../apps/open-credential.ts';
import { attempt, type Maybe, withValue } from '../../installation/maybe.ts';
import { type OpenedCredential, present } from '../../liveness/open-token.ts';
import type { Context } from '../language/context.ts';
import type { AppId, PersonId } from '../../store/ids.ts';

/**
 * Opens it, once in a call. For a joined one a wrong half counts as a guess, else this would be a door around the limit. @throws
 * GraphError app.address_call
 */
export function openInspected(context: Context, input: string): Maybe<OpenedCredential> {
  const { findings } = context;
  findings.inspected ??= new Map();
  const known = findings.inspected.get(input) ?? attempt(() => open(context, input));
  findings.inspected.set(input, known);
  return known;
}

function open({ installation, call, viewer }: Context, input: string): Maybe<OpenedCredential> {
  // The caller's own was counted when the call was authenticated.
  if (input === viewer.token) return present(installation, input);
  return withValue(openCredential(installation, input, call.address), (opened) => {
    if (opened.is === 'off_list') throw graphError('app.address_call');
    return opened;
  });
}

/** App and person behind a token; neither where it could not be opened. */
export function subjectOf(presented: OpenedCredential): { appId?: AppId; personId?: PersonId } {
  if (presented.is === 'unreadable') return {};
  if (presented.is === 'joined') return { appId: presented.app.id };
  return { appId: presented.record.app, personId: presented.record.user };
}

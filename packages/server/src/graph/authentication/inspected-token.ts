// An inspected token is handed over to be looked at, and only some may look at it: people of its own app, the app
// itself, and in an emulator anybody. Whoever may not is told what debug_token tells a stranger.
import { graphError } from '@hallpass/protocol';
import { openCredential } from '../../apps/open-credential.ts';
import { type OpenedCredential, present } from '../../liveness/open-token.ts';
import type { Context } from '../language/context.ts';
import type { AppId, PersonId } from '../../store/ids.ts';

/**
 * Opens it, once in a call. For a joined one a wrong half counts as a guess, else this would be a door around the limit. @throws
 * GraphError app.address_call
 */
export function openInspected(context: Context, input: string): Promise<OpenedCredential> {
  const { findings } = context;
  findings.inspected ??= new Map();
  const known = findings.inspected.get(input) ?? open(context, input);
  findings.inspected.set(input, known);
  return known;
}

async function open({ installation, call, viewer }: Context, input: string): Promise<OpenedCredential> {
  // The caller's own was counted when the call was authenticated.
  const presented =
    input === viewer.token
      ? await present(installation, input)
      : await openCredential(installation, input, call.address);
  if (presented.is === 'off_list') throw graphError('app.address_call');
  return presented;
}

/** App and person behind a token; neither where it could not be opened. */
export function subjectOf(presented: OpenedCredential): { appId?: AppId; personId?: PersonId } {
  if (presented.is === 'unreadable') return {};
  if (presented.is === 'joined') return { appId: presented.app.id };
  return { appId: presented.record.app, personId: presented.record.user };
}

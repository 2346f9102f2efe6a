// The actor is who makes a change, as its event in the audit trail names them.
import type { Context } from '../../graph/language/context.ts';
import type { KnownViewer, ViewerWithPerson } from '../../graph/authentication/viewer.ts';

/** The person or system user behind the call. */
export const personActor = ({ viewer }: Context<ViewerWithPerson>) => ({
  kind: 'person' as const,
  id: viewer.person.id,
});

/** The person behind the call, or the app where it speaks for itself. */
export const callerActor = ({ viewer }: Context<KnownViewer>) =>
  viewer.person ? { kind: 'person' as const, id: viewer.person.id } : { kind: 'app' as const, id: viewer.app.id };

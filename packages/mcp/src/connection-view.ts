// An agent sees this of a connection. It is built field by field, so that nothing is in it that nobody put there; the
// link by which a person reconnects is left out, because it is for that person.
import { type Connection, holderStates, kindOf } from '@hallpass/vault/client';
import type { Answer } from './plain-text.ts';

/** A moment as people and agents read it: `2026-11-30T01:25:00Z`. @param seconds epoch seconds */
export const momentOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

const optionalMoment = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : momentOf(seconds);

export const connectionView = (connection: Connection): Answer => ({
  id: connection.id,
  name: connection.name,
  kind: connection.kind && kindOf(connection.kind).label,
  appId: connection.appId,
  subject: connection.subject && {
    type: connection.subject.type,
    id: connection.subject.id,
    name: connection.subject.name,
  },
  parentId: connection.parentId,
  state: connection.state,
  stateInWords: holderStates[connection.state],
  since: momentOf(connection.since),
  reason: connection.reason,
  endsAt: optionalMoment(connection.until),
  dataAccessEndsAt: optionalMoment(connection.dataAccessUntil),
  missingPermissions: connection.missingScopes,
});

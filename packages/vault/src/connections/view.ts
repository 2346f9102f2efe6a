// A holder sees this of a connection: how it stands, until when, what is missing and what to do. The token is no part
// of it.
import { readJson, shape } from '@hallpass/protocol';
import type { Connection } from '../client/answers/connections.ts';
import { stateOfValid, usefulUntil } from '../policy.ts';
import { repairOf } from '../repairs.ts';
import type { HolderState } from '../states.ts';
import type { ConnectionRow } from '../store/connections.ts';

const texts = shape.listOf(shape.text);

/** True where somebody can log in for it: for a system user or an app nobody can. */
const mayLogIn = ({ subject_type }: ConnectionRow): boolean => subject_type !== 'system_user' && subject_type !== 'app';

/** The state at this time: an end that lies behind is the end, whatever was found at the last look. */
export function stateAt(
  row: Pick<ConnectionRow, 'state' | 'expires_at' | 'data_access_until'>,
  now: number,
): HolderState {
  if (row.state !== 'healthy' && row.state !== 'expiring') return row.state;
  return stateOfValid(
    { expiresAt: row.expires_at ?? undefined, dataAccessUntil: row.data_access_until ?? undefined },
    now,
  );
}

/** @param reconnectUrl makes the link where one is needed @param now epoch seconds */
export function viewOf(
  row: ConnectionRow,
  now: number,
  reconnectUrl: (row: ConnectionRow) => string | undefined,
): Connection {
  const state = stateAt(row, now);
  const granted = readJson(texts, row.granted_scopes);
  const dates = { expiresAt: row.expires_at ?? undefined, dataAccessUntil: row.data_access_until ?? undefined };
  return {
    id: row.id,
    name: row.name,
    kind: row.kind ?? undefined,
    appId: row.app_id,
    subject:
      row.subject_type === null
        ? undefined
        : { type: row.subject_type, id: row.subject_id ?? undefined, name: row.subject_name ?? undefined },
    parentId: row.parent_id ?? undefined,
    state,
    since: row.changed_at,
    reason: row.reason ?? undefined,
    until: usefulUntil(dates),
    dataAccessUntil: row.data_access_until ?? undefined,
    missingScopes: readJson(texts, row.wanted_scopes).filter((scope) => !granted.includes(scope)),
    // The dialog repairs nothing that the platform blocks or that is gone.
    reconnectUrl: repairOf(state, row.advice)?.reconnect && mayLogIn(row) ? reconnectUrl(row) : undefined,
  };
}

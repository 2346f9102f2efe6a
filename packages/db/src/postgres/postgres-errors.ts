// This module decides what an error from PostgreSQL, or on the way to it, means: ask again later, try the change again,
// or an ordinary error of a statement. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
import pg from 'pg';
import { StorageUnavailable } from '../database.ts';

/** Classes of codes that say nothing about the statement: connection, resources, operator, system, internal, log-in. */
const AWAY_CLASSES = new Set(['08', '28', '53', '57', '58', 'F0', 'XX']);
/**
 * Single codes: lock not available in time, transaction idle too long, a standby that cannot write, no such database.
 */
const AWAY_CODES = new Set(['55P03', '25P03', '25006', '3D000']);
/** Serialization failure and dead-lock: nothing was stored, and trying again may succeed. */
const CONFLICTS = new Set(['40001', '40P01']);

/** The change is certainly taken back, and may be tried again. */
export class Conflict extends StorageUnavailable {}

/** True when tables were changed under a kept plan: it must be made anew. */
export function planIsStale(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '0A000' && error.message.includes('cached plan');
}

/** Says in our words what a question threw: `StorageUnavailable` where asking later may help, otherwise the error itself. */
export function inOurWords(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError))
    return isOurMistake(error) ? error : new StorageUnavailable('PostgreSQL cannot be reached.', { cause: error });
  const code = error.code ?? '';
  if (CONFLICTS.has(code) || planIsStale(error))
    return new Conflict('PostgreSQL found changes in each other’s way.', { cause: error });
  if (AWAY_CLASSES.has(code.slice(0, 2)) || AWAY_CODES.has(code))
    return new StorageUnavailable(`PostgreSQL cannot answer now (${code}).`, { cause: error });
  return error;
}

/** True when, after this error, nobody knows what the connection is doing. `error` is in our words. */
export function connectionLost(error: unknown): boolean {
  if (!(error instanceof StorageUnavailable)) return false;
  if (!(error.cause instanceof pg.DatabaseError)) return true;
  const code = error.cause.code ?? '';
  return code.startsWith('08') || code.startsWith('57P') || code === '25P03';
}

// Values that cannot be sent, answers that cannot be read: these come from code, not from the network.
function isOurMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

// This module finds causes of refusals that no requirement decided: the token itself, its proof, limits, and calls that
// are not well formed.
import {
  type CauseCheck,
  type CauseName,
  checkOf,
  type GraphError,
  invalidations,
  refusingStates,
} from '@hallpass/protocol';
import type { GraphRequest } from '../../wire/call.ts';
import { OrderedFault } from '../../wire/faults.ts';
import type { Context } from '../language/context.ts';

const byKey: Readonly<Record<string, CauseName>> = {
  'token.missing': 'token_missing',
  'token.malformed': 'token_unreadable',
  'token.mangled': 'token_unreadable',
  'token.undecryptable': 'token_unreadable',
  'token.signature': 'token_unreadable',
  'token.none_for_me': 'wrong_kind',
  'token.impersonation': 'not_chosen',
  'token.page_role_lost': 'no_task',
  'token.inactive': 'token_dead',
  'field.unknown': 'not_there',
  'permission.data_access_ended': 'data_access_ended',
};

const byGroup: Readonly<Record<string, CauseName>> = {
  proof: 'proof_wrong',
  limit: 'limit_reached',
  object: 'not_there',
  path: 'not_there',
  alias: 'not_there',
  param: 'call_wrong',
  version: 'call_wrong',
  batch: 'call_wrong',
  token: 'token_dead',
};

/** One line: what the error itself tells, and no more than it. */
export function checksOfError(call: GraphRequest, context: Context | undefined, error: GraphError): CauseCheck[] {
  if (error instanceof OrderedFault)
    return [checkOf('fault_ordered', 'cause', `A fault in the emulator caused the error: fault ${error.order}.`)];
  const { rejected } = call;
  if (!context && rejected) return [deathCheck(rejected)];
  const [group = ''] = error.key.split('.', 1);
  const cause =
    call.credential === undefined && group === 'token'
      ? 'token_missing'
      : (byKey[error.key] ?? byGroup[group] ?? 'elsewhere');
  const check = checkOf(cause, cause === 'not_there' ? 'not_told' : 'cause');
  return [
    cause === 'elsewhere' || cause === 'call_wrong' || cause === 'proof_wrong'
      ? { ...check, message: `${check.message} ${error.message}` }
      : check,
  ];
}

const lines: Readonly<Record<string, { doc: string }>> = {
  ...invalidations,
  ...refusingStates,
  expired: { doc: 'Its time is over.' },
  fenced: { doc: 'The platform was restored from a backup, and ended every earlier token.' },
  withdrawn: { doc: 'The key that it was sealed with was withdrawn.' },
};

/** Says in words what a dead token died of. */
export const deathInWords = (cause: string): string => lines[cause]?.doc ?? '';

function deathCheck(death: { cause: string; at: number | undefined }): CauseCheck {
  const cause = death.cause === 'app_not_active' ? 'app_in_development' : 'token_dead';
  const at = death.at === undefined ? '' : ` (${new Date(death.at * 1000).toISOString().slice(0, 19)}Z)`;
  return checkOf(cause, 'cause', `${checkOf(cause, 'cause').message} ${deathInWords(death.cause)}${at}`);
}

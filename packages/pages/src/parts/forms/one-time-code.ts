// The field for a code of the second factor, wherever one is asked for, and what can be wrong with it.
import type { Html } from '../../html.ts';
import { field } from './field.ts';

export const codeErrors = {
  wrong: 'The code is wrong or was used before. Wait for the next one and try again.',
  missing: 'Enter the code your authenticator app shows.',
} as const;

export type CodeError = keyof typeof codeErrors;

/** Sends `code`. @param recovery whether a recovery code is taken too */
export function codeField(
  options: { error?: CodeError; explainedBy?: string; autofocus?: boolean; recovery?: boolean } = {},
): Html {
  const { error, explainedBy, autofocus, recovery = true } = options;
  return field({
    name: 'code',
    label: 'Code from your authenticator app',
    type: 'text',
    autocomplete: 'one-time-code',
    hint: recovery ? 'Six digits. A recovery code works too.' : 'Six digits.',
    ...(error === undefined ? {} : { error: codeErrors[error] }),
    ...(explainedBy === undefined ? {} : { explainedBy }),
    ...(autofocus === undefined ? {} : { autofocus }),
  });
}

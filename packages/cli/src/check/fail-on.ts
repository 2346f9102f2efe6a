// `--fail-on`: the severity from which a broken condition makes a check fail.
import { isIn, keysOf } from '@hallpass/protocol';
import type { Severity } from '@hallpass/emulator/check';
import { InvalidArgumentError } from 'commander';

/** The worst has the lowest number. */
const ranks = { critical: 0, error: 1, warning: 2 } as const satisfies Record<Severity, number>;

export function severityOf(text: string): Severity {
  if (isIn(keysOf(ranks), text)) return text;
  throw new InvalidArgumentError('Write critical, error or warning.');
}

export const isAsBadAs = (severity: Severity, limit: Severity): boolean => ranks[severity] <= ranks[limit];

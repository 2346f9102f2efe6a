// The findings of `check --sunset` and `check --scopes`, for a person at a terminal.
import type { ScopesReport, SunsetReport } from '@hallpass/emulator/check';
import { table } from '../printing/print.ts';

export function sunsetInWords({ versions, unnamed, within }: SunsetReport): string {
  const rows = versions.map(({ version, calls, ends, days, soon, of }) => [
    version,
    String(calls),
    ends === undefined ? 'not announced' : ends,
    days === undefined ? '' : days < 0 ? 'ended' : `${days} ${days === 1 ? 'day' : 'days'}${soon ? '  too soon' : ''}`,
    of.join(', '),
  ]);
  const soon = versions.filter((row) => row.soon).map(({ version }) => version);
  return [
    table(rows, ['version', 'calls', 'ends', 'left', 'of']),
    ...(unnamed === 0
      ? []
      : [
          '',
          `${unnamed} ${unnamed === 1 ? 'call names' : 'calls name'} no version: the default of the app serves it, and moves on by itself.`,
        ]),
    '',
    soon.length === 0
      ? `No version that is called ends within ${within} days.`
      : `Within ${within} days there is an end of ${soon.join(', ')}: call a newer version before.`,
  ].join('\n');
}

export function scopesInWords({ needed, unused, missing, review }: ScopesReport): string {
  const rows = needed.map(({ permission, calls, granted, advanced }) => [
    permission,
    granted ? 'yes' : 'no',
    advanced ? 'advanced' : 'standard: people with a role on the app only',
    calls.map(({ call, times }) => `${call}${times === 1 ? '' : ` (${times})`}`).join(', '),
  ]);
  return [
    table(rows, ['permission', 'given', 'access', 'needed by']),
    '',
    missing.length === 0 ? 'Nothing was missing.' : `Missing: ${missing.join(', ')}.`,
    unused.length === 0 ? 'Nothing was asked for in vain.' : `Asked for, and needed by no call: ${unused.join(', ')}.`,
    ...(review === '' ? [] : ['', 'For the request for advanced access:', '', review]),
  ].join('\n');
}

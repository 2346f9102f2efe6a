// The summary that `hallpass exec` prints at its end, on standard error: for a person, or as one line of JSON.
import type { Report } from '@hallpass/emulator/front';
import { counted, momentInWords, table } from '../printing/print.ts';

export interface ExecFacts {
  /** The way on which programs came to Hallpass. */
  mode: 'sealed' | 'variables' | 'nested';
  /** Sentences: the reason for which it was not the sealed mode, and anything else that the person should know. */
  notes: readonly string[];
  command: readonly string[];
  /** The real service answered, and was recorded. */
  recorded: boolean;
  code: number;
  signal: string | undefined;
  /** Programs that the command left running. */
  leftovers: number;
  report: Report | undefined;
}

export function summaryLine({ mode, notes, command, code, signal, leftovers, report }: ExecFacts): string {
  return JSON.stringify({ mode, notes, command, exit_code: code, signal: signal ?? null, leftovers, ...report });
}

const modes = {
  sealed: 'sealed: the command could reach only Hallpass',
  variables: 'variables: a program that ignores them may have reached the open network',
  nested: 'nested: answered by the surrounding hallpass exec, which prints the summary',
} as const;

export function summary({ mode, notes, recorded, code, signal, leftovers, report }: ExecFacts): string {
  const end = signal === undefined ? `exit code ${code}` : `ended by ${signal}`;
  const way = recorded && mode === 'sealed' ? 'sealed: the command could reach only the service' : modes[mode];
  const lines = [
    `hallpass ${recorded ? 'record' : 'exec'}: ${callsOf(report)}, ${end} (${way})`,
    ...notes.map((note) => `  ${note}`),
  ];
  if (leftovers > 0)
    lines.push(
      `  ${leftovers} ${leftovers === 1 ? 'process that was' : 'processes that were'} left running ended too.`,
    );
  if (report) lines.push(...parts(report));
  return lines.join('\n');
}

const callsOf = (report: Report | undefined): string =>
  report === undefined || report.calls === 0 ? 'no calls' : counted(report.calls, 'call');

/** Rows that are shown of one kind; all of them are in the JSON. */
const MOST = 25;

function parts({ endpoints, tokens, versions, errors, hosts, cut }: Report): string[] {
  const nobody = hosts.filter(({ what }) => what === 'refused_host');
  const tunnelled = hosts.filter(({ what }) => what === 'tunnelled_host');
  const untrusted = hosts.filter(({ what }) => what === 'untrusted');
  return [
    ...part(
      ['calls', 'failed', 'endpoint'],
      endpoints.map((one) => [String(one.calls), String(one.failed), `${one.method} ${one.host}${one.path}`]),
    ),
    ...part(
      ['version', 'calls', 'ends'],
      versions.map(({ version, calls, named, ends, ended }) => [
        version,
        `${calls}${named < calls ? ` (${calls - named} without one in the path)` : ''}`,
        ends === undefined ? 'not announced' : `${ended ? 'ended' : 'ends'} ${ends}`,
      ]),
    ),
    ...part(
      ['token', 'kind', 'app', 'calls', 'fate'],
      tokens.map((token) => [
        token.token,
        token.type ?? '?',
        token.app_id ?? '?',
        String(token.calls),
        token.valid ? validity(token.expires_at) : (token.reason ?? 'not valid'),
      ]),
    ),
    ...part(
      ['error', 'calls', 'message'],
      errors.map(({ code, subcode, calls, message }) => [
        subcode === undefined ? String(code) : `${code}/${subcode}`,
        String(calls),
        message,
      ]),
    ),
    ...part(['called, but nothing answers there', 'times'], nobody.map(hostRow)),
    ...part(['let through', 'times'], tunnelled.map(hostRow)),
    ...part(
      ["closed before its first request (the program doesn't trust our certificate)", 'times'],
      untrusted.map(hostRow),
    ),
    ...(cut ? ['', '  Too much to list: some endpoints, errors or tokens are left out.'] : []),
  ];
}

const hostRow = ({ host, port, times }: Report['hosts'][number]): string[] => [
  port === 0 ? host : `${host}:${port}`,
  String(times),
];

const validity = (expires: number | undefined): string =>
  expires === undefined || expires === 0 ? 'valid, does not expire' : `valid until ${momentInWords(expires)}`;

function part(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST);
  const more = rows.length > shown.length ? [`  … and ${rows.length - shown.length} more (--json has all)`] : [];
  return ['', table(shown, head).replace(/^/gm, '  '), ...more];
}

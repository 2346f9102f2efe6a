// The alert rules for Prometheus that come with a vault, as data: each says when it fires, for how long that has to be so,
// and what somebody then does. A test holds their names against the table of metrics.
import { type LabelsOf, type MetricName, PREFIX } from './metrics.ts';

export interface AlertRule {
  /** PromQL. */
  expr: string;
  /** The time for which it has to hold: `5m`. */
  for: string;
  severity: 'page' | 'ticket';
  /** One sentence for the subject of a message. */
  summary: string;
  /** Tells what to do then. */
  action: string;
}

/** A metric with some of its labels, as PromQL names it. */
export function series<N extends MetricName>(name: N, labels: Partial<LabelsOf<N>> = {}): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${String(value)}"`);
  return `${PREFIX}${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`;
}

/** A counter, added up over all processes, as a rate. */
export const rateOf = <N extends MetricName>(name: N, labels: Partial<LabelsOf<N>> = {}, over = '15m'): string =>
  `sum(rate(${series(name, labels)}[${over}]))`;

/** Every process says the same of what is in the database: one of them is enough. */
export const once = (expr: string, by = ''): string => `max${by === '' ? '' : ` by (${by}) `}(${expr})`;

export const alertRules = {
  VaultSealed: {
    expr: `${series('sealed')} == 1`,
    for: '2m',
    severity: 'page',
    summary: 'A process of the vault has no master key.',
    action:
      'Nothing is checked, extended or sent there. Make the master key, or its key service, available: then it opens again.',
  },
  VaultLooksLate: {
    expr: `${once(series('look_lag_seconds'))} > 3600`,
    for: '15m',
    severity: 'page',
    summary: 'Connections have been due for more than an hour.',
    action:
      'Look whether a process sweeps at all (`--sweep-every`), whether the server asks for fewer calls, and start another process where there is too much to do.',
  },
  VaultServerUnanswered: {
    expr: `${rateOf('look_failures_total', { reason: 'unanswered' })} > 0.5 * ${rateOf('looks_total')} and ${rateOf('looks_total')} > 0`,
    for: '30m',
    severity: 'ticket',
    summary: 'More than half of the looks get no answer.',
    action: 'Look at the network, and at the status page of the platform. States stay as they were until it answers.',
  },
  VaultAppRefused: {
    expr: `${rateOf('look_failures_total', { reason: 'app_refused' })} > 0`,
    for: '30m',
    severity: 'page',
    summary: 'The platform refuses an app itself.',
    action:
      'Its secret was reset, or it was disabled: run `hallpass vault doctor`, and set the secret with `hallpass vault apps set`.',
  },
  VaultDeathsDoubted: {
    expr: `${rateOf('looks_total', { outcome: 'doubted' })} > 0`,
    for: '10m',
    severity: 'ticket',
    summary: 'Many tokens are called dead at once, and the vault does not believe it yet.',
    action: 'Wait a quarter of an hour: it is an outage of the platform, or somebody has ended all tokens of an app.',
  },
  VaultTokensStopped: {
    expr: `sum(${once(series('connections', { state: 'needs_person' }), 'kind')}) - sum(${once(`${series('connections', { state: 'needs_person' })} offset 1h`, 'kind')}) > 10`,
    for: '0m',
    severity: 'page',
    summary: 'More than ten tokens have stopped working within an hour.',
    action: 'Look at the history of some of them: `hallpass vault list --state needs_person`. One cause has one mail.',
  },
  VaultConnectionsEnding: {
    expr: `${once(series('connections_ending', { within: '1d' }))} > 0`,
    for: '1h',
    severity: 'ticket',
    summary: 'Connections end within a day.',
    action:
      'Their owners were mailed. See `hallpass vault list --state expiring`, and ask those who have not answered.',
  },
  VaultRenewalsRefused: {
    expr: `${rateOf('renewals_total', { way: 'extend', outcome: 'refused' }, '1h')} > ${rateOf('renewals_total', { way: 'extend', outcome: 'renewed' }, '1h')}`,
    for: '1h',
    severity: 'ticket',
    summary: 'More tokens are refused a new life than get one.',
    action:
      'Look at `vault.not_renewed` in the log for the reason: often the secret of an app, or an app that may no longer extend.',
  },
  VaultRenewalMismatch: {
    expr: `increase(${series('renewals_total', { outcome: 'mismatch' })}[1h]) > 0`,
    for: '0m',
    severity: 'page',
    summary: 'A server answered with the token of someone else.',
    action:
      'The old token was kept. Find the connection by `identity_mismatch` in its history, and report it to the platform.',
  },
  VaultMailsWaiting: {
    expr: `${once(series('delivery_age_seconds', { channel: 'mail' }))} > 43200`,
    for: '15m',
    severity: 'page',
    summary: 'A mail has been waiting for half a day.',
    action: 'Try the mail server: `hallpass vault mail test you@example.com`. Quiet hours make mails wait, too.',
  },
  VaultMailsGivenUp: {
    expr: `increase(${series('deliveries_total', { channel: 'mail', outcome: 'failed' })}[1h]) > 0`,
    for: '0m',
    severity: 'ticket',
    summary: 'An address does not take mails.',
    action: 'The team was told instead. See `hallpass vault deliveries --state failed`, and correct the owner.',
  },
  VaultWebhooksWaiting: {
    expr: `${once(series('delivery_age_seconds', { channel: 'webhook' }))} > 3600`,
    for: '15m',
    severity: 'ticket',
    summary: 'A webhook has not taken a call for an hour.',
    action:
      'Look at its receiver: `hallpass vault deliveries --channel webhook`. After three days, send again with `webhooks replay`.',
  },
  VaultEventsWaiting: {
    expr: `${once(series('events_waiting'))} > 0`,
    for: '15m',
    severity: 'page',
    summary: 'Nobody is told of what happens to connections.',
    action: 'No process delivers: at least one `hallpass vault serve` has to run, and to be unsealed.',
  },
  VaultSweepFailures: {
    expr: `${rateOf('sweep_failures_total')} > 0`,
    for: '30m',
    severity: 'ticket',
    summary: 'A sweep keeps failing.',
    action: 'Look at `vault.sweep_group_failed` in the log.',
  },
  VaultRevealsMany: {
    expr: `${once(series('reveals_last_hour'))} > 10`,
    for: '0m',
    severity: 'page',
    summary: 'Many tokens have been shown within an hour.',
    action: 'See by which key in the history of the connections, and end it with `hallpass vault api-keys remove`.',
  },
  VaultKeyOld: {
    expr: `${once(series('key_age_seconds'))} > 31536000`,
    for: '1d',
    severity: 'ticket',
    summary: 'The sealing key is older than a year.',
    action: 'Run `hallpass vault keys rotate`; nothing is interrupted.',
  },
  VaultKeyRetiring: {
    expr: `${once(series('keys', { status: 'retiring' }))} > 0`,
    for: '1d',
    severity: 'ticket',
    summary: 'A change of keys was not finished.',
    action: 'Run `hallpass vault keys rotate` again: it goes on where it was stopped.',
  },
} as const satisfies Readonly<Record<string, AlertRule>>;

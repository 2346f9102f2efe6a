// This module writes the reference page of the figures of a vault, and of the alerts that come with it.
import { entriesOf, keysOf } from '@hallpass/protocol';
import { alertRules, metricOf, METRIC_PREFIX, metrics } from '@hallpass/vault';
import { code, table } from './markdown.ts';

const scopes = {
  tenant: 'the tenant of the key; every process says the same',
  vault: 'the whole vault; every process says the same',
  process: 'this process',
} as const;

const labelsInWords = (labels: Readonly<Record<string, readonly string[]>> = {}): string =>
  Object.entries(labels)
    .map(([label, values]) => `${code(label)}: ${values.join(', ')}`)
    .join('; ');

export function vaultMetricPage(): string {
  return [
    '# Figures of a vault',
    'Prometheus reads them at `/metrics` of [a vault](../../guide/vault-operations.md), with a key that has the right `operate`. Labels have these values and no others; none names a connection, a person, an app or a tenant. Counters are of one process: add them up. Gauges of a tenant or the vault come from the database: take the greatest.',
    table(
      ['name', 'type', 'counts', 'labels', 'of'],
      keysOf(metrics).map((name) => {
        const { type, help, labels, of } = metricOf(name);
        return [code(`${METRIC_PREFIX}${name}`), type, help, labelsInWords(labels), scopes[of]];
      }),
    ),
    '## Alerts',
    '`hallpass vault alerts` prints these rules for Prometheus.',
    table(
      ['alert', 'severity', 'fires when', 'what to do'],
      entriesOf(alertRules).map(([name, { severity, summary, action, for: time }]) => [
        code(name),
        severity,
        `${summary}${time === '0m' ? '' : ` For ${time}.`}`,
        action,
      ]),
    ),
  ].join('\n\n');
}

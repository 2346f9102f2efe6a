// These are the figures of a vault for Prometheus, as one table: what is written at `/metrics`, the reference, and what
// the rules and the dashboard may name are read from it. Labels have the values that stand here and no others, so their
// number is bounded, and none of them names a connection, a person, an app or a tenant.
import { keysOf } from '@hallpass/protocol';
import { tokenKinds } from '../kinds.ts';
import { holderStates } from '../states.ts';

interface Metric {
  /** A counter begins at 0 with its process, and each process has its own: they are added up. */
  type: 'gauge' | 'counter';
  help: string;
  /** The values that each label may have. */
  labels?: Readonly<Record<string, readonly string[]>>;
  /** A gauge of the tenant whose key asks is counted in the database, so every process says the same. */
  of: 'tenant' | 'vault' | 'process';
}

const channels = ['mail', 'webhook'] as const;

export const metrics = {
  connections: {
    type: 'gauge',
    of: 'tenant',
    help: 'Connections by state and kind. Kinds of which there are none are left out.',
    labels: { state: keysOf(holderStates), kind: [...keysOf(tokenKinds), 'unknown'] },
  },
  connections_ending: {
    type: 'gauge',
    of: 'tenant',
    help: 'Connections that work and end within this time, whether or not they will be extended before.',
    labels: { within: ['1d', '3d', '7d', '14d', '30d'] },
  },
  next_end_seconds: {
    type: 'gauge',
    of: 'tenant',
    help: 'Seconds until the next connection that works ends. Absent where none has an end.',
  },
  looks_due: { type: 'gauge', of: 'tenant', help: 'Connections whose next look is due, and not begun.' },
  look_lag_seconds: {
    type: 'gauge',
    of: 'tenant',
    help: 'Seconds for which the longest has been due. A vault that keeps up stays below the time between two sweeps.',
  },
  deliveries: {
    type: 'gauge',
    of: 'tenant',
    help: 'Mails and webhook calls that wait, and those that were given up in the last ninety days.',
    labels: { channel: channels, state: ['waiting', 'failed'] },
  },
  delivery_age_seconds: {
    type: 'gauge',
    of: 'tenant',
    help: 'Age of the mail or webhook call that waits longest; 0 for none.',
    labels: { channel: channels },
  },
  events_waiting: {
    type: 'gauge',
    of: 'tenant',
    help: 'Events of which no mails and webhook calls were made yet.',
  },
  reveals_last_hour: {
    type: 'gauge',
    of: 'tenant',
    help: 'Tokens that were shown in the last hour.',
  },
  sealed: {
    type: 'gauge',
    of: 'process',
    help: '1 while this process has no master key for the tenant: nothing of it is looked at, used or sent.',
  },
  keys: {
    type: 'gauge',
    of: 'vault',
    help: 'Sealing keys by status: those of the tenant, or those that it shares.',
    labels: { status: ['active', 'retiring'] },
  },
  key_age_seconds: { type: 'gauge', of: 'vault', help: 'Age of the key that seals now.' },
  looks_total: {
    type: 'counter',
    of: 'process',
    help: 'Looks at tokens by this process, of all tenants, by what came of them.',
    labels: { outcome: ['unchanged', 'changed', 'extended', 'derived', 'unanswered', 'doubted'] },
  },
  look_failures_total: {
    type: 'counter',
    of: 'process',
    help: 'Looks that taught nothing: the server gave no answer, asked for fewer calls, or refused the app itself.',
    labels: { reason: ['unanswered', 'throttled', 'app_refused'] },
  },
  renewals_total: {
    type: 'counter',
    of: 'process',
    help: 'Tries to get a new token: for one that can be extended, or for a Page with the token of its person.',
    labels: { way: ['extend', 'derive'], outcome: ['renewed', 'refused', 'unanswered', 'mismatch'] },
  },
  remote_calls_total: {
    type: 'counter',
    of: 'process',
    help: 'Calls to the servers that tokens are for, items of batches counted as calls.',
  },
  sweep_failures_total: {
    type: 'counter',
    of: 'process',
    help: 'Groups of connections that a sweep could not finish. They are taken again.',
  },
  deliveries_total: {
    type: 'counter',
    of: 'process',
    help: 'Mails and webhook calls that this process tried: sent, put off for another try, given up, or no longer needed.',
    labels: { channel: channels, outcome: ['sent', 'retried', 'failed', 'dropped'] },
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;
type CounterName = { [N in MetricName]: (typeof metrics)[N]['type'] extends 'counter' ? N : never }[MetricName];

type LabelsIn<M> = M extends { labels: infer L extends Readonly<Record<string, readonly string[]>> }
  ? { [K in keyof L]: L[K][number] }
  : Record<never, never>;

/** The labels of a metric with one of their values each. */
export type LabelsOf<N extends MetricName> = LabelsIn<(typeof metrics)[N]>;

/** Every name in the output begins so. */
export const PREFIX = 'hallpass_vault_';

/** A metric by its name, with the type of the table instead of its literal values. */
export const metricOf = (name: MetricName): Metric => metrics[name];

/** The sample of a metric: its name, its labels and a value. */
export const sampleOf = (name: MetricName, labels: Readonly<Record<string, string>>, value: number): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${PREFIX}${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
};

/** Every combination of the values of labels. */
function combinations(labels: NonNullable<Metric['labels']>): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (all, [label, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
}

/** Counts what this process does. Every counter is there from the beginning, so that a rate of it is right. */
export class Tally {
  readonly #counts = new Map<CounterName, Map<string, { labels: Record<string, string>; value: number }>>();

  constructor() {
    for (const name of keysOf(metrics)) {
      const { type, labels = {} } = metricOf(name);
      if (type !== 'counter') continue;
      const counts = combinations(labels).map((one) => [JSON.stringify(one), { labels: one, value: 0 }] as const);
      this.#counts.set(name as CounterName, new Map(counts));
    }
  }

  /** Counts so many more. */
  add<N extends CounterName>(name: N, labels: LabelsOf<N>, many = 1): void {
    const { labels: order = {} } = metricOf(name);
    const given: Readonly<Record<string, string>> = labels;
    const key = JSON.stringify(Object.fromEntries(Object.keys(order).map((label) => [label, given[label]])));
    const count = this.#counts.get(name)?.get(key);
    if (count) count.value += many;
  }

  /** The samples of a counter. */
  samples(name: MetricName): string[] {
    const counts = this.#counts.get(name as CounterName)?.values() ?? [];
    return [...counts].map(({ labels, value }) => sampleOf(name, labels, value));
  }
}

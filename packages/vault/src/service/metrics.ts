// Figures for monitoring, in the text format of Prometheus, as the table of metrics describes them.
import { keysOf } from '@hallpass/protocol';
import { type LabelsOf, type MetricName, metricOf, metrics, PREFIX, sampleOf } from '../monitoring/metrics.ts';
import {
  countByStateAndKind,
  countDeliveriesByChannel,
  countDue,
  countEnds,
  countEvents,
  countKeys,
} from '../store/figures/monitoring-counts.ts';
import type { Vault } from '../vault.ts';

const withinDays = { '1d': 1, '3d': 3, '7d': 7, '14d': 14, '30d': 30 } as const satisfies Record<
  LabelsOf<'connections_ending'>['within'],
  number
>;

/** The text of `/metrics`. A sealed vault has figures, too. @throws StorageUnavailable */
export async function metricsText(vault: Vault, tenant: string): Promise<string> {
  const { tally } = vault.parts;
  const gauges = await gaugesOf(vault, tenant);
  const lines = keysOf(metrics).flatMap((name) => {
    const { type, help } = metricOf(name);
    const samples = type === 'counter' ? tally.samples(name) : (gauges.get(name) ?? []);
    return [`# HELP ${PREFIX}${name} ${help}`, `# TYPE ${PREFIX}${name} ${type}`, ...samples];
  });
  return `${lines.join('\n')}\n`;
}

/** The samples of each gauge. */
async function gaugesOf({ parts, sealedBecause }: Vault, tenant: string): Promise<Map<MetricName, string[]>> {
  const { db, keys: ring, world } = parts;
  const sealed = sealedBecause ?? ring.tenantSealedBecause(tenant);
  const q = db.read;
  const now = world.clock.now();
  const [states, ends, looks, events, keys, deliveries] = await Promise.all([
    countByStateAndKind(q, tenant),
    countEnds(q, tenant, now, Object.values(withinDays)),
    countDue(q, tenant, now),
    countEvents(q, tenant, now),
    countKeys(q, ring.ownerFor(tenant)),
    countDeliveriesByChannel(q, tenant),
  ]);
  const age = (since: number | undefined): number => (since === undefined ? 0 : Math.max(0, now - since));
  const gauges = new Map<MetricName, string[]>();
  const put = <N extends MetricName>(name: N, labels: LabelsOf<N>, value: number): void => {
    gauges.set(name, [...(gauges.get(name) ?? []), sampleOf(name, labels, value)]);
  };
  for (const { state, kind, count } of states) put('connections', { state, kind: kind ?? 'unknown' }, count);
  for (const [at, within] of keysOf(withinDays).entries()) put('connections_ending', { within }, ends.within[at] ?? 0);
  if (ends.next !== undefined) put('next_end_seconds', {}, ends.next - now);
  put('looks_due', {}, looks.due);
  put('look_lag_seconds', {}, age(looks.oldest));
  put('events_waiting', {}, events.waiting);
  put('reveals_last_hour', {}, events.reveals);
  put('sealed', {}, sealed === undefined ? 0 : 1);
  for (const status of metrics.keys.labels.status) put('keys', { status }, keys.byStatus[status]);
  put('key_age_seconds', {}, age(keys.activeSince));
  const { channel: channels, state: waits } = metrics.deliveries.labels;
  for (const channel of channels) {
    const of = (state: (typeof waits)[number]) =>
      deliveries.find((one) => one.channel === channel && one.state === state);
    for (const state of waits) put('deliveries', { channel, state }, of(state)?.count ?? 0);
    put('delivery_age_seconds', { channel }, age(of('waiting')?.oldest));
  }
  return gauges;
}

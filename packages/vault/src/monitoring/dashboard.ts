// The dashboard for Grafana that comes with a vault: a table of panels, and the file that is written from it.
import { entriesOf } from '@hallpass/protocol';
import { alertRules, once, rateOf, series } from './alerts.ts';
import { PREFIX } from './metrics.ts';

interface Panel {
  title: string;
  /** Shown behind the sign of a question. */
  description: string;
  type: 'stat' | 'timeseries';
  /** The unit of Grafana. */
  unit: 'short' | 's' | 'cps';
  /** PromQL with the legend of each line. */
  targets: readonly (readonly [expr: string, legend: string])[];
  /** Columns, of 24, and rows. */
  size: readonly [width: number, height: number];
  /** The value from which a stat is red. */
  redFrom?: number;
  stacked?: true;
}

const stat = (title: string, description: string, expr: string, more: Partial<Panel> = {}): Panel => ({
  title,
  description,
  type: 'stat',
  unit: 'short',
  targets: [[expr, title]],
  size: [4, 4],
  ...more,
});

const graph = (title: string, description: string, targets: Panel['targets'], more: Partial<Panel> = {}): Panel => ({
  title,
  description,
  type: 'timeseries',
  unit: 'short',
  targets,
  size: [12, 8],
  ...more,
});

const perConnection = 'state, kind';

const panels: readonly Panel[] = [
  stat('Sealed processes', 'Processes without a master key.', `sum(${series('sealed')})`, { redFrom: 1 }),
  stat('Connections', 'All of them.', `sum(${once(series('connections'), perConnection)})`),
  stat(
    'Need a person',
    'Connections whose person has to log in again.',
    `sum(${once(series('connections', { state: 'needs_person' }), perConnection)})`,
    { redFrom: 1 },
  ),
  stat(
    'End within 7 days',
    'Connections that work and end soon.',
    once(series('connections_ending', { within: '7d' })),
  ),
  stat('Next end', 'The time until a connection ends.', once(series('next_end_seconds')), { unit: 's' }),
  stat('Look lag', 'How long the longest look has been due.', once(series('look_lag_seconds')), {
    unit: 's',
    redFrom: 3600,
  }),
  graph(
    'Connections by state',
    'Those that work, end soon, or have ended.',
    [[`sum by (state) (${once(series('connections'), perConnection)})`, '{{state}}']],
    { stacked: true },
  ),
  graph(
    'Connections by kind',
    'Kinds of tokens.',
    [[`sum by (kind) (${once(series('connections'), perConnection)})`, '{{kind}}']],
    {
      stacked: true,
    },
  ),
  graph('Ends ahead', 'Connections that end within a time.', [
    [once(series('connections_ending'), 'within'), '{{within}}'],
  ]),
  graph(
    'Looks',
    'What came of looks at tokens, per second.',
    [[`sum by (outcome) (rate(${series('looks_total')}[5m]))`, '{{outcome}}']],
    {
      unit: 'cps',
      stacked: true,
    },
  ),
  graph(
    'Looks without an answer',
    'Reasons for which nothing was learnt, per second.',
    [[`sum by (reason) (rate(${series('look_failures_total')}[5m]))`, '{{reason}}']],
    { unit: 'cps' },
  ),
  graph(
    'Renewals',
    'Tries to get a new token, per second.',
    [[`sum by (way, outcome) (rate(${series('renewals_total')}[15m]))`, '{{way}} {{outcome}}']],
    { unit: 'cps' },
  ),
  graph('Due looks', 'Connections whose look is due; a vault that keeps up has few.', [
    [once(series('looks_due')), 'due'],
  ]),
  graph('Calls to servers', 'Per second, over all processes.', [[rateOf('remote_calls_total', {}, '5m'), 'calls']], {
    unit: 'cps',
  }),
  graph(
    'Mails and webhook calls',
    'What came of tries, per second.',
    [[`sum by (channel, outcome) (rate(${series('deliveries_total')}[5m]))`, '{{channel}} {{outcome}}']],
    { unit: 'cps' },
  ),
  graph('Waiting deliveries', 'Mails and webhook calls that wait, and those that were given up.', [
    [once(series('deliveries'), 'channel, state'), '{{channel}} {{state}}'],
  ]),
  graph(
    'Age of what waits',
    'Seconds since the longest waiting one was made.',
    [[once(series('delivery_age_seconds'), 'channel'), '{{channel}}']],
    { unit: 's' },
  ),
  graph('Events not told yet', 'Nobody has made mails and webhook calls of these.', [
    [once(series('events_waiting')), 'events'],
  ]),
  graph(
    'Failed sweeps',
    'Groups of connections that could not be finished, per second.',
    [[rateOf('sweep_failures_total', {}, '5m'), 'groups']],
    { unit: 'cps' },
  ),
  stat('Reveals in an hour', 'Tokens that were shown.', once(series('reveals_last_hour')), { redFrom: 10 }),
  stat('Sealing keys', 'Active and retiring ones.', `sum(${once(series('keys'), 'status')})`),
  stat('Age of the key', 'Since the key that seals now was made.', once(series('key_age_seconds')), { unit: 's' }),
];

const WIDTH = 24;
const datasource = { type: 'prometheus', uid: '${datasource}' };

/** Puts panels one beside the other, and begins a new row where there is no room. */
function placed(): object[] {
  let [x, y, height] = [0, 0, 0];
  return panels.map(({ title, description, type, unit, targets, size: [w, h], redFrom, stacked }, at) => {
    if (x + w > WIDTH) [x, y, height] = [0, y + height, 0];
    const gridPos = { x, y, w, h };
    x += w;
    height = Math.max(height, h);
    const steps = [
      { color: 'green', value: null },
      ...(redFrom === undefined ? [] : [{ color: 'red', value: redFrom }]),
    ];
    return {
      id: at + 1,
      title,
      description,
      type,
      datasource,
      gridPos,
      fieldConfig: {
        defaults: {
          unit,
          min: 0,
          thresholds: { mode: 'absolute', steps },
          ...(stacked && { custom: { fillOpacity: 30, stacking: { mode: 'normal', group: 'A' } } }),
        },
        overrides: [],
      },
      options: type === 'stat' ? { reduceOptions: { calcs: ['lastNotNull'] } } : { legend: { placement: 'bottom' } },
      targets: targets.map(([expr, legendFormat], n) => ({
        refId: String.fromCharCode(65 + n),
        datasource,
        expr,
        legendFormat,
      })),
    };
  });
}

/** The dashboard as JSON that Grafana imports; it asks for the Prometheus to use. */
export function dashboardFile(): string {
  const alerts = entriesOf(alertRules).map(([name]) => name);
  const dashboard = {
    uid: 'hallpass-vault',
    title: 'Hallpass vault',
    description: `Figures of ${PREFIX}*. Alerts: ${alerts.join(', ')}.`,
    tags: ['hallpass'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', hide: 0 }],
    },
    panels: placed(),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

// Lists of a vault as tables for people: apps, deliveries, webhooks, sealing keys, and the events of a connection.
import { isKeyOf, shape } from '@hallpass/protocol';
import { type CallName, eventKinds } from '@hallpass/vault/client';
import { counted, momentInWords, table } from '../printing/print.ts';

type Row = Readonly<Record<string, unknown>>;

interface ListWords {
  /** The field of the answer that holds the list. */
  field: string;
  /** The sentence for an empty list. */
  none: string;
  /** Each column by its head: the field that it shows, or how the row becomes its words. */
  columns: Readonly<Record<string, string | ((row: Row) => string)>>;
}

const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const moment = (value: unknown): string => (typeof value === 'number' ? momentInWords(value) : '');
const texts = shape.listOf(shape.text);
const facts = (value: unknown): string =>
  shape.anyObject(value)
    ? Object.entries(value)
        .filter(([, fact]) => fact !== null && !(Array.isArray(fact) && fact.length === 0))
        .map(([name, fact]) => `${name}=${texts(fact) ? fact.join(',') : String(fact)}`)
        .join(' ')
    : '';

const triesOf = shape.listOf(
  shape.object<{ status?: number | undefined; error?: string | undefined }>({
    status: shape.optional(shape.number),
    error: shape.optional(shape.text),
  }),
);

/** `2 tries, the last one: unreachable` */
function triesInWords(value: unknown): string {
  if (!triesOf(value) || value.length === 0) return '';
  const last = value.at(-1);
  const fault = last?.error ?? (last?.status === undefined ? undefined : String(last.status));
  return `${counted(value.length, 'try', 'tries')}${fault === undefined ? '' : `, the last one: ${fault}`}`;
}

const lists: Readonly<Partial<Record<CallName, ListWords>>> = {
  listApps: {
    field: 'apps',
    none: 'There are no apps. `hallpass vault apps set` adds one.',
    columns: {
      app: 'appId',
      service: 'service',
      secret: ({ hasSecret }) => (hasSecret === true ? 'known' : 'not known'),
      graph: 'graphBase',
      version: 'version',
    },
  },
  listDeliveries: {
    field: 'deliveries',
    none: 'There are no deliveries.',
    columns: {
      created: ({ createdAt }) => moment(createdAt),
      state: 'state',
      channel: 'channel',
      to: 'to',
      event: 'event',
      connection: ({ connectionName, connectionId }) => said(connectionName ?? connectionId),
      tries: ({ tries }) => triesInWords(tries),
    },
  },
  listWebhooks: {
    field: 'webhooks',
    none: 'There are no webhooks. `hallpass vault webhooks add` adds one.',
    columns: {
      id: 'id',
      address: 'url',
      events: ({ events }) => (texts(events) ? events.join(',') : 'all'),
      created: ({ createdAt }) => moment(createdAt),
    },
  },
  listKeys: {
    field: 'keys',
    none: 'There are no keys.',
    columns: {
      id: 'id',
      status: 'status',
      created: ({ createdAt }) => moment(createdAt),
      values: 'values',
    },
  },
  history: {
    field: 'events',
    none: 'Nothing has happened to it yet.',
    columns: {
      time: ({ at }) => moment(at),
      event: 'kind',
      words: ({ kind }) => (typeof kind === 'string' && isKeyOf(eventKinds, kind) ? eventKinds[kind].label : ''),
      facts: (row) => facts(row['facts']),
    },
  },
};

/** The answer of a call as a table; undefined where it is none of these lists. */
export function listInWords(call: CallName, answer: object): string | undefined {
  const list = lists[call];
  const rows = list && shape.anyObject(answer) ? answer[list.field] : undefined;
  if (list === undefined || !shape.listOf(shape.anyObject)(rows)) return undefined;
  if (rows.length === 0) return list.none;
  const columns = Object.entries(list.columns);
  return table(
    rows.map((row) => columns.map(([, cell]) => (typeof cell === 'string' ? said(row[cell]) : cell(row)))),
    columns.map(([head]) => head),
  );
}

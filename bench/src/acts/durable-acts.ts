// This run tells how many durable acts a second one PostgreSQL takes from one node and from two, beside bare rows that
// are written by the same way, and what many listeners change. PostgreSQL, nodes and listeners share the machine.
import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { dropSchema, openListeners } from '../../../packages/db/test/listeners.ts';
import { type Measured, start } from '../child.ts';

export const ACTS_HEADING = '## Durable acts on PostgreSQL';

const CLIENTS = [1, 16, 64];
const NODES = [1, 2];
const LISTENERS = [8, 200];
/** Clients of the rows with listeners. */
const BESIDE_LISTENERS = 16;

interface ActsRow {
  nodes: number;
  clients: number;
  /** Connections that listen for the bell, beside the nodes themselves. */
  listeners: number;
  /** Acts a second. */
  acts: number;
  /** Bare rows a second, in the same turn. */
  rows: number;
  /** Microseconds of processor time of the nodes for an act. */
  cpu: number;
}

interface ActsMeasured {
  rows: ActsRow[];
  load: number;
}

export async function measureActs(milliseconds: number): Promise<ActsMeasured> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('Acts need a database: set DATABASE_URL.');
  const schema = `acts_${process.pid}`;
  const key = randomBytes(32).toString('hex');
  const nodes: Measured[] = [];
  for (const name of ['1', '2']) nodes.push(await start('./acts/acts-node.ts', [url, schema, key, name]));
  const rows: ActsRow[] = [];
  try {
    for (const count of NODES)
      for (const clients of CLIENTS)
        rows.push(await turn(nodes.slice(0, count), { clients, listeners: 0, milliseconds }));
    for (const listeners of LISTENERS) {
      const stop = await openListeners(url, `${schema}.hallpass_feed`, listeners);
      rows.push(await turn(nodes, { clients: BESIDE_LISTENERS, listeners, milliseconds }));
      await stop();
    }
    return { rows, load: loadavg()[0] ?? 0 };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await dropSchema(url, schema);
  }
}

async function turn(
  nodes: readonly Measured[],
  { clients, listeners, milliseconds }: { clients: number; listeners: number; milliseconds: number },
): Promise<ActsRow> {
  const of = async (ask: 'acts' | 'rows'): Promise<{ rate: number; cpu: number }> => {
    const share = Math.max(1, Math.round(clients / nodes.length));
    const began = performance.now();
    const done = await Promise.all(nodes.map((node) => node.ask(ask, { clients: share, milliseconds })));
    const seconds = (performance.now() - began) / 1000;
    const count = done.reduce((sum, one) => sum + Number(one['done']), 0);
    return { rate: count / seconds, cpu: done.reduce((sum, one) => sum + one.cpu, 0) / count };
  };
  process.stderr.write(`${nodes.length} nodes, ${clients} clients, ${listeners} listeners …\n`);
  await of('acts');
  const [rows, acts] = [await of('rows'), await of('acts')];
  return { nodes: nodes.length, clients, listeners, acts: acts.rate, rows: rows.rate, cpu: acts.cpu };
}

const whole = (number: number): string => Math.round(number).toLocaleString('en');

export const actsTable = ({ rows, load }: ActsMeasured): string =>
  [
    '| nodes | clients | listeners | acts/s | bare rows/s | share | processor time of an act |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ nodes, clients, listeners, acts, rows: bare, cpu }) =>
        `| ${nodes} | ${clients} | ${listeners} | ${whole(acts)} | ${whole(bare)} | ${(acts / bare).toFixed(2)} | ${whole(cpu)} µs |`,
    ),
    '',
    `Load of the machine: ${load.toFixed(1)}.`,
  ].join('\n');

/** The part of the page. */
export const actsPart = (measured: ActsMeasured, node: string): string => `${ACTS_HEADING}

An act ends a log-in: an epoch moves on, with its history, a line of the audit trail and a row of the feed, in one transaction that is synced before it is answered. A bare row is one key and one text, written by the same way in the same turn. PostgreSQL, nodes and listeners share the processors. Node ${node}; \`npm run bench -- --acts --write\`.

${actsTable(measured)}
`;

// This run measures sweeps of a vault: how many connections one process looks at in a second, in batches and each by
// itself, with how much memory and how many calls. The server is a function that answers at once, so that the figures
// tell of the vault: SQLite in a file and PostgreSQL, each token opened, each answer looked at, each row written.
import { loadavg } from 'node:os';
import type { Fetch } from '@hallpass/client';
import { createVault, keyFromText } from '@hallpass/vault';
import { type DebugTokenData, Secret } from '@hallpass/protocol';
import { nodeWorld } from '@hallpass/world';
import { filePlace, type Place, postgresPlace } from '../../../packages/db/test/databases.ts';
import { analyzeConnections, holdMany, setApp } from '../../../packages/vault/test/fleet/holder.ts';

export const SWEEP_HEADING = '## Sweeps of a vault';

const START = 1_800_000_000;
const DAY = 86_400;
const base = 'https://graph.example.com';
const app = '17';
const scopes = ['public_profile', 'pages_show_list', 'pages_read_engagement'];

interface Rate {
  name: string;
  /** Connections for each second of the wall, and of processor time. */
  perSecond: number;
  perCpuSecond: number;
  /** HTTP requests, and calls counted by their servers. */
  requests: number;
  calls: number;
  /** Bytes of resident memory at the end, beyond the beginning. */
  memory: number;
}

interface SweepMeasured {
  connections: number;
  rates: Rate[];
  load: number;
}

const granular = (n: string): DebugTokenData['granular_scopes'] => [{ scope: 'pages_show_list', target_ids: [n] }];

const data = (n: string): string =>
  JSON.stringify({
    data: {
      app_id: app,
      type: 'PAGE',
      application: 'Bench',
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: true,
      scopes,
      granular_scopes: granular(n),
      profile_id: n,
      user_id: '1',
    },
  });

const tokenOf = (n: number): string => `EAA${'x'.repeat(160)}n${n}`;
/** Writes the number of a token into an answer that is made once. */
function filled(text: string): (n: string) => string {
  const parts = text.split('NUMBER');
  return (n) => parts.join(n);
}

const answer = filled(data('NUMBER'));
/** An item of a batch. */
const item = filled(JSON.stringify({ code: 200, body: data('NUMBER') }));

/** A server that answers debug_token at once, alone and in batches. @param batches whether it takes any */
function server(batches: boolean): { fetch: Fetch; requests(): number } {
  let requests = 0;
  const fetch: Fetch = async (_url, { body = '' }) => {
    requests++;
    // It is the vault that is measured: the server reads no more of a call than the numbers of the tokens in it.
    const numbers = [...body.matchAll(/xn(\d+)/g)].map(([, n = '']) => n);
    if (!body.includes('batch=')) return new Response(answer(numbers[0] ?? ''));
    if (!batches)
      return new Response('{"error":{"message":"No batches here.","type":"GraphMethodException","code":100}}', {
        status: 400,
      });
    return new Response(`[${numbers.map(item).join(',')}]`);
  };
  return { fetch, requests: () => requests };
}

/** Connections as a first look leaves them, which learns the person behind each token. */
async function fill(parts: Parameters<typeof holdMany>[0], count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const holdings = Array.from({ length: Math.min(500, count - from) }, (_, at) => {
      const n = String(from + at);
      return {
        id: `c${n.padStart(7, '0')}`,
        app,
        token: tokenOf(from + at),
        kind: 'page_long' as const,
        data: {
          is_valid: true,
          type: 'PAGE' as const,
          profile_id: n,
          scopes: [...scopes],
          granular_scopes: granular(n),
        },
      };
    });
    await holdMany(parts, holdings);
    const ids = holdings.map(({ id }) => id);
    await parts.db.act(({ tx }) =>
      tx.updateTable('connections').set({ person_id: '1' }).where('id', 'in', ids).execute(),
    );
  }
}

/** Measures on both databases; PostgreSQL is the one of `DATABASE_URL`. */
export async function measureSweep(connections: number): Promise<SweepMeasured> {
  const rates: Rate[] = [];
  for (const place of [filePlace(), postgresPlace()]) rates.push(...(await measureOn(place, connections)));
  return { connections, rates, load: loadavg()[0] ?? 0 };
}

const databases = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;

async function measureOn(place: Place, connections: number): Promise<Rate[]> {
  const outside = nodeWorld();
  let moment = START;
  const timer = { cancel: () => undefined };
  const world = { ...outside, clock: { now: () => moment, every: () => timer, at: () => timer } };
  const { wall: _wall, ...database } = place.options();
  const source = keyFromText(new Secret(Buffer.alloc(32, 7).toString('base64url')), {
    random: world.random,
    label: 'bench',
  });
  const rates: Rate[] = [];
  for (const [name, batches] of [
    ['in batches of 50', true],
    ['each by itself', false],
  ] as const) {
    const { fetch, requests } = server(batches);
    const vault = await createVault({ database, masterKey: source, world, fetch });
    if (rates.length === 0) {
      await setApp(vault.parts, base, app, 's'.repeat(32));
      await fill(vault.parts, connections);
      await analyzeConnections(vault.parts);
    }
    moment += 2 * DAY;
    global.gc?.();
    const before = process.memoryUsage().rss;
    const cpu = process.cpuUsage();
    const began = performance.now();
    const { looked, calls, failed } = await vault.sweeper({ lanes: 2 }).sweep();
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    if (looked < connections || failed > 0)
      throw new Error(`${looked} of ${connections} were looked at, ${failed} groups failed`);
    const memory = process.memoryUsage().rss - before;
    rates.push({
      name: `${databases[place.kind]}, ${name}`,
      perSecond: looked / seconds,
      perCpuSecond: (looked / (user + system)) * 1e6,
      requests: requests(),
      calls,
      memory,
    });
    await vault.close();
  }
  await place.remove();
  return rates;
}

const round = (number: number): string => Math.round(number).toLocaleString('en');

export const sweepTable = ({ connections, rates, load }: SweepMeasured): string =>
  [
    `| ${round(connections)} connections | in a second | in a second of processor time | requests | calls | memory |`,
    '|---|---|---|---|---|---|',
    ...rates.map(
      ({ name, perSecond, perCpuSecond, requests, calls, memory }) =>
        `| ${name} | ${round(perSecond)} | ${round(perCpuSecond)} | ${round(requests)} | ${round(calls)} | ${round(memory / 1e6)} MB |`,
    ),
    '',
    `Load of the machine, of everything that ran on it: ${load.toFixed(1)}.`,
  ].join('\n');

/** The part of the page. */
export const sweepPart = (measured: SweepMeasured, node: string): string => `${SWEEP_HEADING}

Made by \`npm run bench -- --sweep --write\` on Node ${node} with two shared cores: one process, SQLite in a file and PostgreSQL on the same machine, a server that answers at once.
Each token is opened and inspected, each answer compared with what was known, each row written with its next moment. The processor time is that
of the process alone, without PostgreSQL's. Memory is what the process grew by.

${sweepTable(measured)}
`;

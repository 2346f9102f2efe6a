// This run measures what the clock and the faults of an emulator cost: a year of time with ten thousand people in the
// world, and a call where no fault is ordered, beside one where faults are ordered that do not fit it.
import { loadavg } from 'node:os';
import { createEmulator, type NewFaultOrder, readSeed } from '@hallpass/emulator';

export const EMULATOR_HEADING = '## Clock and faults of an emulator';

const PEOPLE = 10_000;
const YEAR = 365 * 86_400;
const ROUNDS = 12;
const CALLS = 1000;

interface EmulatorCost {
  /** Milliseconds. */
  year: { wall: number; processor: number };
  /** Microseconds of processor time for each call, the fastest round. */
  calls: Record<'without' | 'afterwards' | 'elsewhere', number>;
  load: number;
}

/** Milliseconds of processor time so far. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export async function measureEmulator(): Promise<EmulatorCost> {
  return { year: await measureYear(), calls: await measureCalls(), load: loadavg()[0] ?? 0 };
}

/** Everybody has an app, so that the year holds what ends for each of them. */
async function measureYear(): Promise<EmulatorCost['year']> {
  const each = (line: (at: number) => string): string => Array.from({ length: PEOPLE }, (_, at) => line(at)).join('');
  const seed = await readSeed(
    `name: many
at: 2026-01-01T00:00:00Z
people:
${each((at) => `  - { key: p${at}, name: Person ${at}, email: p${at}@example.com, password: correct-horse }\n`)}apps:
  - { key: shop, name: Shop, mode: live }
grants:
${each((at) => `  - { person: p${at}, app: shop, permissions: [email] }\n`)}`,
    'many.yaml',
  );
  const emulator = await createEmulator({ seed });
  const [began, before] = [performance.now(), processorTime()];
  await emulator.worlds.main.moves.during(() => emulator.clock.advance(YEAR));
  const year = { wall: performance.now() - began, processor: processorTime() - before };
  await emulator.close();
  return year;
}

/** Orders that no call of this run fits. */
const elsewhere: readonly NewFaultOrder[] = [
  { step: 'graph.authorised', error: 'server.away', path: 'somewhere/else' },
  { connection: { name: 'latency', attributes: { latency: 1000, jitter: 0 } }, path: 'somewhere/else' },
  { tokens: { length: 1000 }, app: '1' },
];

async function measureCalls(): Promise<EmulatorCost['calls']> {
  const emulator = await createEmulator();
  const [app] = emulator.seed.world.apps;
  const ask = () =>
    emulator.handle({
      method: 'GET',
      host: 'localhost',
      scheme: 'http',
      path: '/v25.0/app',
      query: `access_token=${app?.id}%7C${app?.secret}`,
      headers: { host: 'localhost' },
      body: new Uint8Array(0),
      address: '127.0.0.1',
    });
  const round = async (): Promise<number> => {
    const before = processorTime();
    for (let call = 0; call < CALLS; call++) await ask();
    return ((processorTime() - before) * 1000) / CALLS;
  };
  const times: Record<keyof EmulatorCost['calls'], number[]> = { without: [], elsewhere: [], afterwards: [] };
  // The first ones warm up what all use.
  for (let at = 0; at < 3; at++) await round();
  for (let at = 0; at < ROUNDS; at++) {
    times.without.push(await round());
    for (const order of elsewhere) emulator.faults.add(order);
    times.elsewhere.push(await round());
    emulator.faults.clear();
    times.afterwards.push(await round());
  }
  await emulator.close();
  const { without, elsewhere: ordered, afterwards } = times;
  return { without: Math.min(...without), elsewhere: Math.min(...ordered), afterwards: Math.min(...afterwards) };
}

export function emulatorTable({ year, calls, load }: EmulatorCost): string {
  const times = (value: number): string => `${value.toFixed(1)} µs, ${(value / calls.without).toFixed(2)} times`;
  return [
    '| what | value |',
    '|---|---|',
    `| a year of clock with ${PEOPLE.toLocaleString('en')} people | ${year.processor.toFixed(0)} ms of processor time, ${year.wall.toFixed(0)} ms |`,
    `| a call, no fault is ordered | ${calls.without.toFixed(1)} µs |`,
    `| a call, faults were ordered and cleared | ${times(calls.afterwards)} |`,
    `| a call, three faults are ordered for other calls | ${times(calls.elsewhere)} |`,
    `| load of the machine, of everything that ran on it | ${load.toFixed(1)} |`,
  ].join('\n');
}

/** The part of the page. */
export const emulatorPart = (measured: EmulatorCost, node: string): string => `${EMULATOR_HEADING}

Made by \`npm run bench -- --emulator --write\` on Node ${node} with two shared cores. Each of the people has given an app access, which
ends in that year, and everything that runs by itself has run, in order. Calls are made without a socket; each figure is the fastest of
${ROUNDS} rounds, in turns.

${emulatorTable(measured)}
`;

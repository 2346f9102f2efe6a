// This run measures what worlds of an emulator cost: making, resetting, keeping and putting one back, and the memory of two
// hundred in each of which somebody has logged in.
import { createEmulator } from '@hallpass/emulator';

export const WORLDS_HEADING = '## Worlds of an emulator';

const WORLDS = 200;
const ROUNDS = 50;

interface WorldsMeasured {
  /** Milliseconds of processor time, and of the wall. */
  acts: { name: string; cpu: number; wall: number }[];
  /** Bytes of resident memory beyond the first world. */
  memory: number;
  /** Bytes of the image of the demo world. */
  image: number;
}

async function timed(name: string, rounds: number, act: (round: number) => Promise<unknown>) {
  const walls: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await act(round);
    walls.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  const wall = walls.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  return { name, cpu: (user + system) / 1000 / rounds, wall };
}

export async function measureWorlds(): Promise<WorldsMeasured> {
  const emulator = await createEmulator();
  for (let round = 0; round < 10; round++) await emulator.reset();
  const snapshot = await emulator.snapshot();
  const acts = [
    await timed('reset', ROUNDS, () => emulator.reset()),
    await timed('snapshot', ROUNDS, () => emulator.snapshot()),
    await timed('restore', ROUNDS, () => emulator.restore(snapshot)),
  ];
  global.gc?.();
  const before = process.memoryUsage().rss;
  acts.push(await timed('create', WORLDS, (round) => emulator.worlds.create(`bench-${round}`)));
  for (const world of emulator.worlds.list()) await world.people.get('Ana').accessToken({ scope: 'email' });
  global.gc?.();
  const memory = process.memoryUsage().rss - before;
  await emulator.close();
  return { acts, memory, image: snapshot.image.bytes.length };
}

export const worldsTable = ({ acts, memory, image }: WorldsMeasured): string =>
  [
    '| what | processor time | median |',
    '|---|---|---|',
    ...acts.map(({ name, cpu, wall }) => `| ${name} | ${cpu.toFixed(1)} ms | ${wall.toFixed(1)} ms |`),
    '',
    '| what | value |',
    '|---|---|',
    `| memory of ${WORLDS} worlds beyond the first, somebody logged in to an app in each | ${(memory / 1e6).toFixed(0)} MB |`,
    `| the demo world as an image | ${(image / 1e3).toFixed(0)} kB |`,
  ].join('\n');

/** Makes the part of the page. */
export const worldsPart = (measured: WorldsMeasured, node: string): string => `${WORLDS_HEADING}

Made by \`npm run bench -- --worlds --write\` on Node ${node} with two shared cores, with the demo world. The processor time is the mean of one act; the
median is of the wall, and grows with whatever else the machine does.

${worldsTable(measured)}
`;

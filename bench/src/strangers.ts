// This run is a hundred thousand strangers: requests of nobody at every door, each from a network of its own, in
// process. What counts is that the database stays as small as it is, and that nothing fails on our side.
import {
  knockEverywhere,
  type LeftByStrangers,
  MOST_BYTES,
  mostRows,
  worldOfStrangers,
} from '../../packages/server/test/strangers/strangers-run.ts';

export const STRANGERS_HEADING = '## A hundred thousand strangers';

interface StrangersMeasured extends LeftByStrangers {
  seconds: number;
}

/** @throws Error where more stays than may, so that no page says otherwise */
export async function measureStrangers(requests: number): Promise<StrangersMeasured> {
  const world = await worldOfStrangers();
  const began = performance.now();
  const left = await knockEverywhere(world, requests);
  const seconds = (performance.now() - began) / 1000;
  await world.close();
  const over = [...left.rows].filter(([table, rows]) => rows > (mostRows[table] ?? 0));
  if (over.length > 0 || left.bytes > MOST_BYTES)
    throw new Error(`More stays than may: ${JSON.stringify(over)}, ${left.bytes} bytes`);
  return { ...left, seconds };
}

export function strangersTable({ requests, doors, statuses, rows, bytes, seconds }: StrangersMeasured): string {
  const of = (digit: number): string =>
    [...statuses]
      .filter(([status]) => Math.floor(status / 100) === digit)
      .reduce((sum, [, count]) => sum + count, 0)
      .toLocaleString('en');
  return [
    '| what | value |',
    '|---|---|',
    `| requests, at so many doors | ${requests.toLocaleString('en')}, ${doors} |`,
    `| answers | ${of(2)} 2xx, ${of(3)} 3xx, ${of(4)} 4xx, ${of(5)} 5xx |`,
    `| time | ${seconds.toFixed(0)} s |`,
    `| the database is larger by | ${(bytes / 1e6).toFixed(1)} MB |`,
    ...[...rows].map(
      ([table, more]) =>
        `| rows more in \`${table}\` | ${more.toLocaleString('en')} (at most ${(mostRows[table] ?? 0).toLocaleString('en')}) |`,
    ),
  ].join('\n');
}

/** The part of the page. */
export const strangersPart = (measured: StrangersMeasured, node: string): string => `${STRANGERS_HEADING}

Made by \`npm run bench -- --strangers --write\` on Node ${node} with two shared cores: requests without a credential of their own, each from a
network of its own, to every page, form, endpoint and edge in turns, in one process with SQLite in memory. A 503 is an answer to too
many at once; any other 5xx fails the run, and so does more in the database than may stay.

${strangersTable(measured)}
`;

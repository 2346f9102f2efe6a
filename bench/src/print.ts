// This module prints the figures as a table, and as a page of the guide.
import type { BuiltStart } from './built-start.ts';
import type { Grown } from './growth.ts';
import type { Row } from './measure.ts';
import type { Step } from './profile.ts';

interface Facts {
  /** Undefined where only some rows were measured. */
  started: BuiltStart | undefined;
  /** Resident bytes of the measured process after all rows. */
  loaded: number;
  node: string;
}

const aimOf = ({ aim, most }: Row): string =>
  aim !== undefined ? `share ≥ ${aim}` : most !== undefined ? `times ≤ ${most}` : '–';

const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const startLines = ({ ready, node, idle }: BuiltStart): string[] => [
  `| \`hallpass serve\` from the built packages: start of the process to ready | ${ready.toFixed(0)} ms (Node.js alone: ${node.toFixed(0)} ms) |`,
  `| its memory when nobody calls | ${mb(idle)} |`,
];

export function table(rows: readonly Row[], facts: Facts, grown: readonly Grown[], steps: readonly Step[]): string {
  const lines = [
    '| call | share of bare | CPU µs per call | bare CPU µs | times bare | aim | p50 ms | p99 ms | refused |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.share.toFixed(2)} | ${row.cpu.toFixed(0)} | ${row.bareCpu.toFixed(0)} | ${(row.cpu / row.bareCpu).toFixed(1)} | ${aimOf(row)} | ${row.p50.toFixed(2)} | ${row.p99.toFixed(2)} | ${row.refused} |`,
    ),
    '',
    '| what | value |',
    '|---|---|',
    ...(facts.started ? startLines(facts.started) : []),
    `| memory of the measured process, from its sources, after the load of all rows | ${mb(facts.loaded)} |`,
  ];
  if (grown.length > 0) {
    lines.push('', '| live grants | CPU µs per `/me` | memory |', '|---|---|---|');
    for (const one of grown)
      lines.push(`| ${one.grants.toLocaleString('en')} | ${one.cpu.toFixed(0)} | ${mb(one.rss)} |`);
  }
  if (steps.length > 0) {
    lines.push('', '| step of `debug_token`, without the socket | µs |', '|---|---|');
    for (const { step, micros } of steps) lines.push(`| ${step} | ${micros.toFixed(1)} |`);
  }
  return lines.join('\n');
}

export const page = (
  rows: readonly Row[],
  facts: Facts,
  grown: readonly Grown[],
  steps: readonly Step[],
): string => `# Speed

Made by \`npm run bench -- --growth --write\` on Node ${facts.node} with two shared cores. One process, everything on: authorisation,
liveness, audit, log, SQLite with synced writes. Each row is taken in turns with a bare \`node:http\` server that answers the same
bytes to the same kind of request; read the share and the processor time, not calls per second. On a shared machine the figures of
one row differ by a third from run to run, also those of the bare server.

${table(rows, facts, grown, steps)}
`;

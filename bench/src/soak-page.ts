// This module writes the figures of the soak as a table, and as a part of the page about speed.
import type { Memory, Soaked } from './soak.ts';

export const SOAK_HEADING = '## A minute of everything';
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const each = (memory: readonly Memory[], what: keyof Memory) => memory.map((one) => mb(one[what])).join(', ');

export function soakTable({ seconds, answers, unanswered, memory, load, longestHealth, medianHealth }: Soaked): string {
  const all = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const shares = ['2xx', '3xx', '4xx']
    .map((status) => `${(answers[status] ?? 0).toLocaleString('en')} ${status}`)
    .join(', ');
  return [
    '| what | value |',
    '|---|---|',
    `| answers in ${seconds} seconds | ${all.toLocaleString('en')} (${shares}) |`,
    `| 5xx | ${answers['5xx'] ?? 0} |`,
    `| connections that ended without an answer | ${unanswered} |`,
    `| reachable objects and buffers: before, after half, after all | ${each(memory, 'live')} |`,
    `| resident memory: before, after half, after all | ${each(memory, 'resident')} |`,
    `| load of the machine, of everything that ran on it | ${load.toFixed(1)} |`,
    `| wait for \`/_/health\`: median, longest | ${medianHealth.toFixed(0)} ms, ${longestHealth.toFixed(0)} ms |`,
  ].join('\n');
}

/** The part of the page. */
export const soakPart = (soaked: Soaked, node: string): string => `${SOAK_HEADING}

Made by \`npm run bench -- --soak --write\` on Node ${node} with two shared cores: ${soaked.seconds} seconds of everyday calls and hostile ones in turns
(batches that walk through whole answers, fields that multiply, forged cursors, broken JSON, forms, cookies and dialogs) on 32
connections, from a client on the same machine. Meanwhile one more connection asks for \`/_/health\` every 50 ms.
Garbage is collected before memory is read. Reachable memory grows by tokens and facts that are remembered, up to a bound; most of them are there after half of the time.
Resident memory rises once, to the most that was needed at one moment, and stays there, because the allocator keeps pages for later. A question for the health waits behind those of the 32
connections that came before it, each with at most 80 ms of work, and is slower the more else the machine does.

${soakTable(soaked)}
`;

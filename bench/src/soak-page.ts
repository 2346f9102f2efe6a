// The figures of the soak as a table, and as the last part of the page about speed, which the other figures leave as it
// is.
import type { Soaked } from './soak.ts';

const HEADING = '## A minute of everything';
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

export function soakTable({
  seconds,
  answers,
  unanswered,
  memoryBefore,
  memoryAfter,
  longestHealth,
  medianHealth,
}: Soaked): string {
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
    `| memory before and after | ${mb(memoryBefore)}, ${mb(memoryAfter)} |`,
    `| wait for \`/_/health\`: median, longest | ${medianHealth.toFixed(0)} ms, ${longestHealth.toFixed(0)} ms |`,
  ].join('\n');
}

/** The part of the page. */
export const soakPart = (soaked: Soaked, node: string): string => `${HEADING}

Made by \`npm run bench -- --soak --write\` on Node ${node} with two shared cores: ${soaked.seconds} seconds of everyday calls and hostile ones in turns
(batches that walk through whole answers, fields that multiply, forged cursors, broken JSON, forms, cookies and dialogs) on 32
connections, from a client on the same machine. Meanwhile one more connection asks for \`/_/health\` every 50 ms.

${soakTable(soaked)}
`;

/** That part of a page as it stands; empty where there is none. */
export function soakPartOf(page: string): string {
  const at = page.indexOf(HEADING);
  return at < 0 ? '' : page.slice(at);
}

/** The page with that part at its end. */
export function withSoak(page: string, part: string): string {
  const rest = page.slice(0, page.length - soakPartOf(page).length).trimEnd();
  return part === '' ? `${rest}\n` : `${rest}\n\n${part}`;
}

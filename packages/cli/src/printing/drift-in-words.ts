// The answers of a recording beside ours, for a person.
import type { ComparedCall, Difference } from '@hallpass/emulator';
import { table } from './print.ts';

export function driftInWords(calls: readonly ComparedCall[], cut: boolean): string {
  const differing = calls.filter(({ differences }) => differences.length > 0);
  const skipped = calls.flatMap((call) => call.skipped ?? []);
  const lines = differing.flatMap(({ method, path, status, differences }) => [
    `${method} ${path}  ${status.recorded}`,
    table(differences.map(rowOf)).replace(/^/gm, '  '),
    '',
  ]);
  const count = `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}`;
  lines.push(
    differing.length === 0
      ? `${count}, and none is answered differently.`
      : `${count}, ${differing.length} answered differently.`,
  );
  for (const [reason, group] of Map.groupBy(skipped, (one) => one))
    lines.push(`${group.length} not compared: ${reason}.`);
  if (cut) lines.push('The recording was cut: there were more calls than it holds.');
  return lines.join('\n');
}

function rowOf({ path, what, recorded = '', ours = '' }: Difference): string[] {
  const place = path === '' ? 'the answer' : path;
  if (what === 'missing') return [place, `only in the recording (${recorded})`];
  if (what === 'more') return [place, `only here (${ours})`];
  return [what === 'status' ? 'status' : place, `recorded: ${recorded}`, `here: ${ours}`];
}

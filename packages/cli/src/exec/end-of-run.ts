// The end of `hallpass exec`: says what was asked, and ends as the command did.
import { CommandExit } from '../exit.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { ExecRequest } from './exec-request.ts';
import type { SessionEnd } from './session.ts';
import type { ExecFacts } from './summary.ts';

/** @throws CommandExit always, with the end of the command */
export async function endRun(
  { command, record, summary: print }: ExecRequest,
  ended: SessionEnd & Pick<ExecFacts, 'mode' | 'notes'>,
  outside: Outside,
): Promise<never> {
  const notes = [...ended.notes];
  if (ended.killed) notes.push("The command didn't stop within ten seconds and was killed.");
  if (ended.fault !== undefined)
    notes.push(
      `The world couldn't be opened: ${ended.fault instanceof Error ? ended.fault.message : 'unexpected error'}`,
    );
  // A run inside another one has nothing to tell.
  const silent = print === 'none' || (print === 'words' && ended.mode === 'nested' && notes.length === 0);
  if (!silent) {
    const { summary, summaryLine } = await import('./summary.ts');
    const facts: ExecFacts = { ...ended, notes, command, recorded: record !== undefined };
    outside.err(print === 'json' ? summaryLine(facts) : summary(facts));
  }
  throw new CommandExit(ended.code, ended.signal);
}

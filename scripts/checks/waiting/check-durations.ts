// Guard: no test asserts how long something took by a clock that runs, so that none fails because the machine is busy.
import { isTest, sourceFiles, type TextFile } from '../../guards/files.ts';
import { type Finding, lineAt, report } from '../../guards/guard.ts';
import { layers } from '../../guards/lexer.ts';

const reasons = {
  measured:
    'A test that measures fails on a busy machine. Count what is done (statements, rows, hashes, calls), move the clock or the wall that the test hands over, or use `mustGrowLinearly` and `mustTakeLessThan` of packages/protocol/test/processor-time.ts where nothing but time shows it; figures of speed are made in bench. A file that must read a clock that runs is named in the table of this guard with the reason.',
  bounded:
    'How long something took has no upper bound in a test: on a busy machine it takes longer. Assert what it did, or name the file in the table of this guard with the reason.',
  moment:
    'The moment of an assertion is later on a busy machine. Compare with a clock that stands still, or name the file in the table of this guard with the reason why its margin is never used up.',
};

/** These tests read a clock that measures, with the reason. */
export const mayMeasure: Readonly<Record<string, string>> = {
  'packages/protocol/test/processor-time.ts':
    'It is the one place that measures for all tests: processor time, in turns, the quickest of many tries.',
  'packages/db/test/tables.ts': 'It hands real time to the database, and asserts nothing of it.',
  'packages/server/test/threats/threats-tb.test.ts':
    'Two kinds of guesses are told apart by their times or are not, whatever the times are; a leak shows in all of ten runs.',
  'packages/emulator/test/faults-by-name.test.ts':
    'A fault makes an answer late: it may come later than that, and only too early is wrong.',
  'e2e/apps/app-lists.test.ts': 'It prints how long a person waits, and asserts nothing of it.',
  'e2e/console/business-lists.test.ts': 'It prints how long a person waits, and asserts nothing of it.',
};

/** These tests compare with the time of this machine, with the reason why no busy machine uses up their margin. */
export const mayCompare: Readonly<Record<string, string>> = {
  'packages/cli/test/exec/exec-worlds.test.ts': 'The clock of a program is sixty days ahead; the margin is a day.',
  'packages/cli/test/emulator/orders.test.ts': 'What is further ahead than sixty days only gets further ahead.',
  'packages/cli/test/login.test.ts': 'The margin is a day of sixty.',
  'packages/emulator/test/worlds.test.ts': 'The clock that is compared was read before that of this machine.',
};

const measuring =
  /\bperformance\s*\.\s*(?:now|mark|measure|timeOrigin|timerify)\b|\bprocess\s*\.\s*(?:hrtime|cpuUsage|threadCpuUsage|uptime)\b|\bconsole\s*\.\s*time\w*\b/g;
/** An assertion about a value, up to the end of its statement; one about an act may hand a moment over. */
const assertion = /\bassert(?:\.(?!rejects|doesNotReject|throws|doesNotThrow)\w+)?\((?:(?!;\n)[^])*?;\n/g;
const upperBound =
  /\b(?:ms|took|elapsed|duration|micros|millis\w*)\b\s*\)?\s*<|>=?\s*\w*\.?\b(?:ms|took|elapsed|duration)\b/;
const moment = /\bDate\s*\.\s*now\b|\bnew\s+Date\(\s*\)|\bwall\.ms\(\)\s*[-<>]|[-<>]=?\s*(?:\w+\.)*wall\.ms\(\)/;

export function findings(files: readonly TextFile[]): Finding[] {
  return files
    .filter(({ path }) => isTest(path) && !path.startsWith('bench/'))
    .flatMap(({ path, text }) => {
      const { code } = layers(text);
      const found = (match: RegExpMatchArray, because: string): Finding => ({
        path,
        line: lineAt(text, match.index ?? 0),
        what: match[0].split('\n')[0] ?? '',
        because,
      });
      const assertions = [...code.matchAll(assertion)];
      return [
        ...(path in mayMeasure ? [] : [...code.matchAll(measuring)].map((match) => found(match, reasons.measured))),
        ...(path in mayMeasure
          ? []
          : assertions.filter((match) => upperBound.test(match[0])).map((match) => found(match, reasons.bounded))),
        ...(path in mayCompare
          ? []
          : assertions.filter((match) => moment.test(match[0])).map((match) => found(match, reasons.moment))),
      ];
    });
}

if (import.meta.main) report('durations', findings(sourceFiles()));

// Guard: no test waits for time to pass, and none compares a clock that runs with itself a moment later.
import { isTest, sourceFiles, type TextFile } from '../../guards/files.ts';
import { type Finding, lineAt, report } from '../../guards/guard.ts';
import { layers } from '../../guards/lexer.ts';

const reasons = {
  sleep:
    'A test that sleeps is too slow on a quiet machine and too quick on a busy one: wait for what happens (an event, an answer, `idle()`), or name the file in the table of this guard with the reason.',
  clock:
    'The clock of an emulator runs: what is equal to it now may not be equal a second later. Freeze it first (`clock.freeze(true)`), or compare with the moments before and after.',
};

/** These tests wait for time to pass, with the reason. */
const mayWait: Readonly<Record<string, string>> = {
  'conformance/src/stage/page.ts': 'It hands the timers of a browser to the scripts of a page.',
  'packages/server/test/threats/threats-passwords.db.test.ts':
    'It lets more and more time pass between two acts, to find the moment at which they could meet.',
};

/** Tests in these places meet the clock of an emulator; in others the clock stands still until a test moves it. */
const ofEmulators = /^(?:packages\/(?:emulator|cli)\/test|e2e|conformance\/clients)\//;

const sleep = /\bsetTimeout\s*\(/g;
/** An assertion of equality up to the end of its statement. */
const equality = /\bassert\.(?:equal|strictEqual|deepEqual|deepStrictEqual)\((?:(?!;\n)[^])*?;\n/g;
const running = /\bclock\.now\(\)|\bDate\.now\(\)/;
const frozen = /\bfreeze\b|\bfrozen: true\b|\bclock\.set\(/;

export function findings(files: readonly TextFile[]): Finding[] {
  return files
    .filter(({ path }) => isTest(path) && !path.startsWith('bench/'))
    .flatMap(({ path, text }) => {
      const { code, bare } = layers(text);
      const found = (match: RegExpMatchArray, because: string): Finding => ({
        path,
        line: lineAt(text, match.index ?? 0),
        what: match[0].split('\n')[0] ?? '',
        because,
      });
      return [
        ...(path in mayWait ? [] : [...code.matchAll(sleep)].map((match) => found(match, reasons.sleep))),
        ...(ofEmulators.test(path)
          ? [...bare.matchAll(equality)]
              .filter((match) => running.test(match[0]) && !frozen.test(bare.slice(0, match.index)))
              .map((match) => found(match, reasons.clock))
          : []),
      ];
    });
}

if (import.meta.main) report('waiting', findings(sourceFiles()));

// The report of a check as JUnit writes results of tests, so that CI systems show it: a story is a suite, a condition a
// test.
import type { CheckModule, CheckReport, Condition } from '@hallpass/emulator/check';

export function junitOf({ command, modules, ms }: CheckReport): string {
  const tests = modules.reduce((sum, { conditions }) => sum + Math.max(1, conditions.length), 0);
  const failures = modules.reduce((sum, { conditions }) => sum + conditions.filter(({ met }) => !met).length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${text(`hallpass check -- ${command.join(' ')}`)}" tests="${tests}" failures="${failures}" time="${ms / 1000}">`,
    ...modules.map(suiteOf),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(module: CheckModule): string {
  const { story, conditions, reason, state, after } = module;
  const failures = conditions.filter(({ met }) => !met).length;
  const skipped = conditions.length === 0 ? 1 : 0;
  const cases =
    conditions.length === 0
      ? [
          `<testcase classname="${text(story)}" name="${text(story)}"><skipped message="${text(reason ?? state)}"/></testcase>`,
        ]
      : conditions.map((condition) => caseOf(module, condition));
  return `<testsuite name="${text(story)}" tests="${Math.max(1, conditions.length)}" failures="${failures}" skipped="${skipped}" time="${(after?.ms ?? 0) / 1000}">\n${cases.join('\n')}\n</testsuite>`;
}

function caseOf(
  { story, doc, expect, output }: CheckModule,
  { rule, severity, words, met, seen, link }: Condition,
): string {
  const head = `<testcase classname="${text(story)}" name="${text(`${rule}: ${words}`)}"`;
  if (met) return `${head}/>`;
  const body = [doc, seen ?? '', `A good app: ${expect}`, link, output].join('\n');
  return `${head}><failure type="${severity}" message="${text(seen ?? '')}">${text(body)}</failure></testcase>`;
}

/** Letters that XML does not allow are left out; a quotation mark ends an attribute. */
const text = (value: string): string =>
  value
    // oxlint-disable-next-line no-control-regex -- these are what is left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

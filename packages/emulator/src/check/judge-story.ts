// Judges the runs of a command around one story by the rules.
import { answerOf, type CheckedStory, type CheckedRun, isTransient } from './checked.ts';
import { checkRules, type CheckRule } from './check-rules.ts';
import type { CheckModule, Condition, ModuleState, RunFacts } from './check-report.ts';
import { withoutCredentials } from './credentials.ts';

/** So much of the output is shown, from its end. */
const SHOWN_OUTPUT = 2000;

/** @param did the acts of the story, in words */
export function judgeStory(given: CheckedStory, did: string[]): CheckModule {
  const credentials = [...new Set([...given.credentials, ...tokensOf(given)])];
  const checked = { ...given, credentials };
  const { card, before, after, later } = checked;
  const { story, doc, answer, expect, strikes, leaves } = card;
  const conditions = conditionsOf(checked);
  return {
    ...{ story, doc, answer, expect, strikes, leaves },
    state: stateOf(checked, conditions),
    reason: undefined,
    did,
    before: factsOf(before),
    after: factsOf(after),
    later: later && factsOf(later),
    conditions,
    output: withoutCredentials(after.output, credentials).slice(-SHOWN_OUTPUT),
  };
}

/** Tokens that the command got by itself, or had in a file. */
const tokensOf = ({ before, after, later }: CheckedStory): string[] =>
  [before, after, later].flatMap((run) => run?.calls.flatMap(({ token }) => token ?? []) ?? []);

/** A story that could not be looked at. */
export function notChecked(
  { story, doc, answer, expect, strikes, leaves }: CheckedStory['card'],
  reason: string,
  before?: { run: CheckedRun; credentials: readonly string[] },
): CheckModule {
  return {
    ...{ story, doc, answer, expect, strikes, leaves },
    state: 'unchecked',
    reason,
    did: [],
    before: before && factsOf(before.run),
    after: undefined,
    later: undefined,
    conditions: [],
    output: before ? withoutCredentials(before.run.output, before.credentials).slice(-SHOWN_OUTPUT) : '',
  };
}

function conditionsOf(checked: CheckedStory): Condition[] {
  const { story, leaves } = checked.card;
  const rules: [string, CheckRule][] = Object.entries(checkRules);
  return rules.flatMap(([rule, { severity, words, broken, ...about }]) => {
    const everywhere = about.leaves === undefined && about.stories === undefined;
    if (!everywhere && !about.leaves?.includes(leaves) && !about.stories?.includes(story)) return [];
    const seen = broken(checked);
    return [{ rule, severity, words, met: seen === undefined, seen, link: linkOf(rule) }];
  });
}

/** The words about a rule, below the root of the repository. */
const linkOf = (rule: string): string => `docs/reference/emulator/check-rules.md#${rule}`;

function stateOf({ card, before, after }: CheckedStory, conditions: readonly Condition[]): ModuleState {
  const broken = conditions.filter(({ met }) => !met);
  if (broken.some(({ severity }) => severity !== 'warning')) return 'failed';
  if (broken.length > 0) return 'warned';
  return isTouched(card.leaves, before, after) ? 'passed' : 'untouched';
}

/**
 * Tells whether the story changed an answer that the command had; where it need not change one, whether the command called
 * at all, or said something else than before.
 */
function isTouched(leaves: CheckedStory['card']['leaves'], before: CheckedRun, { calls, output }: CheckedRun): boolean {
  if (leaves === 'less' || leaves === 'turning') return calls.length > 0 || output !== before.output;
  return calls.some((call) => call.error !== undefined || isTransient(call));
}

function factsOf({ code, signal, timedOut, ms, calls }: CheckedRun): RunFacts {
  const asked = new Map<string, RunFacts['asked'][number]>();
  for (const call of calls) {
    const row = { call: call.name, answer: answerOf(call), times: 0 };
    const key = `${row.call} ${row.answer}`;
    asked.set(key, { ...row, times: (asked.get(key)?.times ?? 0) + 1 });
  }
  const exit = timedOut ? 'did not end' : signal === undefined ? `exit code ${code}` : `ended by ${signal}`;
  return { exit, ms: Math.round(ms), calls: calls.length, asked: [...asked.values()] };
}

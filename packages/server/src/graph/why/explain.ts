// This module leads from the findings of one call to its explanation: the part of the rule that decided, and every
// cause that was looked at. The parts are decided by the evaluator of the declarations from the same facts; nothing
// here is a rule of its own.
import { type CauseCheck, checkOf, type Explanation, inWords, type GraphError } from '@hallpass/protocol';
import type { GraphRequest } from '../../wire/call.ts';
import { nameOfCall } from '../../installation/call-log.ts';
import type { Context } from '../language/context.ts';
import type { FailedJudgement, Findings } from '../authorisation/findings.ts';
import { checksOfRequirement } from './check-requirement.ts';
import { checksOfError } from './check-error.ts';

/** An explanation is kept within bounds, since the last ones of many apps stay in memory. */
const MOST_CHECKS = 12;

/** Explains why a call was refused. */
export async function explainRefusal(call: GraphRequest, findings: Findings, error: GraphError): Promise<Explanation> {
  const { context, refused } = findings;
  const judged = context && refused && refused.verdict.error === error.key ? refused : undefined;
  const checks = [
    ...(context ? livingToken(context) : []),
    ...(context && judged ? await checksOfRequirement(context, judged) : checksOfError(call, context, error)),
  ];
  const { code = 0, subcode } = error.entry;
  return {
    outcome: 'refused',
    call: nameOfCall(call),
    graph_error: { message: error.message, code, ...(subcode === undefined ? {} : { error_subcode: subcode }) },
    ...ruleOf(judged),
    checks: withoutRepeats(checks),
  };
}

/** Explains why a call that worked shows nothing, or less than was asked for. */
export async function explainAnswer(
  call: GraphRequest,
  { context, leftOut, omissions }: Findings,
  value: unknown,
): Promise<Explanation> {
  const empty = isEmptyList(value);
  const checks: CauseCheck[] = context ? livingToken(context) : [];
  for (const { cause, count, told } of omissions)
    checks.push(
      told
        ? checkOf(cause, 'cause', `${count} left out. ${checkOf(cause, 'cause').message}`)
        : checkOf(
            cause,
            'not_told',
            'Pages and accounts that the person didn\u2019t choose for the app in the dialog are left out. Their number isn\u2019t told to the app.',
          ),
    );
  for (const judgement of leftOut) {
    if (!context) break;
    checks.push(...(await checksOfRequirement(context, judgement)).filter(({ state }) => state !== 'fine'));
  }
  if (empty && context) checks.push(...nobodyHasAnything(context));
  return {
    outcome: empty ? 'empty' : leftOut.length > 0 || omissions.length > 0 ? 'incomplete' : 'allowed',
    call: nameOfCall(call),
    ...ruleOf(leftOut[0]),
    checks: withoutRepeats(checks),
  };
}

export const isEmptyList = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'data' in value &&
  Array.isArray(value.data) &&
  value.data.length === 0;

const ruleOf = (judgement: FailedJudgement | undefined): Pick<Explanation, 'rule' | 'decided_by'> =>
  judgement ? { rule: inWords(judgement.requirement), decided_by: inWords(judgement.verdict.because) } : {};

function livingToken({ viewer }: Context): CauseCheck[] {
  const { kind, app, dashboard } = viewer;
  if (kind === 'none' || dashboard) return [];
  const subject = subjectOf(viewer);
  const whose = subject === undefined ? '' : ` of ${subject}`;
  const words = `The token is alive: a ${kind.replace('_', ' ')} token${whose} for the app ${app?.name ?? ''}.`;
  return [checkOf('token_dead', 'fine', words)];
}

/** Names the subject of the token, if the token may read that name; undefined where nobody is to be named. */
function subjectOf({ kind, page, person, inForce }: Context['viewer']): string | undefined {
  if (page) return `the Page ${page.name}`;
  const mayRead = kind !== 'session_info' && inForce.names.has('public_profile');
  return person && mayRead ? person.name : undefined;
}

/** An empty list that left nothing out: whoever the token speaks for has nothing of the kind. */
function nobodyHasAnything({ viewer }: Context): CauseCheck[] {
  const whom = subjectOf(viewer);
  return [
    checkOf('nothing_there', 'cause'),
    ...(whom === undefined
      ? []
      : [
          checkOf(
            'wrong_person',
            'not_told',
            `${viewer.dashboard ? 'You are logged in as' : 'The token speaks for'} ${whom}. Whether that is the right one, only you can tell.`,
          ),
        ]),
  ];
}

function withoutRepeats(checks: readonly CauseCheck[]): CauseCheck[] {
  const seen = new Map<string, CauseCheck>();
  for (const check of checks) {
    const key = `${check.cause} ${check.message}`;
    if (!seen.has(key)) seen.set(key, check);
  }
  const once = [...seen.values()];
  if (once.length <= MOST_CHECKS) return once;
  return [...once.filter(({ state }) => state !== 'fine'), ...once.filter(({ state }) => state === 'fine')].slice(
    0,
    MOST_CHECKS,
  );
}

// Every rule sees what it is for, and leaves alone what only looks like it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceFor } from '@hallpass/protocol';
import { cardOf, type StoryName } from '../stories/play-story.ts';
import type { CheckedCall } from './check-call.ts';
import type { CheckedStory, CheckedRun } from './checked.ts';
import { type CheckRule, type CheckRuleId, checkRules } from './check-rules.ts';

interface Told {
  name?: string;
  /** `190/460`, or a status. */
  answer?: string;
  at?: number;
  token?: string;
  code?: string;
  broken?: boolean;
  version?: CheckedCall['version'];
  dialog?: string;
}

function call({ name = 'GET /me', answer = '200', at = 0, token = 'a token', ...more }: Told): CheckedCall {
  const [, code, subcode] = /^(\d+)(?:\/(\d+))?$/.exec(answer) ?? [];
  const isError = Number(code) < 200 || Number(code) > 599 || subcode !== undefined;
  const error = isError
    ? { code: Number(code), subcode: subcode === undefined ? undefined : Number(subcode), message: '' }
    : undefined;
  return {
    at,
    name,
    digest: `${name} ${token}`,
    version: more.version,
    token,
    status: error ? 400 : Number(code),
    error,
    advice: error && adviceFor(error).holder,
    broken: more.broken ?? false,
    code: more.code,
    dialog: more.dialog === undefined ? undefined : new URLSearchParams(more.dialog),
  };
}

function run(calls: Told[], more: Partial<CheckedRun> = {}): CheckedRun {
  return { code: 0, signal: undefined, timedOut: false, ms: 100, output: 'ok', calls: calls.map(call), ...more };
}

const dead = { answer: '190/460' };
const fine = run([{}]);

/** By rule: a story, the run after it that breaks the rule, and one that does not. */
const examples: Readonly<Record<CheckRuleId, [StoryName, wrong: Partial<CheckedStory>, right: Partial<CheckedStory>]>> =
  {
    'credential-in-output': [
      'unknown-error',
      { after: run([{}], { output: 'using EAAsecretsecret' }) },
      { after: run([{}], { output: 'using EAA…' }) },
    ],
    'dead-token-retried': [
      'password-changed',
      { after: run([dead, dead]) },
      { after: run([dead, { token: 'another' }]) },
    ],
    'dead-token-used': [
      'password-changed',
      { after: run([dead, { ...dead, name: 'GET /me/accounts' }]) },
      { after: run([dead, { name: 'GET /debug_token', token: 'of the app' }]) },
    ],
    'death-unnoticed': ['password-changed', { after: run([dead]) }, { after: run([dead], { output: 'log in again' }) }],
    'limit-without-pause': [
      'rate-limited',
      { after: run([{ answer: '4' }, { answer: '4', at: 900 }]) },
      { after: run([{ answer: '4' }, { answer: '4', at: 60_000 }]) },
    ],
    'block-ignored': [
      'api-access-blocked',
      { after: run([{ answer: '368/1' }, { answer: '368/1' }]) },
      { after: run([{ answer: '368/1' }, { name: 'GET /me/accounts' }]) },
    ],
    'permission-as-dead-token': [
      'permission-taken-back',
      { after: fine, later: run([]) },
      { after: fine, later: fine },
    ],
    'asked-without-rerequest': [
      'permission-declined',
      { after: run([], { output: 'https://www.facebook.com/v25.0/dialog/oauth?client_id=1' }) },
      { after: run([{ dialog: 'client_id=1&auth_type=rerequest' }]) },
    ],
    'asked-in-vain': [
      'checkpoint',
      { after: run([{ dialog: 'client_id=1' }]) },
      { after: run([{ answer: '190/459' }]) },
    ],
    'connection-lost': [
      'graph-away',
      { after: run([{ answer: '2' }]), later: run([{ token: 'another' }]) },
      { after: run([{ answer: '2' }]), later: fine },
    ],
    'transient-not-retried': [
      'unknown-error',
      { after: run([{ answer: '1' }], { code: 1 }) },
      { after: run([{ answer: '1' }, {}]) },
    ],
    'transient-hammered': [
      'graph-away',
      { after: run([{ answer: '2' }, { answer: '2', at: 5 }, { answer: '2', at: 9 }, { at: 12 }]) },
      { after: run([{ answer: '2' }, { answer: '2', at: 500 }, { answer: '2', at: 1500 }, { at: 4000 }]) },
    ],
    'write-repeated': [
      'answer-lost',
      { after: run([{ name: 'POST /{id}/feed', answer: '2' }, { name: 'POST /{id}/feed' }]) },
      {
        after: run([{ name: 'POST /{id}/feed', answer: '2' }, { name: 'GET /{id}/feed' }, { name: 'POST /{id}/feed' }]),
      },
    ],
    'no-time-limit': [
      'slow-answers',
      { after: run([{ broken: true }, { at: 5005 }], { ms: 5200 }) },
      { after: run([{ broken: true }, { at: 2000 }], { ms: 2200 }) },
    ],
    'code-sent-again': [
      'code-used-twice',
      { after: run([{ answer: '100/36009', code: 'c' }, { code: 'c' }]) },
      { after: run([{ answer: '100/36009', code: 'c' }, { code: 'another' }]) },
    ],
    'refused-call-repeated': [
      'permission-declined',
      { after: run([{ answer: '200/1' }, { answer: '200/1' }]) },
      { after: run([{ answer: '200/1' }, { name: 'GET /me/permissions' }]) },
    ],
    'ended-version': ['version-sunset', { after: run([{ version: 'v21.0' }]) }, { after: run([{ version: 'v25.0' }]) }],
    crashed: [
      'answer-cut',
      { after: run([{}], { code: 1, output: 'SyntaxError: Unexpected end\n    at JSON.parse (<anonymous>:1:2)' }) },
      { after: run([{}], { code: 1, output: 'The Graph is away, at 12:00 we try again' }) },
    ],
    'never-ends': [
      'slow-answers',
      { after: run([{}], { timedOut: true, signal: 'SIGKILL' }) },
      { after: run([{}], { signal: 'SIGTERM' }) },
    ],
  };

for (const [id, [story, wrong, right]] of Object.entries(examples))
  test(`${id}: seen in ${story}, and not where it is done well`, () => {
    const rule: CheckRule = checkRules[id as CheckRuleId];
    const card = cardOf(story);
    assert.ok(
      (!rule.leaves && !rule.stories) || rule.leaves?.includes(card.leaves) || rule.stories?.includes(story),
      'the rule is looked at in this story',
    );
    const around: CheckedStory = {
      card,
      before: fine,
      after: fine,
      later: undefined,
      credentials: ['EAAsecretsecret'],
      hasEnded: (version) => version === 'v21.0',
    };
    assert.notEqual(rule.broken({ ...around, ...wrong }), undefined);
    assert.equal(rule.broken({ ...around, ...right }), undefined);
    assert.equal(rule.broken(around), undefined, 'a run as before breaks nothing');
  });

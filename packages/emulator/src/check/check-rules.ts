// The rules by which a command is judged, in one table: what has to hold, for which stories, how bad it is otherwise, and
// what to do. The report, the reference and the tests are made of it.
import type { Aftermath } from '../stories/story.ts';
import type { StoryName } from '../stories/play-story.ts';
import { credentialIn } from './credentials.ts';
import {
  answerOf,
  callsAfterDeath,
  type CheckedStory,
  isDead,
  isLimited,
  isTransient,
  isWrite,
  passes,
  retriesOf,
} from './checked.ts';
import type { Severity } from './check-report.ts';

export interface CheckRule {
  severity: Severity;
  /** The condition, as something that holds. */
  words: string;
  /** The reason, and what a good app does. */
  why: string;
  /** The page of `docs/` that says more. */
  more: string;
  /** The states that its stories leave the token in; every story where neither this nor `stories` is given. */
  leaves?: readonly Aftermath[];
  stories?: readonly StoryName[];
  /** @returns what was seen, where the condition does not hold */
  broken(checked: CheckedStory): string | undefined;
}

/** A second call of the same kind so soon is no waiting, in milliseconds. */
const PAUSE = 1000;
/** Tries of one call that are a few. */
const FEW = 3;
const TOO_SOON = 100;
/** Answers of the story slow-answers take five seconds: a command that goes on after so many milliseconds waited for one. */
const LATE = 4500;

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** Runtimes print these words when nobody caught an error. */
const uncaught = [
  'Uncaught',
  'UnhandledPromiseRejection',
  'Traceback (most recent call last)',
  'Exception in thread',
  'PHP Fatal error',
  'Unhandled exception',
];

/** Tells whether a text has such words, or a line of a trace such as `    at parse (file.js:1:2)`. */
const hasTrace = (text: string): boolean =>
  uncaught.some((words) => text.includes(words)) ||
  text.split('\n').some((line) => line.startsWith('panic: ') || (/^ +at \S/.test(line) && /:\d+:\d+\)?$/.test(line)));

/** The address of a dialog that a command prints, for somebody to open. */
const dialogAddress = /https?:\/\/[^\s"'<>]*\/dialog\/oauth\?[^\s"'<>]*/g;

const dialogsIn = ({ after }: CheckedStory): URLSearchParams[] => [
  ...after.calls.flatMap(({ dialog }) => dialog ?? []),
  ...(after.output.match(dialogAddress) ?? []).flatMap((address) => URL.parse(address)?.searchParams ?? []),
];

export const checkRules = {
  'credential-in-output': {
    severity: 'critical',
    words: 'The command prints no token and no secret.',
    why: 'Output ends up in logs, mails and on other people’s screens, and anyone who reads a token there can act as the person. Print its first and last letters, or a hash.',
    more: 'guide/tokens.md',
    broken: ({ before, after, later, credentials }) =>
      [before, after, ...(later ? [later] : [])].some(({ output }) => credentialIn(output, credentials))
        ? 'The command printed a token or a secret.'
        : undefined,
  },
  'dead-token-retried': {
    severity: 'error',
    words: 'A call refused with 190 isn’t tried again with the same token.',
    why: 'Waiting doesn’t bring a dead token back: each try counts towards the app’s limits, and people wait for nothing. Stop, and send the person through the log-in when they come back.',
    more: 'reference/errors.md',
    leaves: ['dead', 'held'],
    broken({ after }) {
      for (const { dead, again } of callsAfterDeath(after.calls)) {
        const same = again.filter(({ digest }) => digest === dead.digest).length;
        if (same > 0) return `${dead.name} was answered ${answerOf(dead)}, and tried again ${times(same)}.`;
      }
      return undefined;
    },
  },
  'dead-token-used': {
    severity: 'warning',
    words: 'After a 190 the token isn’t used for other calls.',
    why: 'Mark the token as dead at the first answer that says so.',
    more: 'reference/errors.md',
    leaves: ['dead', 'held'],
    broken({ after }) {
      for (const { dead, again } of callsAfterDeath(after.calls)) {
        const other = again.find(({ digest }) => digest !== dead.digest);
        if (other) return `${dead.name} was answered ${answerOf(dead)}; ${other.name} went on with the token.`;
      }
      return undefined;
    },
  },
  'death-unnoticed': {
    severity: 'error',
    words: 'The command reports a problem when its token is refused.',
    why: 'Nobody repairs a connection that looks fine. Read the body of each answer: an error has the field `error`, whatever the status is.',
    more: 'guide/why.md',
    leaves: ['dead', 'held'],
    broken: ({ before, after }) =>
      after.calls.some(isDead) && passes(after) && after.output === before.output
        ? 'Its calls were refused with 190, and it ended with exit code 0 and the same output as before.'
        : undefined,
  },
  'limit-without-pause': {
    severity: 'error',
    words: 'After a 4, 17, 32, 613 or 80000 to 80014 the command pauses before the next call.',
    why: 'Calls beyond a limit count too, and keep it in force. Wait as long as `estimated_time_to_regain_access` or Retry-After says, and longer each time.',
    more: 'guide/limits.md',
    leaves: ['limited'],
    broken({ after: { calls } }) {
      const soon = calls.filter((call, at) => {
        const before = calls[at - 1];
        return before !== undefined && isLimited(before) && call.at - before.at < PAUSE;
      });
      const [first] = soon;
      return first && `${first.name} followed within a second of such an answer, ${times(soon.length)}.`;
    },
  },
  'block-ignored': {
    severity: 'error',
    words: 'After a 368 the app doesn’t try again.',
    why: 'Each try prolongs the block. Stop, and tell the people who run the app.',
    more: 'guide/limits.md',
    leaves: ['blocked'],
    broken({ after: { calls } }) {
      const at = calls.findIndex(({ error }) => error?.code === 368);
      const again = at < 0 ? 0 : calls.slice(at + 1).filter(({ name }) => name === calls[at]?.name).length;
      return again > 0 ? `${calls[at]?.name} was tried again ${times(again)}.` : undefined;
    },
  },
  'permission-as-dead-token': {
    severity: 'error',
    words: 'When only a permission or a Page is missing, the token is kept.',
    why: 'The token still works for everything else. Compare with /me/permissions, go on without, and ask only for what is missing.',
    more: 'guide/permissions.md',
    leaves: ['less'],
    broken({ before, after, later }) {
      const removal = after.calls.find(({ name }) => /^DELETE \/(?:me|\{id\})\/permissions$|oauth\/revoke/.test(name));
      if (removal) return `${removal.name} ended it.`;
      return before.calls.some(({ token }) => token !== undefined) && later?.calls.length === 0
        ? 'The command made no calls when it ran again.'
        : undefined;
    },
  },
  'asked-without-rerequest': {
    severity: 'warning',
    words: 'A declined permission is asked for with auth_type=rerequest.',
    why: 'Without it the dialog doesn’t show what was declined earlier, and the person comes back with nothing.',
    more: 'guide/permissions.md',
    stories: ['permission-taken-back', 'permission-declined', 'page-unticked'],
    broken(checked) {
      const plain = dialogsIn(checked).filter((params) => !params.get('auth_type')?.split(',').includes('rerequest'));
      return plain.length > 0 ? 'The address of the dialog has no auth_type=rerequest.' : undefined;
    },
  },
  'asked-in-vain': {
    severity: 'error',
    words: 'People aren’t sent through the log-in when that doesn’t help.',
    why: 'A log-in doesn’t fix a locked account, a disabled app, a rate limit or a permission that the app lost. Say what the person, or the people who run the app, can do.',
    more: 'reference/errors.md',
    stories: [
      'account-locked',
      'checkpoint',
      'account-unconfirmed',
      'business-enforces-two-factor',
      'app-disabled',
      'permission-downgraded',
      'rate-limited',
      'person-rate-limited',
      'api-access-blocked',
    ],
    broken: (checked) => (dialogsIn(checked).length > 0 ? 'The command gave the address of the dialog.' : undefined),
  },
  'connection-lost': {
    severity: 'error',
    words: 'When it’s over, the command works again, with the token it had.',
    why: 'A failure of the platform, a limit or a lock doesn’t end the token. Keep it, and try again later.',
    more: 'guide/stories.md',
    leaves: ['held', 'limited', 'blocked', 'failing'],
    broken({ before, later }) {
      if (!later) return undefined;
      if (!passes(later)) return `It still fails: exit code ${later.code}.`;
      const used = new Set(later.calls.map(({ token }) => token));
      const held = before.calls.find(({ token }) => token !== undefined)?.token;
      return held !== undefined && !used.has(held) ? 'It no longer uses the token it had.' : undefined;
    },
  },
  'transient-not-retried': {
    severity: 'warning',
    words: 'A read that fails with 1, 2, a status of 500 or a broken answer is tried again.',
    why: 'Such failures are soon over. Try again a few times, and wait longer each time.',
    more: 'guide/faults.md',
    stories: ['graph-away', 'unknown-error', 'connection-reset', 'answer-cut'],
    broken({ after }) {
      const tries = retriesOf(after.calls, (call) => isTransient(call) && !isWrite(call));
      return tries.length > 0 && !passes(after) && tries.every(({ retry }) => retry === undefined)
        ? `${tries[0]?.call.name} failed with ${tries[0] ? answerOf(tries[0].call) : ''}, and was not tried again.`
        : undefined;
    },
  },
  'transient-hammered': {
    severity: 'warning',
    words: 'Retries of a failed call are few, with pauses in between.',
    why: 'When the Graph comes back, callers that retry without a pause bring it down again.',
    more: 'guide/faults.md',
    leaves: ['failing'],
    broken({ after }) {
      const soon = retriesOf(after.calls, isTransient).filter(
        ({ call, retry }) => retry !== undefined && retry.at - call.at < TOO_SOON,
      );
      return soon.length >= FEW
        ? `${soon[0]?.call.name} was tried again ${times(soon.length)} within ${TOO_SOON} ms.`
        : undefined;
    },
  },
  'write-repeated': {
    severity: 'error',
    words: 'A write whose answer was lost isn’t repeated without looking.',
    why: 'It may have been done, and the post would be there twice. Read first whether it is there.',
    more: 'guide/faults.md',
    leaves: ['failing'],
    broken({ after: { calls } }) {
      for (const { call, retry } of retriesOf(calls, (one) => isTransient(one) && isWrite(one))) {
        const between = retry ? calls.slice(calls.indexOf(call) + 1, calls.indexOf(retry)) : [];
        if (retry && !between.some((one) => !isWrite(one))) return `${call.name} was made again at once.`;
      }
      return undefined;
    },
  },
  'no-time-limit': {
    severity: 'warning',
    words: 'A call that isn’t answered is given up after some seconds.',
    why: 'People in front of a page don’t wait. Set a time limit on every call.',
    more: 'guide/faults.md',
    stories: ['slow-answers'],
    broken({ before, after: { calls, ms } }) {
      for (const [at, call] of calls.entries()) {
        const waited = (calls[at + 1]?.at ?? call.at + ms - before.ms) - call.at;
        if (call.broken && waited >= LATE) return `It waited ${Math.round(waited / 1000)} seconds for ${call.name}.`;
      }
      return undefined;
    },
  },
  'code-sent-again': {
    severity: 'error',
    words: 'A refused log-in code isn’t sent again.',
    why: 'A code works once. Send the person through the log-in again.',
    more: 'guide/log-in.md',
    stories: ['code-used-twice', 'code-expired', 'dialog-fails'],
    broken({ after: { calls } }) {
      const refused = calls.find(({ code, error }) => code !== undefined && error !== undefined);
      const again = refused && calls.filter(({ code }) => code === refused.code).length - 1;
      return again
        ? `${refused.name} was answered ${answerOf(refused)}, and had the code again ${times(again)}.`
        : undefined;
    },
  },
  'refused-call-repeated': {
    severity: 'warning',
    words: 'A call that is wrong, or that a permission is missing for, isn’t repeated unchanged.',
    why: 'It will be refused again. Change it, or ask for what is missing.',
    more: 'reference/errors.md',
    broken({ after }) {
      const wrong = retriesOf(
        after.calls,
        ({ advice }) => advice === 'fix_request' || advice === 'ask_permission' || advice === 'fix_app',
      ).filter(({ call, retry }) => retry !== undefined && !isDead(call));
      const [first] = wrong;
      return first && `${first.call.name} was answered ${answerOf(first.call)}, and made again ${times(wrong.length)}.`;
    },
  },
  'ended-version': {
    severity: 'warning',
    words: 'Calls name no version of the Graph that has ended.',
    why: 'Such calls are refused, or answered by a newer version in another form. Move to a version that lives for long.',
    more: 'guide/moving-between.md',
    stories: ['version-sunset'],
    broken({ after, hasEnded }) {
      const call = after.calls.find(({ version }) => version !== undefined && hasEnded(version));
      return call && `${call.name} was made in ${call.version}.`;
    },
  },
  crashed: {
    severity: 'error',
    words: 'The command catches its errors.',
    why: 'An uncaught error ends the whole program, for everybody it serves.',
    more: 'guide/faults.md',
    broken({ after: { signal, output, timedOut } }) {
      if (timedOut) return undefined;
      if (signal !== undefined) return `It was ended by ${signal}.`;
      return hasTrace(output) ? 'It printed an uncaught error.' : undefined;
    },
  },
  'never-ends': {
    severity: 'error',
    words: 'The command ends.',
    why: 'Something waits, or retries, for ever.',
    more: 'guide/faults.md',
    broken: ({ after }) =>
      after.timedOut ? `It had not ended after ${Math.round(after.ms / 1000)} seconds, and was ended.` : undefined,
  },
} as const satisfies Record<string, CheckRule>;

export type CheckRuleId = keyof typeof checkRules;

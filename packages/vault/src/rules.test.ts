// These tests are about rules that ask nobody: when to look, whom to ask, what changed, and which permissions to do without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors, type HolderAdvice, holderAdvice, keysOf } from '@hallpass/protocol';
import { driftBetween, leastScopes, missingScopes } from './drift.ts';
import { judge } from './judge.ts';
import { newWarning, nextLookAt, policy, retryAt, spread } from './policy.ts';
import { repairOf, repairs } from './repairs.ts';
import { holderStates, stateAfter } from './states.ts';

const DAY = 86_400;
const now = 1_800_000_000;
const always = (byte: number) => ({ bytes: (length: number) => new Uint8Array(length).fill(byte) });

test('VT-05: an interval is a tenth shorter or longer by chance, never more', () => {
  assert.deepEqual(
    [0, 255].map((byte) => spread(1000, always(byte))),
    [900, 1100],
  );
});

test('a token is looked at daily, at the half of a short life, and at its end; one that is gone for good is given up after 90 days', () => {
  const at = (next: Partial<Parameters<typeof nextLookAt>[0]>) => {
    const moment = nextLookAt({ state: 'healthy', kind: 'user_long', dates: {}, now, since: now, ...next }, always(0));
    return moment === undefined ? undefined : moment - now;
  };
  assert.equal(at({}), 0.9 * DAY);
  assert.equal(at({ kind: 'user_short', dates: { issuedAt: now, expiresAt: now + 7200 } }), 3600);
  assert.equal(
    at({ kind: 'user_short', dates: { issuedAt: now - 3600, expiresAt: now + 3600 }, lastTriedAt: now }),
    3600,
  );
  assert.equal(at({ kind: 'whatsapp_temporary', dates: { expiresAt: now + 600 } }), 600);
  assert.equal(at({ kind: 'page_long', dates: { expiresAt: 0, dataAccessUntil: now + 60 } }), 60);
  assert.equal(at({ kind: undefined }), 0.9 * DAY);
  assert.equal(at({ state: 'needs_person' }), 0.9 * 7 * DAY);
  assert.equal(at({ state: 'dead' }), 0.9 * 7 * DAY);
  assert.equal(at({ state: 'dead', since: now - 90 * DAY }), undefined);
});

test('pauses after failures grow to six hours and stay there', () => {
  const pauses = [1, 2, 5, 9, 50].map((failures) => retryAt(failures, now, always(128)) - now);
  assert.ok(pauses.every((pause, at) => at === 0 || pause >= (pauses[at - 1] ?? 0)));
  assert.ok((pauses.at(-1) ?? 0) <= policy.retry.longest * 1.25);
});

test('each warning is given once, also when days were missed, and begins anew for an end that moved', () => {
  const until = now + 60 * DAY;
  const look = (daysBefore: number, checkedBefore: number, end = until) =>
    newWarning(until, until - daysBefore * DAY, { until: end, checkedAt: until - checkedBefore * DAY });
  assert.deepEqual(
    [look(15, 16), look(14, 15), look(13, 14), look(5, 15), look(2, 5), look(1, 2), look(0.5, 1)],
    [undefined, 14, undefined, 7, 3, 1, undefined],
  );
  assert.equal(look(5, 6, until - DAY), 7);
  assert.equal(newWarning(until, until - DAY, { until, checkedAt: undefined }), 1);
});

test('every advice of the catalogue says who can help, and only those whom a dialog helps are asked to connect again', () => {
  for (const advice of keysOf(holderAdvice)) assert.ok(repairs[advice].words.length > 0);
  const reconnecting = keysOf(repairs).filter((advice) => repairs[advice].reconnect);
  assert.deepEqual(reconnecting, [
    'log_in_again',
    'consent_again',
    'reauthorize',
    'ask_permission',
    'ask_for_business',
  ] satisfies HolderAdvice[]);
  for (const { by, reconnect, words } of Object.values(repairs)) {
    if (!reconnect) assert.doesNotMatch(words, /connect/i);
    if (by === 'platform') assert.equal(reconnect, false);
  }
});

test('what only the platform can lift is blocked for every error that says so, and never leads to a dialog', () => {
  for (const [key, entry] of Object.entries(errors)) {
    const { code, subcode, message } = entry as { code?: number; subcode?: number; message: string };
    const { state, holder } = stateAfter({ code, subcode, message });
    if (state === 'blocked_at_meta') assert.equal(repairOf(state, holder)?.reconnect, false, key);
  }
  assert.equal(repairOf('blocked_at_meta')?.reconnect, false);
  assert.equal(repairOf('blocked_at_meta', 'a word of tomorrow')?.by, 'platform');
});

test('each state that is not well has somebody who can mend it', () => {
  for (const state of keysOf(holderStates)) assert.equal(repairOf(state) === undefined, state === 'healthy', state);
});

test('an end that lies behind is the end, whichever of the two it is, and each has its own remedy', () => {
  const data = { is_valid: true, scopes: [], type: 'USER' as const };
  const at = (dates: object) => judge({ ...data, ...dates }, now);
  assert.deepEqual([at({ expires_at: now }).state, at({ expires_at: now }).advice], ['needs_person', 'log_in_again']);
  const access = at({ expires_at: now + 30 * DAY, data_access_expires_at: now - 1 });
  assert.deepEqual([access.state, access.advice], ['needs_person', 'reauthorize']);
  assert.equal(at({ expires_at: 0, data_access_expires_at: 0 }).state, 'healthy');
});

test('a token that is called invalid is never merely unknown, whatever the reason', () => {
  for (const code of [1, 2, 4, 100, 31_337, 190])
    assert.notEqual(judge({ is_valid: false, scopes: [], error: { code, message: 'x' } }, now).state, 'unreachable');
  assert.equal(judge({ is_valid: false, scopes: [] }, now).state, 'needs_person');
});

test('drift names what was lost and gained, and a permission for all Pages is not compared with a list', () => {
  const carried = (scopes: string[], ids?: string[]) => ({
    scopes,
    granular: [{ scope: 'pages_manage_posts', ...(ids && { target_ids: ids }) }],
  });
  assert.equal(driftBetween(carried(['a', 'b'], ['1']), carried(['b', 'a'], ['1'])), undefined);
  assert.deepEqual(driftBetween(carried(['a', 'b'], ['1', '2']), carried(['b', 'c'], ['2', '3'])), {
    lost: ['a'],
    gained: ['c'],
    targetsLost: ['1'],
    targetsGained: ['3'],
  });
  assert.equal(driftBetween(carried(['a'], ['1']), carried(['a'])), undefined);
  assert.deepEqual(missingScopes(['a', 'b'], ['b']), ['a']);
});

test('least scope: what is carried and never used can be left out, and what was missing needs a new consent', () => {
  const uses = [{ scopes: ['pages_read_engagement'] }, { scopes: ['pages_manage_posts'], refused: true }];
  assert.deepEqual(leastScopes(['public_profile', 'email', 'pages_read_engagement'], uses), {
    used: ['pages_read_engagement'],
    unused: ['email'],
    missing: ['pages_manage_posts'],
  });
});

// These tests are about the times at which something is done about a token.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindFrom, kindOf, tokenKinds, type TokenKindName } from './kinds.ts';
import { isExtensionDue, policy, stateOfValid, usefulUntil, warningDue } from './policy.ts';

const DAY = 86_400;
const issuedAt = 1_800_000_000;
const names = Object.keys(tokenKinds) as TokenKindName[];

test('a token with an end is extended at half of its life, and again a week before its end', () => {
  const dates = { issuedAt, expiresAt: issuedAt + 60 * DAY };
  const due = (day: number, tried?: number): boolean =>
    isExtensionDue('user_long', dates, issuedAt + day * DAY, tried === undefined ? undefined : issuedAt + tried * DAY);
  assert.deepEqual(
    [due(0), due(29), due(30), due(31, 30), due(52, 30), due(53, 30), due(54, 53)],
    [false, false, true, false, false, true, false],
  );
});

test('no kind is extended after its end, without an end, or before its service allows it', () => {
  for (const kind of names) {
    const { life = 60 * DAY, extension } = kindOf(kind);
    const dates = { issuedAt, expiresAt: issuedAt + life };
    assert.equal(isExtensionDue(kind, dates, issuedAt + life), false, `${kind}: after its end`);
    assert.equal(isExtensionDue(kind, { issuedAt, expiresAt: 0 }, issuedAt + life), false, `${kind}: 0 is never`);
    assert.equal(isExtensionDue(kind, { issuedAt }, issuedAt + life), false, `${kind}: absent is never`);
    if (extension === undefined) assert.equal(isExtensionDue(kind, dates, issuedAt + life - 1), false, kind);
    else assert.equal(isExtensionDue(kind, dates, issuedAt + extension.earliest - 1), false, `${kind}: too early`);
    if (extension !== undefined) assert.equal(isExtensionDue(kind, dates, issuedAt + life - 1), true, kind);
  }
});

test('a token without a date of issue has the life of its kind', () => {
  const expiresAt = issuedAt + 2 * 3600;
  assert.equal(isExtensionDue('user_short', { expiresAt }, issuedAt + 3599), false);
  assert.equal(isExtensionDue('user_short', { expiresAt }, issuedAt + 3600), true);
});

test('each warning is due from its day on until the next, and none after the end', () => {
  const until = issuedAt + 60 * DAY;
  const at = (days: number) => warningDue(until, until - days * DAY);
  assert.deepEqual([15, 14, 8, 7, 4, 3, 2, 1, 0.5, 0].map(at), [undefined, 14, 14, 7, 7, 3, 3, 1, 1, undefined]);
  assert.equal(warningDue(undefined, issuedAt), undefined);
});

test('access to data that ends first is the end that counts', () => {
  assert.equal(usefulUntil({ expiresAt: 0, dataAccessUntil: 7 }), 7);
  assert.equal(usefulUntil({ expiresAt: 5, dataAccessUntil: 7 }), 5);
  assert.equal(usefulUntil({ expiresAt: 0, dataAccessUntil: 0 }), undefined);
  assert.equal(usefulUntil({}), undefined);
  assert.equal(stateOfValid({ expiresAt: 0, dataAccessUntil: issuedAt }, issuedAt), 'needs_person');
  assert.equal(stateOfValid({ expiresAt: 0, dataAccessUntil: issuedAt + 1 }, issuedAt), 'expiring');
  const late = issuedAt + (policy.warnDays[0] + 1) * DAY;
  assert.equal(stateOfValid({ expiresAt: late }, issuedAt), 'healthy');
});

test('the kind of a token is told by debug_token, never by how the token looks', () => {
  const now = issuedAt;
  const from = (data: object) => kindFrom({ is_valid: true, scopes: [], ...data }, now);
  assert.equal(from({ type: 'USER', expires_at: now + 3600 }), 'user_short');
  assert.equal(from({ type: 'USER', expires_at: now + 3600, issued_at: now - 59 * DAY }), 'user_long');
  assert.equal(from({ type: 'USER', expires_at: 0 }), 'user_long');
  assert.equal(from({ type: 'PAGE', expires_at: 0 }), 'page_long');
  assert.equal(from({ type: 'PAGE' }), 'page_long');
  assert.equal(from({ type: 'PAGE', expires_at: now + 60 }), 'page_short');
  assert.equal(from({ type: 'SYSTEM_USER', expires_at: 0 }), 'system_user_never');
  assert.equal(from({ type: 'SYSTEM_USER', expires_at: now + 60 * DAY }), 'system_user_60_days');
  assert.equal(from({ type: 'APP' }), 'app');
  assert.equal(from({}), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceFor } from './advice.ts';
import { type CatalogueError, type ErrorKey, errors } from './errors.ts';

test('every error of the catalogue is recognised by its own answer', () => {
  for (const [key, { code, subcode, message, holder }] of Object.entries(errors) as [ErrorKey, CatalogueError][]) {
    const advice = adviceFor({ code, subcode, message: message.replace(/\{\w+\}/g, 'something') });
    const found = advice.key;
    assert.ok(found, key);
    assert.equal(errors[found].message, message, `${key} taken for ${found}`);
    if (found === key) assert.equal(advice.holder, holder, key);
  }
});

test('a subcode decides even when the wording is another one', () => {
  assert.equal(
    adviceFor({ code: 190, subcode: 463, message: 'Session has expired at unix time 1. The current unix time is 2.' })
      .holder,
    'log_in_again',
  );
  assert.equal(adviceFor({ code: 190, subcode: 459, message: 'in another language' }).holder, 'visit_site');
  assert.equal(adviceFor({ code: 190, subcode: 492 }).holder, 'ask_role');
});

test('code 1 is a wrong secret only where the message says so', () => {
  assert.equal(adviceFor({ code: 1, message: 'Error validating client secret.' }).holder, 'fix_app');
  assert.equal(adviceFor({ code: 1, message: 'An unknown error occurred' }).holder, 'wait');
  assert.equal(adviceFor({ code: 1, message: 'Something new' }).holder, 'wait');
});

test('unknown answers are treated by their class and never as gone for good', () => {
  assert.deepEqual(adviceFor({ code: 190, subcode: 999, message: 'new' }), { holder: 'log_in_again' });
  assert.deepEqual(adviceFor({ code: 276, message: 'new' }), { holder: 'ask_permission' });
  assert.deepEqual(adviceFor({ code: 80_008, subcode: 2_446_079 }), { holder: 'wait' });
  assert.deepEqual(adviceFor({ code: 31_337 }), { holder: 'fix_request' });
});

// Comparing with a printed answer can fail: a key more, a key less, another order, another value, a shorter list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWhole, differenceFromPrint } from './src/whole-answer.ts';
import type { Printed } from './src/statements/statement.ts';

const printed: Printed = {
  data: [{ access_token: '<token>', id: '<id>', tasks: ['ANALYZE', 'MANAGE'] }],
  count: '<number>',
};
const item = { access_token: 'EAAabc', id: '12', tasks: ['ANALYZE', 'MANAGE'] };
const whole = { data: [item], count: 1 };

test('a body that is as printed passes, and so does one with a key that is declared', () => {
  assert.equal(differenceFromPrint(printed, whole), undefined);
  assert.equal(differenceFromPrint(printed, { ...whole, paging: {} }, ['paging']), undefined);
});

test('a body that is not as printed does not pass', () => {
  const others: [string, unknown][] = [
    ['a key more', { ...whole, paging: {} }],
    ['a key less', { data: [item] }],
    ['another order of keys', { count: 1, data: [item] }],
    ['another order in a list', { data: [{ ...item, tasks: ['MANAGE', 'ANALYZE'] }], count: 1 }],
    ['a longer list', { data: [item, item], count: 1 }],
    ['a declared key further inside', { data: [{ ...item, paging: {} }], count: 1 }],
    ['a number as text', { data: [item], count: '1' }],
    ['no token', { data: [{ ...item, access_token: '' }], count: 1 }],
    ['nothing', undefined],
  ];
  for (const [what, body] of others)
    assert.notEqual(
      differenceFromPrint(printed, body, ['paging'].slice(what === 'a key more' ? 1 : 0)),
      undefined,
      what,
    );
});

test('a reply that is not byte for byte what the case expects fails', () => {
  const reply = (body: unknown, status = 200) => ({ status, headers: {}, text: JSON.stringify(body), body });
  compareWhole({ reply: reply(whole), body: whole }, [printed], []);
  for (const wrong of [reply({ ...whole, more: 1 }), reply({ data: [] }), reply(whole, 400)])
    assert.throws(() => compareWhole({ reply: wrong, body: whole }, [printed], []));
});

// These tests are about lists of tokens as their owners have them: what is read, and what is refused with its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadWatchList, readWatchList } from './watch-list.ts';

const read = (text: string, env = {}) =>
  readWatchList(text, env).map(({ name, token, kind, app }) => [name, token.open(), kind, app]);

const refused = (text: string): string => {
  try {
    readWatchList(text);
  } catch (error) {
    assert.ok(error instanceof BadWatchList);
    return error.message;
  }
  return assert.fail('it was read');
};

test('CSV is read by the names of its columns, with quotes, other columns, empty lines and a byte-order mark', () => {
  assert.deepEqual(
    read('\uFEFFLabel,Note,access_token,kind,app_id\r\n"Shop, ""north""",x,EAAa,page_long,17\r\n\r\nSouth,,EAAb,,\r\n'),
    [
      ['Shop, "north"', 'EAAa', 'page_long', '17'],
      ['South', 'EAAb', undefined, undefined],
    ],
  );
  assert.deepEqual(read('token\nEAAa\nEAAb'), [
    ['line 2', 'EAAa', undefined, undefined],
    ['line 3', 'EAAb', undefined, undefined],
  ]);
});

test('of a .env file the variables that hold tokens are read, and a name alone stands for the environment', () => {
  const text = '# ours\nexport SHOP_TOKEN="EAAa"\nPAGE=EAAb\nPORT=80\nFROM_OUTSIDE\n';
  assert.deepEqual(read(text, { FROM_OUTSIDE: '1|abc' }), [
    ['SHOP_TOKEN', 'EAAa', undefined, undefined],
    ['PAGE', 'EAAb', undefined, undefined],
    ['FROM_OUTSIDE', '1|abc', undefined, undefined],
  ]);
});

test('JSON is a map from names to tokens, or a list of objects', () => {
  assert.deepEqual(read('{"shop":"EAAa","page":{"token":"EAAb","kind":"page_long"}}'), [
    ['shop', 'EAAa', undefined, undefined],
    ['page', 'EAAb', 'page_long', undefined],
  ]);
  assert.deepEqual(read('[{"id":7,"access_token":"EAAa"},"EAAb"]'), [
    ['7', 'EAAa', undefined, undefined],
    ['entry 2', 'EAAb', undefined, undefined],
  ]);
});

test('names are made unique, so that each token has a memory of its own', () => {
  assert.deepEqual(
    read('name,token\nA,EAAa\nA,EAAb\nA (2),EAAc').map(([name]) => name),
    ['A', 'A (2)', 'A (2) (2)'],
  );
});

test('a list that cannot be read is refused with the place, and never with a value', () => {
  const secret = 'EAAsecretsecretsecret';
  for (const [text, words] of [
    ['', /contains no tokens/],
    ['name,note\nA,b', /has no column for tokens/],
    [`name,token\nA,`, /line 2 has no token/],
    [`name,token,kind\nA,${secret},page`, /line 2 has an unknown kind: write user_short/],
    [`name,token\n"A,${secret}`, /never closed/],
    [`{"a":"${secret}"`, /looks like JSON but isn't valid/],
    [`[${JSON.stringify(secret)},7]`, /entry 2 is neither a token/],
    [`A_TOKEN=${secret}\n${secret} x`, /line 2 isn't a variable/],
    ['GONE_TOKEN', /GONE_TOKEN, named in line 1, has no token/],
  ] as const) {
    const message = refused(text);
    assert.match(message, words);
    assert.ok(!message.includes(secret), message);
  }
});

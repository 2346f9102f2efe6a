import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../errors/refusal.ts';
import fc from 'fast-check';
import { parseJson } from './json.ts';

function keyOf(text: string, name?: string): string {
  try {
    parseJson(text, name);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError, String(error));
    return error.key;
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('what JSON.stringify writes is read back the same', () => {
  const named = fc
    .jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
    .filter((value) => !/__proto__|"constructor"|"prototype"|\\ud[89a-f]/i.test(JSON.stringify(value)));
  fc.assert(
    fc.property(named, fc.constantFrom(undefined, 2), (value, indent) => {
      const numbersAsText = JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'number' ? String(inner) : inner,
      );
      const read = JSON.stringify(parseJson(JSON.stringify(value, null, indent)), (_, inner: unknown) =>
        typeof inner === 'number' ? String(inner) : inner,
      );
      assert.deepEqual(JSON.parse(read), JSON.parse(numbersAsText.replaceAll('"-0"', '"0"')));
    }),
    { numRuns: 1000 },
  );
});

test('accepted and refused texts are those of JSON.parse, but for what is stricter on purpose', () => {
  const text = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"b"',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      'null',
      ' ',
      '\n',
      '"',
      '\\',
      '\\u0041',
      '\t',
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(text, (pieces) => {
      const joined = pieces.join('');
      let valid = true;
      try {
        JSON.parse(joined);
      } catch {
        valid = false;
      }
      const got = keyOf(joined);
      if (!valid) assert.equal(got, 'param.json', joined);
      else if (got !== 'accepted') assert.match(joined, /("\w")[^]*\1/, joined);
    }),
    { numRuns: 5000 },
  );
});

test('IV-07: broken JSON and a key twice are refused, also when the values are equal or deep inside', () => {
  for (const text of [
    '',
    '{',
    '{"a":1',
    '{"a":1}x',
    '{"a":1}{}',
    '\uFEFF{"a":1}',
    '{"a":1,}',
    '[1,]',
    '{a:1}',
    "{'a':1}",
    '/* c */{"a":1}',
    '{"a":1} // c',
    '{"a":01}',
    '{"a":.5}',
    '{"a":NaN}',
    '{"a":"\t"}',
    '{"a":"\\x"}',
    '{"client_secret":"no","client_secret":"yes"}',
    '{"a":1,"a":1}',
    '{"a":[{"b":1,"\\u0062":1}]}',
    '{"a":undefined}',
  ]) {
    assert.equal(keyOf(text), 'param.json', text);
  }
  assert.equal(keyOf('{', 'batch'), 'param.invalid');
});

test('IV-03: keys of the prototype are passed over and objects have no prototype', () => {
  const value = parseJson('{"__proto__":{"admin":true},"a":{"constructor":{"prototype":{"x":1}},"b":1}}') as {
    a: object;
  };
  assert.equal(Object.getPrototypeOf(value), null);
  assert.equal(Object.getPrototypeOf(value.a), null);
  assert.deepEqual(plain(value), { a: { b: 1 } });
  assert.equal(({} as { admin?: unknown }).admin, undefined);
});

test('IV-05: twenty levels are read, ten thousand do not overflow anything', () => {
  assert.equal(keyOf('['.repeat(20) + ']'.repeat(20)), 'accepted');
  assert.equal(keyOf('['.repeat(21) + ']'.repeat(21)), 'param.depth');
  assert.equal(keyOf('{"a":'.repeat(10_000)), 'param.depth');
  assert.equal(keyOf(`"${'x'.repeat(70_000)}"`), 'param.too_large');
});

test('IV-06: a lone surrogate is refused', () => {
  assert.equal(keyOf('{"a":"\\ud800"}'), 'param.json');
  assert.equal(keyOf('{"a":"\\ud83d\\ude00"}'), 'accepted');
});

test('IV-02: numbers that are not written plainly keep their text, so that 1e3 never becomes the id 1000', () => {
  assert.deepEqual(plain(parseJson('[1, 1e3, 9223372036854775807, 1.0, 0.5, -0]')), [
    1,
    '1e3',
    '9223372036854775807',
    '1.0',
    0.5,
    '-0',
  ]);
});

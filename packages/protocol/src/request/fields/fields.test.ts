import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../../errors/refusal.ts';
import fc from 'fast-check';
import { mustGrowLinearly } from '../../../test/processor-time.ts';
import { readNames } from './field-syntax.ts';
import { type FieldRequest, parseFields, printFields } from './fields.ts';

const plain = (fields: FieldRequest[]): unknown => JSON.parse(JSON.stringify(fields));
const field = (name: string, more: Partial<FieldRequest> = {}): unknown =>
  plain([{ name, modifiers: {}, fields: undefined, alias: name, ...more }]);
const one = (name: string, more: Partial<FieldRequest> = {}): FieldRequest => ({
  name,
  modifiers: {},
  fields: undefined,
  alias: name,
  ...more,
});

function keyOf(text: string): string {
  try {
    parseFields(text);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError, String(error));
    return error.key;
  }
}

test('names, nesting, modifiers and aliases are read as the guide writes them', () => {
  assert.deepEqual(plain(parseFields('id,name')), plain([one('id'), one('name')]));
  assert.deepEqual(
    plain(parseFields('albums.limit(5){name, photos.limit(2).after(MTAx)},posts.limit(5)')),
    plain([
      one('albums', {
        modifiers: { limit: '5' },
        fields: [one('name'), one('photos', { modifiers: { limit: '2', after: 'MTAx' } })],
      }),
      one('posts', { modifiers: { limit: '5' } }),
    ]),
  );
  assert.deepEqual(
    plain(parseFields('picture.width(100).height(100).as(small)')),
    field('picture', { modifiers: { width: '100', height: '100' }, alias: 'small' }),
  );
});

test('modifiers come in any order before the braces, an alias also behind them, and the older form with fields() means braces', () => {
  const expected = field('accounts', { modifiers: { limit: '3' }, fields: [one('id'), one('name')], alias: 'pages' });
  for (const text of [
    'accounts.limit(3).as(pages){id,name}',
    'accounts.as(pages).limit(3){id,name}',
    'accounts.limit(3){id,name}.as(pages)',
    'accounts.fields(id,name).limit(3).as(pages)',
  ]) {
    assert.deepEqual(plain(parseFields(text)), expected, text);
  }
});

test('arguments keep dots, commas, brackets and quoted text', () => {
  assert.deepEqual(
    plain(parseFields('ios_sdk_dialog_flows.os_version(17.0.0)')),
    field('ios_sdk_dialog_flows', { modifiers: { os_version: '17.0.0' } }),
  );
  const range = '{"since":"2020-01-01","until":"a)b"}';
  assert.deepEqual(
    plain(parseFields(`insights.metric(a,b).time_range(${range}).x(f(1,[2]))`)),
    field('insights', { modifiers: { metric: 'a,b', time_range: range, x: 'f(1,[2])' } }),
  );
});

test('lists as JSON, in text or as a value, mean the same as commas', () => {
  const expected = plain(parseFields('id,accounts{name},email'));
  assert.deepEqual(plain(parseFields('["id","accounts{name}","email"]')), expected);
  assert.deepEqual(plain(parseFields(['id', 'accounts{name},email'])), expected);
  assert.deepEqual(parseFields(''), []);
  assert.deepEqual(parseFields('[]'), []);
});

test('what cannot be parsed says what was expected, at which character, and repeats the text', () => {
  // The first six stand in reports of callers; the others follow their pattern.
  for (const [text, expected, at] of [
    ['likes.limit(1000){id},comments.limit(1000){id}{from},sharedposts{id}', 'end of string instead of "{".', 46],
    ['fan_count,name,picture?type=large,cover', 'end of string instead of "?".', 22],
    ['app_,0.7933770411601355access_token,link', '"(" instead of ",".', 35],
    ['name,effective_status,,stop_time', 'name.', 22],
    ['*****', 'name.', 0],
    ['events.since(2018-04-06).until(2018-05-06', '")", got end of string', 41],
    [',', 'name.', 0],
    ['id,', 'name.', 3],
    ['id name', 'end of string instead of "n".', 3],
    ['public/profile', 'end of string instead of "/".', 6],
    ['id{', 'name.', 3],
    ['id{name', '"}", got end of string', 7],
    ['id{na/me}', '"}" instead of "/".', 5],
    ['a{b{c}{d}}', '"}" instead of "{".', 6],
    ['id}', 'end of string instead of "}".', 2],
    ['id{name}}', 'end of string instead of "}".', 8],
    ['id{name,}', 'name.', 8],
    ['accounts{id}.limit(3)', 'end of string instead of ".".', 12],
    ['a{b}.fields(c)', 'end of string instead of ".".', 4],
    ['cover.fields(id;source)', '")" instead of ";".', 15],
    ['id.', 'name.', 3],
    ['id.limit', '"(", got end of string', 8],
    ['id.(5)', 'name.', 3],
    ['id.limit(5]', '")" instead of "]".', 10],
    ['id.x([1)', '"]" instead of ")".', 7],
    ['a.as()', 'name.', 5],
    ['a.as(b c)', '")" instead of "c".', 7],
    ['["id"', 'name.', 0],
    ['a.x("', '")", got end of string', 5],
    ['é', 'name.', 0],
    ['a😀', 'end of string instead of "😀".', 1],
    ['a\u0000', 'end of string instead of "\u0000".', 1],
  ] as const) {
    assert.throws(
      () => parseFields(text),
      (error) => {
        assert.ok(error instanceof GraphError);
        assert.equal(error.key, 'param.syntax', text);
        assert.equal(error.entry.code, 2500);
        assert.equal(error.message, `Syntax error "Expected ${expected}" at character ${at}: ${text}`);
        return true;
      },
    );
  }
});

test('a long text is repeated whole, and a credential in it is not', () => {
  const long = `${Array.from({ length: 100 }, (_, at) => `field_${at}`).join()}?`;
  assert.throws(() => parseFields(long), {
    message: `Syntax error "Expected end of string instead of "?"." at character ${long.length - 1}: ${long}`,
  });
  const token = `EAA${'x'.repeat(60)}`;
  assert.throws(() => parseFields(`id?access_token=${token}`), {
    message: /at character 2: id\?access_token=\[redacted\]$/,
  });
});

test('what can be parsed and not be meant is refused as a value', () => {
  for (const text of ['a.as(b).as(c)', 'a.limit(1).limit(2)', '["id",1]', '[{"a":1}]'])
    assert.equal(keyOf(text), 'param.invalid', text);
  assert.throws(() => parseFields(7), GraphError);
  assert.throws(() => parseFields({ a: 1 }), GraphError);
});

test('lists of names in the same grammar say the same', () => {
  assert.deepEqual(readNames(' a, b ,c', 'metric'), ['a', 'b', 'c']);
  assert.deepEqual(readNames('["a","b"]', 'metric'), ['a', 'b']);
  assert.deepEqual(readNames('', 'metric'), []);
  for (const [text, expected, at] of [
    ['a,,b', 'name.', 2],
    ['a{b}', 'end of string instead of "{".', 1],
    ['a,', 'name.', 2],
  ] as const)
    assert.throws(() => readNames(text, 'metric'), {
      message: `Syntax error "Expected ${expected}" at character ${at}: ${text}`,
    });
});

test('IV-03: names of the prototype are no fields, no aliases and no modifiers', () => {
  for (const text of ['__proto__', 'id,constructor', 'a{prototype}', 'a.as(__proto__)', 'a.constructor(1)'])
    assert.equal(keyOf(text), 'param.invalid', text);
});

test('IV-05: twenty levels are read, one more and ten thousand are refused, and so are too many fields', () => {
  const nested = (levels: number) => 'a{'.repeat(levels - 1) + 'a' + '}'.repeat(levels - 1);
  assert.equal(keyOf(nested(20)), 'accepted');
  assert.equal(keyOf(nested(21)), 'param.depth');
  assert.equal(keyOf('a{'.repeat(10_000)), 'param.depth');
  assert.equal(keyOf(`a.x(${'('.repeat(10_000)}`), 'param.depth');
  assert.equal(keyOf(Array.from({ length: 1001 }, (_, at) => `f${at}`).join()), 'param.too_many');
});

test('equal texts share one frozen result', () => {
  const first = parseFields('id,accounts.limit(2){name}');
  assert.equal(parseFields('id,accounts.limit(2){name}'), first);
  assert.throws(() => first.push(one('x')), TypeError);
  assert.throws(() => {
    const inner = first[1];
    assert.ok(inner);
    inner.modifiers.limit = '9';
  }, TypeError);
});

const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
  .filter((text) => text !== 'constructor' && text !== 'prototype');
const argument = fc.constantFrom('5', '17.0.0', 'a,b', '', '{"a":["b)"]}', 'f(x)[y]', ' spaced ');
const modifiers = fc.dictionary(
  name.filter((text) => text !== 'as' && text !== 'fields'),
  argument,
  { maxKeys: 3 },
);
const tree = fc.letrec<{ list: FieldRequest[]; item: FieldRequest }>((tie) => ({
  list: fc.array(tie('item'), { minLength: 1, maxLength: 4 }),
  item: fc
    .record({
      name,
      modifiers,
      alias: fc.option(name),
      fields: fc.option(tie('list'), { maxDepth: 4, depthIdentifier: 'nesting' }),
    })
    .map((made) => ({
      name: made.name,
      modifiers: made.modifiers,
      fields: made.fields ?? undefined,
      alias: made.alias ?? made.name,
    })),
})).list;

test('what is printed is read back the same', () => {
  fc.assert(
    fc.property(tree, (fields) => assert.deepEqual(plain(parseFields(printFields(fields))), plain(fields))),
    { numRuns: 1000 },
  );
});

test('hostile text is read or refused, never anything else, in time that grows with its length', async () => {
  const pieces = [
    'a',
    'id',
    ',',
    '{',
    '}',
    '(',
    ')',
    '.',
    '.limit(',
    '.as(',
    '.fields(',
    '[',
    ']',
    '"',
    '\\',
    ' ',
    '\n',
    '__proto__',
    '%00',
    '\u0000',
    'é',
    '5',
    '"x)"',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) =>
      assert.ok(keyOf(parts.join('')).length > 0),
    ),
    { numRuns: 5000 },
  );
  for (const piece of pieces) await mustGrowLinearly(piece, (size) => piece.repeat(size), keyOf, 7500);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../errors/refusal.ts';
import fc from 'fast-check';
import { readForm } from './form.ts';
import { mustGrowLinearly } from '../../test/processor-time.ts';
import { emptyGathered } from './gather.ts';

function read(text: string): Record<string, unknown> {
  const found = emptyGathered(false);
  readForm(text, 'body', found);
  return JSON.parse(JSON.stringify(found.params)) as Record<string, unknown>;
}

function keyOf(text: string): string {
  try {
    read(text);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError);
    return error.key;
  }
}

test('pairs are read as browsers write them, and raw text of batch items as it stands', () => {
  assert.deepEqual(read('a=1&b=two+words&c=%C3%A9%2C&&d&e=&f=x=y&=lost'), {
    a: '1',
    b: 'two words',
    c: 'é,',
    d: '',
    e: '',
    f: 'x=y',
    '': 'lost',
  });
  assert.deepEqual(read('fields=id,name{a b}&x={"y":[1]}'), { fields: 'id,name{a b}', x: '{"y":[1]}' });
});

test('any parameters survive being written by URLSearchParams', () => {
  const names = fc.stringMatching(/^[a-z_ é%&=+]{1,8}$/);
  const values = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(
      fc.dictionary(
        names.filter((name) => !['method', 'debug', 'pretty', 'summary'].includes(name)),
        values,
      ),
      (all) => {
        assert.deepEqual(read(new URLSearchParams(all).toString()), { ...all });
      },
    ),
    { numRuns: 500 },
  );
});

test('nested names become structure; keys 0, 1, 2 make a list', () => {
  assert.deepEqual(read('place[city]=x&place[geo][lat]=1&ids[0]=a&ids[1]=b&tags[]=c&tags[]=d&odd[1]=z&a[b=1&c]=2'), {
    place: { city: 'x', geo: { lat: '1' } },
    ids: ['a', 'b'],
    tags: ['c', 'd'],
    odd: { 1: 'z' },
    'a[b': '1',
    'c]': '2',
  });
});

test('IV-02: nested names give a structure that is never joined into one text', () => {
  assert.deepEqual(read('client_id[]=1&code[0]=x&redirect_uri[a]=y'), {
    client_id: ['1'],
    code: ['x'],
    redirect_uri: { a: 'y' },
  });
  assert.equal(keyOf('access_token[]=x'), 'param.invalid');
  assert.equal(keyOf('appsecret_proof[x]=y'), 'param.invalid');
});

test('IV-03: names of the prototype are passed over and leave no trace', () => {
  assert.deepEqual(
    read(
      '__proto__[admin]=1&constructor[prototype][x]=1&a[__proto__][admin]=1&prototype=1&__proto__=1&ok=1&toString=2',
    ),
    {
      ok: '1',
      toString: '2',
    },
  );
  assert.equal(({} as { admin?: unknown }).admin, undefined);
});

test('IV-05: too many parameters, too long a value and too deep a name are refused, in time that grows with their length', async () => {
  assert.equal(keyOf(Array.from({ length: 1000 }, (_, at) => `p${at}=1`).join('&')), 'accepted');
  assert.equal(keyOf(Array.from({ length: 2000 }, (_, at) => `p${at}=1`).join('&')), 'param.too_many');
  assert.equal(keyOf(`a=${'x'.repeat(64 * 1024)}`), 'accepted');
  assert.equal(keyOf(`a=${'x'.repeat(64 * 1024 + 1)}`), 'param.too_large');
  assert.equal(keyOf(`a${'[x]'.repeat(21)}=1`), 'param.depth');
  for (const piece of ['a&', '&', '['])
    await mustGrowLinearly(piece, (size) => `${piece.repeat(size)}=1`, keyOf, 125_000);
});

test('IV-06: escapes that are not UTF-8 are refused, and a NUL is not the end of a value', () => {
  for (const text of ['id=%ff', 'id=%C0%80', 'id=%ED%A0%80', 'id=%', 'id=%4', '%ff=1'])
    assert.equal(keyOf(text), 'param.invalid', text);
  assert.deepEqual(read('id=admin%00x'), { id: 'admin\u0000x' });
});

test('IV-01: a nested value given twice with different values is refused', () => {
  assert.equal(keyOf('a[x]=1&a[x]=2'), 'param.duplicate');
  assert.equal(keyOf('a[x]=1&a[x][y]=2'), 'param.duplicate');
  assert.equal(keyOf('a=1&a[x]=2'), 'param.duplicate');
  assert.equal(keyOf('a[x]=1&a[x]=1'), 'accepted');
});

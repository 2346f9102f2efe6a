// Pasted text is recognised by its look alone, and nothing that isn't ours is taken for a token to be sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { about } from '../../parts/about.ts';
import { recognise } from './recognise.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const ours = `EAAAQAB${'a1B2'.repeat(20)}`;

test('a token of ours is found bare, quoted, in a header and in an answer', () => {
  const forms = [
    ours,
    `  ${ours}\n`,
    `"${ours}"`,
    `Bearer ${ours}`,
    `{"access_token":"${ours}","token_type":"bearer"}`,
    `https://app.example/#access_token=${ours}&expires_in=5`,
  ];
  for (const form of forms) assert.deepEqual(recognise(form), { is: 'ours', text: ours }, form);
  assert.deepEqual(recognise('1384720956120447|abc'), { is: 'ours', text: '1384720956120447|abc' });
});

test('a token of the real service is none of ours, whatever surrounds it', () => {
  for (const foreign of [`EAACEdEose0cBA${'k7f'.repeat(40)}`, `EAAAAUaZA8jlABA${'k7f'.repeat(40)}`])
    for (const form of [foreign, `access_token=${foreign}`, `"${foreign}",`])
      assert.equal(recognise(form).is, 'foreign', form.slice(0, 20));
});

test('codes, signed requests and ID tokens are told apart, and read where they are in the open', () => {
  assert.deepEqual(recognise(`AQ${'b_C-'.repeat(20)}#_=_`), { is: 'code' });
  assert.deepEqual(recognise(`c2ln.${part({ user_id: '7' })}`), { is: 'signed_request', payload: { user_id: '7' } });
  const header = { alg: 'RS256' };
  const payload = { sub: '7', name: 'ليلى 🌿' };
  assert.deepEqual(recognise(`${part(header)}.${part(payload)}.c2ln`), { is: 'id_token', header, payload });
});

test('nothing, markup, letters of every kind and a megabyte are told as what they are', () => {
  assert.deepEqual(recognise(' \n '), { is: 'nothing' });
  for (const text of ['<img src=x onerror=alert(1)>', '\u202eevil', '🌿🌿', 'a.b', 'a.b.c', '{', 'null.null'])
    assert.equal(recognise(text).is, 'unknown', text);
  assert.deepEqual(recognise('x'.repeat(1_000_000)), { is: 'too_long', length: 1_000_000 });
});

test('moments are told in words, rounded as people do', () => {
  const now = 1_795_264_496;
  const days = (count: number) => about(now + count * 86_400, now);
  assert.equal(days(60), 'in about 2 months');
  assert.equal(days(90), 'in about 3 months');
  assert.equal(days(-21), 'about 21 days ago');
  assert.equal(about(now + 3700, now), 'in about 1 hour');
  assert.equal(about(now, now), 'in about 1 second');
});

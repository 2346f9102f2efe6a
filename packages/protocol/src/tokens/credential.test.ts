import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { appsecretProof, classify, isAppsecretProof, isId, timedProof } from './credential.ts';

const SECRET = '5f4dcc3b5aa765d61d8327deb882cf99';
const TOKEN = 'EAABsbCS1iHgBAKZD';

test('a presented string is sorted by its look', () => {
  assert.deepEqual(classify(undefined), { shape: 'none' });
  assert.deepEqual(classify(''), { shape: 'none' });
  assert.deepEqual(classify(TOKEN), { shape: 'sealed', text: TOKEN });
  assert.deepEqual(classify('XAAabc1'), { shape: 'sealed', text: 'XAAabc1' });
  assert.deepEqual(classify(`4711|${SECRET}`), { shape: 'joined', app: '4711', rest: SECRET });
  for (const text of ['abc', 'EAA', 'EAAab_c', ' EAAabc', 'eaaabc', 'EAAabc%20', 'EAAabc\n', 'EAA\u00e4bc']) {
    assert.deepEqual(classify(text), { shape: 'unreadable' }, text);
  }
});

test('TM-03: empty halves, three parts and odd ids keep the look of a joined token but name no app', () => {
  for (const text of [
    '|',
    '4711|',
    `|${SECRET}`,
    `4711|${SECRET}|x`,
    `04711|${SECRET}`,
    `+1|${SECRET}`,
    `9223372036854775808|${SECRET}`,
    '4711|a b',
    '4711|a\nb',
  ]) {
    const presented = classify(text);
    assert.ok(presented.shape === 'joined' && presented.app === undefined, text);
  }
});

test('IV-05: a token over 4 KiB is not looked at further', () => {
  assert.equal(classify(`EAA${'a'.repeat(4093)}`).shape, 'sealed');
  assert.equal(classify(`EAA${'a'.repeat(4094)}`).shape, 'unreadable');
  assert.deepEqual(classify(`4711|${'a'.repeat(4092)}`), { shape: 'joined', app: undefined, rest: 'a'.repeat(4092) });
});

test('IV-12: an id has one spelling and an upper end', () => {
  for (const text of ['1', '4711', '9223372036854775807']) assert.ok(isId(text), text);
  for (const text of [
    '',
    '0',
    '-1',
    '007',
    '1e3',
    '1.0',
    ' 1',
    '١',
    '9223372036854775808',
    '18446744073709551616',
    '1'.repeat(400),
  ]) {
    assert.ok(!isId(text), text);
  }
});

test('the proof is the lower-case hex HMAC-SHA256 of the token under the secret', async () => {
  const expected = createHmac('sha256', SECRET).update(TOKEN).digest('hex');
  assert.equal(await appsecretProof(TOKEN, SECRET), expected);
  assert.equal(
    await timedProof(TOKEN, SECRET, 1_700_000_000),
    createHmac('sha256', SECRET).update(`${TOKEN}|1700000000`).digest('hex'),
  );
});

test('TM-06: a proof fits one token, one secret and one time', async () => {
  const proof = await appsecretProof(TOKEN, SECRET);
  assert.ok(await isAppsecretProof(proof, TOKEN, SECRET));
  assert.ok(!(await isAppsecretProof(proof, `${TOKEN}x`, SECRET)));
  assert.ok(!(await isAppsecretProof(proof, TOKEN, 'another secret')));
  assert.ok(!(await isAppsecretProof(proof.toUpperCase(), TOKEN, SECRET)));
  assert.ok(!(await isAppsecretProof(proof.slice(0, 62), TOKEN, SECRET)));
  assert.ok(!(await isAppsecretProof('', TOKEN, SECRET)));
  assert.ok(!(await isAppsecretProof(proof, TOKEN, SECRET, '1700000000')));
  const timed = await timedProof(TOKEN, SECRET, 1_700_000_000);
  assert.ok(await isAppsecretProof(timed, TOKEN, SECRET, '1700000000'));
  assert.ok(!(await isAppsecretProof(timed, TOKEN, SECRET, '1700000001')));
  assert.ok(!(await isAppsecretProof(timed, TOKEN, SECRET)));
});

test('an empty secret proves nothing', async () => {
  await assert.rejects(appsecretProof(TOKEN, ''), TypeError);
});

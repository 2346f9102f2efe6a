// Empty text counts as absent, in a proof and in the parameters of the dialog too, except where its absence would
// mean less protection than was asked for. A required parameter that is empty is missed in the words for a missing one.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { readRequest } from '../../src/login/request.ts';
import { settings } from '../acts.ts';
import { cast, testWorld } from '../world.ts';

const { ana, rival, shop } = cast;

test('TM-06: an empty proof is no proof: missed where one is required, and nothing elsewhere', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  await settings(world, rival.id, { requireAppSecretProof: true });
  const free = await world.login(shop.id, ana.id);
  const strict = await world.login(rival.id, ana.id);
  const ask = (token: string, more: string) => world.get(`/me?fields=id&access_token=${token}&${more}`);
  assert.equal((await ask(free, 'appsecret_proof=')).status, 200);
  assert.equal((await ask(free, 'appsecret_proof=&appsecret_time=')).status, 200);
  assert.equal((await ask(free, 'appsecret_proof=&appsecret_time=1795264496')).status, 400, 'a time proves nothing');
  for (const more of ['appsecret_proof=', 'appsecret_proof=&appsecret_time=']) {
    const { status, body } = await ask(strict, more);
    assert.deepEqual(
      [status, body.error.message],
      [400, 'API calls from the server require an appsecret_proof argument'],
      more,
    );
  }
  const proof = createHmac('sha256', rival.secret).update(strict).digest('hex');
  assert.equal((await ask(strict, `appsecret_proof=${proof}`)).status, 200);
});

const read = (more: string) => {
  const { request, blocked } = readRequest(
    `client_id=${shop.id}&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=&${more}`,
  );
  assert.equal(blocked, undefined, more);
  return request;
};

test('an empty parameter of the dialog counts as absent', () => {
  const plain = read('');
  for (const name of [
    'app_id',
    'scope',
    'auth_type',
    'auth_nonce',
    'nonce',
    'config_id',
    'prompt',
    'id_token_hint',
    'display',
    'return_scopes',
  ])
    assert.deepEqual(read(`${name}=`), plain, name);
  assert.deepEqual(read('e2e='), { ...plain, e2e: '' }, 'what is returned byte for byte stays as it came');
  assert.equal(plain?.state, '');
});

test('DL-02: an empty parameter opens nothing that its absence does not', () => {
  assert.equal(read('response_type=id_token&nonce=')?.fault, 'invalid_request', 'an id_token needs a nonce');
  assert.equal(
    read('code_challenge=&code_challenge_method=S256')?.fault,
    'invalid_request',
    'a method without challenge',
  );
  assert.equal(read('response_type=')?.fault, 'unsupported_response_type', 'it is told, not taken for a code');
  for (const name of ['code_challenge', 'code_challenge_method', 'dpop_jkt'])
    assert.equal(read(`${name}=`)?.fault, 'invalid_request', `${name}: the code would be bound to nothing`);
  assert.equal(readRequest('client_id=&redirect_uri=https%3A%2F%2Fapp.example%2Fcb').blocked, 'invalid_app_id');
  assert.equal(readRequest(`client_id=${shop.id}&scope=&scope[]=email&redirect_uri=x`).blocked, 'duplicate_parameter');
  assert.equal(readRequest(`client_id=${shop.id}&scope=&scope=email&redirect_uri=x`).blocked, 'duplicate_parameter');
});

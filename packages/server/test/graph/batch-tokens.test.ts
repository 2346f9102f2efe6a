// These tests are about the tokens of a batch: each item is judged with its own, or with that of the batch.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bakery, bodyOf, codes, page, post, rival, rivals, run, shop, t, user } from './batch-scene.ts';
import { cast } from '../world.ts';

describe('tokens', () => {
  test('an item may bring its own, in its address or its body; the others use that of the batch', async () => {
    const slots = await run([
      { relative_url: 'me?fields=id' },
      { relative_url: `me?fields=id&access_token=${page}` },
      { relative_url: `me?fields=id&access_token=${rivals}` },
      { method: 'POST', relative_url: `${bakery.id}/feed`, body: `message=x&access_token=${page}` },
      { method: 'POST', relative_url: `${bakery.id}/feed`, body: 'message=x' },
      { relative_url: 'me?access_token=EAAnonsense' },
    ]);
    assert.deepEqual(codes(slots), [200, 200, 200, 200, 403, 400]);
    assert.equal(bodyOf(slots[1]).id, bakery.id);
    assert.notEqual(bodyOf(slots[0]).id, bodyOf(slots[2]).id);
    assert.equal(bodyOf(slots[5]).error.code, 190);
  });

  test('without one for the batch each item stands for itself', async () => {
    const slots = await run(
      [{ relative_url: 'me' }, { relative_url: `me?access_token=${user}` }, { relative_url: bakery.id }],
      {
        batch_app_id: shop.id,
      },
    );
    assert.deepEqual(
      [codes(slots), bodyOf(slots[0]).error.code, bodyOf(slots[2]).error.code],
      [[400, 200, 400], 2500, 104],
    );
  });

  test('a bad one for the batch is one error for all', async () => {
    for (const [params, code] of [
      [{ access_token: 'EAAnonsense' }, 190],
      [{ access_token: user, appsecret_proof: 'x' }, 100],
    ] as const) {
      const { status, body } = await post(params, [{ relative_url: `me?access_token=${user}` }]);
      assert.deepEqual([status, body.error.code], [400, code]);
    }
  });

  test('headers of an item bring no identity: those that would are refused, and none is run without them', async () => {
    for (const header of [`Authorization: Bearer ${page}`, { name: 'Cookie', value: 'a=b' }, 'host: evil.example']) {
      const [slot] = await run([{ relative_url: 'me?fields=id', headers: [header] }]);
      const { error } = bodyOf(slot);
      assert.deepEqual(
        [slot?.code, error.type, error.message],
        [400, 'GraphBatchException', 'Request 0 cannot be read: headers'],
      );
    }
    const slots = await run([
      {
        relative_url: 'me?fields=id',
        headers: ['X-Forwarded-For: 1.2.3.4', { name: 'Content-Encoding', value: 'gzip' }],
      },
    ]);
    assert.equal(slots[0]?.code, 200);
    assert.notEqual(bodyOf(slots[0]).id, bakery.id);
  });

  test('every key of an item is obeyed or refused: a value that it cannot have is never passed over', async () => {
    for (const [key, value] of [
      ['headers', 'Accept-Language: de'],
      ['headers', [null]],
      ['headers', [['a']]],
      ['headers', ['no colon']],
      ['headers', [{ name: 1, value: 'x' }]],
      ['omit_response_on_success', 'perhaps'],
      ['omit_response_on_success', {}],
      ['attached_files', 1],
      ['depends_on', [1]],
      ['body', 1],
      ['method', ['GET']],
      ['name', 7],
      ['access_token', 7],
      ['relative_url', 7],
    ] as const) {
      const { status, body } = await post({ access_token: user }, [{ relative_url: 'me?fields=id', [key]: value }]);
      assert.deepEqual(
        [status, body.error?.type, body.error?.message],
        [400, 'GraphBatchException', `Request 0 cannot be read: ${key}`],
        `${key}=${JSON.stringify(value)}`,
      );
    }
    for (const omit of [false, 'false', 0, '0']) {
      const [slot] = await run([
        { relative_url: 'me?fields=id', name: 'one', omit_response_on_success: omit },
        { relative_url: 'me?fields=name', depends_on: 'one' },
      ]);
      assert.equal(slot?.code, 200, JSON.stringify(omit));
    }
  });

  test('I-4: an item that waited for one that ended the token finds it dead', async () => {
    for (const kill of [
      { method: 'DELETE', relative_url: 'me/permissions' },
      {
        method: 'GET',
        relative_url: `oauth/revoke?client_id=${rival.id}&client_secret=${rival.secret}&revoke_token=TOKEN`,
      },
    ]) {
      const token = await t.login(rival.id, cast.ben.id);
      const first = {
        ...kill,
        relative_url: kill.relative_url.replace('TOKEN', token),
        name: 'kill',
        omit_response_on_success: false,
      };
      const slots = await run(
        [
          first,
          { relative_url: 'me', depends_on: 'kill' },
          { relative_url: `me?access_token=${token}`, depends_on: 'kill' },
        ],
        {
          access_token: token,
        },
      );
      assert.deepEqual(codes(slots), [200, 400, 400], JSON.stringify(slots));
      assert.equal(bodyOf(slots[1]).error.code, 190);
    }
  });
});

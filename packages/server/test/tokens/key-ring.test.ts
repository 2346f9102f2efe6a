// Keys change while tokens live: nobody is refused by a rotation, everybody by a withdrawal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyRefused, listKeys, rotateKeys, withdrawKey } from '../../src/liveness/keys/key-ring.ts';
import { verifyAudit } from '../../src/liveness/audit-trail.ts';
import * as lines from '../../src/store/audit/lines.ts';
import { cast, testWorld } from '../world.ts';

const operator = { kind: 'operator' } as const;

test('CR-06: tokens of before a rotation live on, and new ones name the new key', async () => {
  const t = await testWorld();
  const before = await t.login(cast.shop.id, cast.ana.id);
  assert.deepEqual(await rotateKeys(t.server.installation, operator), { active: 2, accepted: 1 });
  const after = await t.login(cast.shop.id, cast.ana.id);
  assert.equal((await t.get(`/me?access_token=${before}`)).status, 200);
  assert.equal((await t.get(`/me?access_token=${after}`)).status, 200);
  assert.deepEqual(
    (await listKeys(t.server.installation)).map(({ id, status }) => [id, status]),
    [
      [1, 'accepted'],
      [2, 'active'],
    ],
  );
  await t.close();
});

test('CR-06: withdrawing a key ends the tokens of that key and no others', async () => {
  const t = await testWorld();
  const before = await t.login(cast.shop.id, cast.ana.id);
  await rotateKeys(t.server.installation, operator);
  const after = await t.login(cast.shop.id, cast.ana.id);
  await withdrawKey(t.server.installation, 1, operator);
  const refused = await t.get(`/me?access_token=${before}`);
  assert.deepEqual([refused.status, refused.body.error.code, refused.body.error.error_subcode], [400, 190, 462]);
  assert.equal((await t.get(`/me?access_token=${after}`)).status, 200);
  const asked = await t.get(`/debug_token?input_token=${before}&access_token=${cast.shop.id}|${cast.shop.secret}`);
  assert.deepEqual(asked.body.data, {
    app_id: cast.shop.id,
    type: 'USER',
    application: 'Shop',
    error: { code: 190, message: refused.body.error.message, subcode: 462 },
    invalidated_at: t.clock.now(),
    is_valid: false,
    scopes: [],
  });
  await t.close();
});

test('the active key cannot be withdrawn, nor one that is not there, nor one twice', async () => {
  const t = await testWorld();
  const { installation } = t.server;
  await assert.rejects(withdrawKey(installation, 1, operator), /keys rotate` first/);
  await assert.rejects(withdrawKey(installation, 9, operator), KeyRefused);
  await rotateKeys(installation, operator);
  await withdrawKey(installation, 1, operator);
  await assert.rejects(withdrawKey(installation, 1, operator), /already/);
  await t.close();
});

test('both acts stand in the audit trail', async () => {
  const t = await testWorld();
  const { installation } = t.server;
  await rotateKeys(installation, operator);
  await withdrawKey(installation, 1, operator);
  const newest = await lines.newest(installation.db.read, { limit: 2 });
  assert.deepEqual(
    newest.map((line) => line.name),
    ['crypto.withdrawn', 'crypto.rotated'],
  );
  assert.equal((await verifyAudit(installation)).brokenAt, undefined);
  await t.close();
});

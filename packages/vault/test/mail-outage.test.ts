// These tests are about a mail server that is away for a day, and one that refuses: nothing is lost, nothing comes twice,
// and the backlog is soon gone. Programs that are told by webhooks do not wait for it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Mailer } from '@hallpass/world';
import { mailServer } from '../../world/test/mail-server.ts';
import { places } from '../../db/test/databases.ts';
import { isWebhookCall } from '../src/people/webhook-signature.ts';
import { addWebhook, removeWebhook, replayWebhook } from '../src/people/webhooks.ts';
import { DAY, dies, peopleScene } from './people-scene.ts';

const newPlace = places['SQLite in memory'];
assert.ok(newPlace);

test('P-12: after a mail server was away for a day, everybody is told within ten minutes, once', async (t) => {
  const scene = await peopleScene(t, newPlace());
  const { world } = scene;
  const server = world.mail as Mailer;
  let tries = 0;
  world.mail = { send: async () => ({ ms: 1, fault: ++tries % 2 ? 'unreachable' : 'timeout' }) };
  const people = 40;
  for (let n = 0; n < people; n++) {
    await scene.connection(`c${n}`, { owner_email: `p${n}@example.com` });
    await dies(scene, `c${n}`);
  }
  await scene.connection('repaired', { owner_email: 'lucky@example.com' });
  await dies(scene, 'repaired');
  await scene.pass(DAY);
  assert.equal(scene.post.waiting(), 0);
  assert.ok(tries < 2000, `${tries} tries: all wait together for the server`);
  await scene.change('repaired', { state: 'healthy' });
  world.mail = server;
  await scene.pass(600);
  const told = new Set<string>();
  while (scene.post.waiting() > 0) for (const address of (await scene.post.next()).to) told.add(address);
  assert.equal(told.size, people);
  assert.equal(told.has('lucky@example.com'), false);
  assert.ok((await scene.deliveries()).every(({ state }) => state === 'sent' || state === 'dropped'));
});

test('VT-08: an address that a mail server refuses is tried for three days, and then the team is told instead', async (t) => {
  const post = await mailServer(t, {
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(address === 'ann@example.com' ? Object.assign(new Error('No box'), { responseCode: 550 }) : null),
  });
  const scene = await peopleScene(t, newPlace(), { post });
  await scene.prefer({ team: ['team@example.com'] });
  await scene.connection('shop');
  await dies(scene, 'shop');
  await scene.pass(2 * DAY);
  assert.equal(post.waiting(), 0);
  await scene.pass(2 * DAY);
  const { to, email } = await post.next();
  assert.deepEqual([to, email.subject], [['team@example.com'], 'The shop has stopped working']);
});

test('a webhook is told of every event in its order, signed, again until it answers, and once more on demand', async (t) => {
  let status = 500;
  const got: { headers: Record<string, string>; body: string }[] = [];
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts).toString() });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => receiver.close());
  const scene = await peopleScene(t, newPlace());
  const { parts } = scene.vault;
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const { id, secret } = await addWebhook(parts, 'main', { url });
  await scene.connection('shop');
  await dies(scene, 'shop');
  await scene.pass(1);
  await scene.happens('shop', 'recovered');
  await scene.pass(1);
  assert.equal(got.length, 1, 'what happened later waits for what happened first');
  status = 204;
  await scene.pass(3600);
  const types = got.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  assert.deepEqual(types, ['connection.died', 'connection.died', 'connection.recovered']);
  for (const { headers, body } of got) {
    const now = parts.world.wall.now();
    assert.equal(isWebhookCall(headers, body, secret, now), true);
    assert.equal(isWebhookCall(headers, `${body} `, secret, now), false);
    assert.equal(isWebhookCall(headers, body, secret, now + 301), false, 'an old call, replayed by somebody');
    assert.equal(isWebhookCall({ ...headers, 'webhook-id': 'other' }, body, secret, now), false);
  }
  assert.equal(got[0]?.headers['webhook-id'], got[1]?.headers['webhook-id']);
  assert.equal(await replayWebhook(parts, 'main', id, { since: 0 }), 2);
  await scene.pass(1);
  assert.equal(got.length, 5);
  await assert.rejects(replayWebhook(parts, 'other', id), /There is no webhook/);
  await removeWebhook(parts, 'main', id);
  await scene.happens('shop', 'died');
  await scene.pass(60);
  assert.equal(got.length, 5);
});

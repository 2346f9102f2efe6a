// Calls to the servers of apps are brought about by acts, led to an address of this machine, kept, and sent again.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import type { Emulator } from '../src/index.ts';
import { control, emulator } from './outside.ts';

interface Received {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let world: Emulator;
let app: Server;
let address: string;
const received: Received[] = [];
before(async () => {
  app = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, path: url, headers, body });
      const challenge = new URL(url, 'http://localhost').searchParams.get('hub.challenge');
      response.end(challenge ?? JSON.stringify({ url: 'http://localhost:3000/deletion/1', confirmation_code: 'D1' }));
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  world = await emulator();
});
after(async () => {
  await world.close();
  app.close();
});
beforeEach(async () => {
  await world.reset();
  received.length = 0;
  await forward(address);
});

async function forward(to: string): Promise<void> {
  const { status, body } = await control(world, 'forward', { to });
  assert.equal(status, 200, JSON.stringify(body));
}

const trigger = (name: string, more: Record<string, string> = {}) =>
  control(world, 'trigger', { name, person: 'Ana', ...more });

/** The payload of a signed request, whose signature is that of the app. */
function signedPayload(body: string) {
  const [signature, payload = ''] = String(new URLSearchParams(body).get('signed_request')).split('.');
  const secret = world.seed.world.apps[0]?.secret ?? '';
  assert.equal(signature, createHmac('sha256', secret).update(payload).digest('base64url'));
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as { user_id: string };
}

test('deauthorize: the person takes the app off, and the signed call comes to the address that was named, by its own path', async () => {
  const { body } = await trigger('deauthorize');
  assert.match(body.did.at(-1), /^Ana Maria Lopes removes /);
  const [call] = received;
  assert.deepEqual([call?.method, call?.path], ['POST', '/facebook/deauthorize']);
  assert.match(signedPayload(call?.body ?? '').user_id, /^\d+$/);
  const [delivery] = body.deliveries;
  assert.deepEqual(
    [delivery.status, delivery.url, delivery.to],
    [200, 'http://localhost:3000/facebook/deauthorize', `${address}/facebook/deauthorize`],
  );
});

test('data-deletion: both calls come, and what the app answers is kept', async () => {
  const { body } = await trigger('data-deletion');
  const paths = received.map(({ path }) => path).toSorted();
  assert.deepEqual(paths, ['/facebook/data-deletion', '/facebook/deauthorize']);
  const kept = body.deliveries as { to: string; answer: string }[];
  assert.ok(kept.some(({ to, answer }) => to.endsWith('/facebook/data-deletion') && answer.includes('"D1"')));
});

test('permissions: without a subscription the answer says what is missing, with one the notice comes', async () => {
  const { body: none } = await trigger('permissions');
  assert.deepEqual(none.deliveries, []);
  assert.match(none.missing, /^Nothing was sent\. Make sure that the app has subscribed to the object permissions/);
  const [first] = world.seed.world.apps;
  const subscribed = await fetch(`${world.url}/v25.0/${first?.id}/subscriptions`, {
    method: 'POST',
    body: new URLSearchParams({
      object: 'permissions',
      fields: 'email',
      callback_url: 'http://localhost:3000/facebook/webhooks',
      verify_token: 'let-me-in',
      access_token: `${first?.id}|${first?.secret}`,
    }),
  });
  assert.equal(subscribed.status, 200, await subscribed.text());
  const { body } = await trigger('permissions', { person: 'Ben' });
  assert.equal(body.missing, undefined);
  const notice = received.find(({ method, path }) => method === 'POST' && path === '/facebook/webhooks');
  assert.equal(JSON.parse(notice?.body ?? '{}').object, 'permissions');
});

test('a call is sent again byte by byte as it was, by its number', async () => {
  const { body } = await trigger('deauthorize');
  const { status } = await control(world, 'deliveries', { replay: String(body.deliveries[0].id) });
  assert.equal(status, 200);
  assert.equal(received.length, 2);
  assert.equal(received[1]?.body, received[0]?.body);
  assert.equal((await control(world, 'deliveries', { replay: '99999' })).status, 404);
});

test('an address with a path takes every call; one of another machine is refused', async () => {
  await forward(`${address}/hook`);
  await trigger('deauthorize');
  assert.equal(received[0]?.path, '/hook');
  for (const to of ['http://example.org/', 'https://localhost/', 'file:///etc/passwd', 'http://localhost.example.org'])
    assert.equal((await control(world, 'forward', { to })).status, 400, to);
});

test('a Page that cannot post says why, and names that are none are told', async () => {
  const { status, body } = await trigger('feed', { person: 'Dana', page: 'No such Page' });
  assert.equal(status, 409);
  assert.match(body.error.message, /\w/);
  assert.equal((await trigger('nothing')).status, 400);
  assert.equal((await trigger('deauthorize', { person: 'Zoe' })).status, 409);
});

test('no call of another world comes here', async () => {
  const other = await world.worlds.create('aside');
  await other.people.get('Ana').logIn();
  await other.people.get('Ana').removeApp();
  assert.deepEqual((await control(world, 'deliveries')).body.deliveries, []);
});

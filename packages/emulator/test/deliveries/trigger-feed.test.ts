// `trigger feed` has a Page publish a post, and the notice of it comes to the app.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createEmulator, readSeed } from '@hallpass/emulator';
import { control } from '../outside.ts';

test('feed: a Page that has installed the app publishes a post, and the signed notice names both', async (t) => {
  const received: { body: string; signature: string }[] = [];
  const app = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['x-hub-signature-256']) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const { port } = app.address() as AddressInfo;
  const seed = await readSeed(
    `name: bakery
people:
  - { key: ana, name: Ana Berg, email: ana@example.com, password: correct-horse }
apps:
  - key: shop
    id: 42
    name: Shop
    mode: live
    secret: '0123456789abcdef0123456789abcdef'
    enforce_https: false
    redirect_uris: ['http://localhost:3000/']
    advanced_access: [public_profile, pages_show_list, pages_read_engagement, pages_manage_posts, pages_manage_metadata]
    subscriptions:
      - { object: page, callback_url: 'http://localhost:${port}/hook', fields: [feed] }
pages:
  - { key: bakery, id: 77, name: Corner Bakery, category: Bakery, roles: { ana: admin }, subscribed_apps: { shop: feed } }
  - { key: bar, id: 78, name: Corner Bar, category: Bar, roles: { ana: admin } }
`,
    'bakery.yaml',
  );
  const world = await createEmulator({ seed });
  t.after(async () => {
    await world.close();
    app.close();
    app.closeAllConnections();
  });
  const { status, body } = await control(world, 'trigger', { name: 'feed', page: 'Corner Bakery' });
  assert.deepEqual([status, body.did, body.missing], [200, ['Corner Bakery publishes a post by Shop'], undefined]);
  assert.equal(body.deliveries[0].status, 200);
  const [notice] = received;
  const expected = createHmac('sha256', '0123456789abcdef0123456789abcdef')
    .update(notice?.body ?? '')
    .digest('hex');
  assert.equal(notice?.signature, `sha256=${expected}`);
  const { object, entry } = JSON.parse(notice?.body ?? '{}');
  assert.deepEqual([object, entry[0].id, entry[0].changes[0].field], ['page', '77', 'feed']);
  assert.equal(entry[0].changes[0].value.message, 'A post of the emulator.');
  // A Page without the app publishes too, and nobody is told.
  const { body: other } = await control(world, 'trigger', { name: 'feed', page: 'Corner Bar' });
  assert.deepEqual([other.did, other.deliveries], [['Corner Bar publishes a post by Shop'], []]);
  assert.match(other.missing, /^Nothing was sent\. .*the Page has installed the app\.$/);
});

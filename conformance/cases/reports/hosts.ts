// These cases are about the hosts that official SDKs call besides `graph` and `www`: each serves the part that its SDK
// looks for there.
import assert from 'node:assert/strict';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dialog, idAndSecret } from '../../src/stage/deeds.ts';
import { succeeded } from '../../src/expect.ts';

const { documented, each } = citing('reports');
const { shop } = apps;
const access_token = idAndSecret(shop);
const domain = 'hallpass.example';
const settings = { baseDomain: domain, trustedProxies: ['127.0.0.1', '::1'] };
const on = (host: string) => ({ host, 'x-forwarded-proto': 'https' });

export const cases: Case[] = [
  ...each(
    [
      ['graph', 'every SDK'],
      ['graph-video', 'restfb/restfb, facebookarchive/php-graph-sdk'],
      ['graph.beta', 'facebookarchive/php-graph-sdk'],
      ['graph-video.beta', 'facebookarchive/php-graph-sdk'],
      ['api', 'the JavaScript SDK'],
      ['api-read', 'the JavaScript SDK'],
      ['ep1', 'facebook/facebook-ios-sdk'],
      ['ep2', 'facebook/facebook-ios-sdk'],
    ] as const,
    ([label, sdk]) =>
      documented(
        `${sdk}: ${label} is a host of the Graph.`,
        `${label}.{domain} answers calls and batches, and has no dialog.`,
        async (world) => {
          const headers = on(`${label}.${domain}`);
          assert.equal(succeeded(await world.get(`/v25.0/${shop.id}`, { access_token }, headers)).body.id, shop.id);
          const batch = JSON.stringify([{ relative_url: `${shop.id}?fields=id` }]);
          const [slot] = succeeded(await world.post('/', { access_token, batch }, headers)).body;
          assert.equal(slot.code, 200);
          assert.ok(!(await world.send({ path: dialog(shop), headers })).text.includes('<form'));
        },
        { settings },
      ),
  ),
  ...each(['www', 'm', 'oauth', 'business'] as const, (label) =>
    documented(
      'The JavaScript SDK: the dialog is at www, m, and on Android browsers at oauth.',
      `${label}.{domain} shows the dialog, and is no host of the Graph.`,
      async (world) => {
        const headers = on(`${label}.${domain}`);
        const page = await world.send({ path: dialog(shop), headers });
        assert.ok(page.status === 200 || page.status === 302, `${page.status} ${page.text}`);
        assert.notEqual((await world.get(`/v25.0/${shop.id}`, { access_token }, headers)).body?.id, shop.id);
      },
      { settings },
    ),
  ),
  documented(
    'facebook/facebook-android-sdk: graph.fb.gg is the Graph of games, and gets no batches.',
    'graph.fb.gg answers calls, and refuses a batch with its own type.',
    async (world) => {
      const headers = on('graph.fb.gg');
      assert.equal(succeeded(await world.get(`/v25.0/${shop.id}`, { access_token }, headers)).body.id, shop.id);
      const batch = JSON.stringify([{ relative_url: shop.id }]);
      const { status, body } = await world.post('/', { access_token, batch }, headers);
      assert.deepEqual([status, body.error.type], [400, 'GraphBatchException']);
    },
    { settings },
  ),
  documented(
    'A host that no SDK knows.',
    'It is refused with 421, whatever it asks.',
    async (world) => {
      for (const host of ['graph.evil.example', `other.${domain}`, `graph.${domain}.evil.example`, 'beta.fb.gg'])
        assert.equal((await world.get(`/v25.0/${shop.id}`, { access_token }, on(host))).status, 421, host);
    },
    { settings },
  ),
];

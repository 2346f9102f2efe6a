// Meta's own server SDK, unmodified and at its own addresses, through the proxy of a vault: it has a handle, and never
// meets a token.
import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Fetch } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import { createHandle, createProxy, createVault, keyFromText, type Vault } from '@hallpass/vault';
import { nodeWorld } from '@hallpass/world';
import { FacebookAdsApi, FacebookAdsApiBatch, type BatchAnswer, User } from 'facebook-nodejs-business-sdk';
import { apps, people } from '../src/stage/cast.ts';
import { longToken, pageScope } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

const GRAPH = 'graph.facebook.com';

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** Asks the world itself, under the name of the Graph: in this process that name leads to the proxy. */
const askWorld =
  (base: () => string): Fetch =>
  (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const { pathname, search } = new URL(url);
      const inner = new URL(base());
      const asked = request(
        { host: '127.0.0.1', port: inner.port, method, path: pathname + search, headers: { ...headers, host: GRAPH } },
        (reply) => {
          bytesOf(reply).then(
            (bytes) =>
              resolve(
                new Response(bytes.length === 0 ? null : new Uint8Array(bytes), {
                  status: reply.statusCode ?? 502,
                  headers: Object.entries(reply.headers).map(([name, value]) => [name, String(value)]),
                }),
              ),
            reject,
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });

describe('facebook-nodejs-business-sdk 24.0.1 through the proxy of a vault', () => {
  let meta: MetaHosts;
  let vault: Vault;
  let token: string;
  let api: FacebookAdsApi;
  const answered: string[] = [];

  before(async () => {
    const opened: { proxy?: ReturnType<typeof createProxy> } = {};
    meta = await openMetaHosts(
      {},
      {
        [GRAPH]: (incoming, answer) => {
          void (async () => {
            const [path = '', query = ''] = (incoming.url ?? '').split(/\?(.*)/s);
            const headers = Object.fromEntries(
              Object.entries(incoming.headers).map(([name, text]) => [name, String(text)]),
            );
            const asked = { method: incoming.method ?? 'GET', path, query, headers, body: await bytesOf(incoming) };
            const done = await opened.proxy?.handle(asked);
            answered.push(JSON.stringify(done));
            answer.writeHead(done?.status ?? 500, done?.headers).end(done?.body);
          })();
        },
      },
    );
    token = await longToken(meta.world, 'ana', apps.shop, { scope: pageScope });
    const world = nodeWorld();
    vault = await createVault({
      database: { kind: 'sqlite', file: ':memory:' },
      masterKey: keyFromText(new Secret(Buffer.alloc(32, 'k').toString('base64url')), {
        random: world.random,
        label: 'this test',
      }),
      world,
      fetch: askWorld(() => meta.world.url),
    });
    await vault.apps.set({ appId: apps.shop.id, secret: new Secret(apps.shop.secret) });
    const [row] = await vault.import(`name,token\nAna,${token}\n`);
    const allow = 'GET /me, GET /me/accounts, GET /*?fields=id,name';
    const { handle } = await createHandle(vault.parts, 'main', { connectionId: row?.id ?? '', allow });
    token = await vault.use(row?.id ?? '', (secret) => secret.open());
    opened.proxy = createProxy({ vault, publicUrl: () => `https://${GRAPH}` });
    api = new FacebookAdsApi(handle, 'en_US', false);
  });
  after(async () => {
    await vault?.close();
    await meta?.close();
  });

  it('reads me, and follows the pages of a list', async () => {
    const me = await new User('me', {}, undefined, api).get(['id', 'name']);
    assert.equal(me._data['name'], people.ana.name);
    const first = await new User('me', {}, undefined, api).getAccounts(['id', 'name'], { limit: 1 });
    assert.equal(first.length, 1);
    const [one] = [...first].map((page) => page._data['name']);
    const second = await first.next();
    assert.notEqual(second[0]?._data['name'], one);
  });

  it('sends a batch, each item of which is judged', async () => {
    const batch = new FacebookAdsApiBatch(api);
    const answers: BatchAnswer[] = [];
    const note = (answer: BatchAnswer): void => void answers.push(answer);
    batch.add('GET', ['me'], { fields: 'id,name' }, undefined, note, note);
    batch.add('GET', ['me', 'accounts'], { fields: 'name' }, undefined, note, note);
    await batch.execute();
    assert.equal(answers.length, 2);
  });

  it('is refused what its handle does not allow, with an error that it understands', async () => {
    const refused = await new User('me', {}, undefined, api).getPermissions([]).then(
      () => assert.fail('it succeeded'),
      (error: { status: number; response: { code: number } }) => error,
    );
    assert.deepEqual([refused.status, refused.response.code], [403, 200]);
  });

  it('was never answered with a token', () => {
    assert.ok(answered.length >= 5);
    for (const text of answered) assert.ok(!text.includes(token) && !/EAA[A-Za-z0-9]{20}/.test(text), text);
  });
});

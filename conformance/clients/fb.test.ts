// These tests run fb 2.0.0, the classic client, unmodified, at its own addresses. It signs every call that has a token.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Answer, Facebook } from 'fb';
import { apps, callback, pages, people } from '../src/stage/cast.ts';
import { logIn, pageScope, pageToken, userToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

const { Facebook: Client } = createRequire(import.meta.url)('fb') as { Facebook: typeof Facebook };

/** Its promises reject with the answer inside. */
const refusal = (attempt: Promise<Answer>) =>
  attempt.then(
    (answer) => assert.fail(`it succeeded: ${JSON.stringify(answer)}`),
    (error: unknown) => (error as { response: Answer }).response.error ?? assert.fail(String(error)),
  );

describe('fb 2.0.0', () => {
  let meta: MetaHosts;
  let token: string;
  const client = (app: { id: string; secret: string } = apps.shop, accessToken?: string): Facebook =>
    new Client({
      appId: app.id,
      appSecret: app.secret,
      version: 'v3.2',
      Promise,
      ...(accessToken === undefined ? {} : { accessToken }),
    });

  before(async () => {
    meta = await openMetaHosts();
    token = await userToken(meta.world, 'ana', apps.shop, { scope: `${pageScope},email` });
  });
  after(() => meta?.close());

  it('exchanges a token, sending a proof along that nobody needs there', async () => {
    const answer = await client(apps.shop, token).api('oauth/access_token', {
      client_id: apps.shop.id,
      client_secret: apps.shop.secret,
      grant_type: 'fb_exchange_token',
      fb_exchange_token: token,
    });
    assert.equal(answer['token_type'], 'bearer');
    assert.ok(Number(answer['expires_in']) > 59 * 86_400);
    assert.equal((await client(apps.shop, String(answer['access_token'])).api('me'))['name'], people.ana.name);
  });

  it('redeems a code', async () => {
    const { query } = await logIn(meta.world, 'ben', apps.shop);
    const answer = await client().api('oauth/access_token', {
      client_id: apps.shop.id,
      client_secret: apps.shop.secret,
      redirect_uri: callback,
      code: query.get('code'),
    });
    assert.ok(answer['access_token']);
  });

  it('gets the app token and uses it', async () => {
    const answer = await client().api('oauth/access_token', {
      client_id: apps.shop.id,
      client_secret: apps.shop.secret,
      grant_type: 'client_credentials',
    });
    const app = await client(apps.shop, String(answer['access_token'])).api(`/${apps.shop.id}`, {
      fields: ['id', 'name', 'contact_email'],
    });
    assert.deepEqual([app['name'], app['contact_email']], [apps.shop.name, 'owner@shop.example']);
  });

  it('asks for fields as a JSON list, with a proof', async () => {
    const me = await client(apps.shop, token).api('me', { fields: ['id', 'name', 'email', 'picture'] });
    assert.equal(me['email'], people.ana.email);
    assert.match(String((me['picture'] as { data: { url: string } }).data.url), /^https:\/\//);
  });

  it('works for an app that requires the proof, and only with the right secret', async () => {
    const proven = await userToken(meta.world, 'ana', apps.proven);
    assert.equal((await client(apps.proven, proven).api('me'))['name'], people.ana.name);
    const wrong = await refusal(client({ ...apps.proven, secret: apps.shop.secret }, proven).api('me'));
    assert.deepEqual([wrong.code, wrong.message], [100, 'Invalid appsecret_proof provided in the API argument']);
  });

  it('posts a form, and reads the post back', async () => {
    const bakery = await pageToken(meta.world, token, 'bakery');
    const made = await client(apps.shop, bakery).api('me/feed', 'post', { message: 'Rye & wheat' });
    assert.ok(String(made['id']).startsWith(pages.bakery.id));
    assert.equal(
      (await client(apps.shop, bakery).api(String(made['id']), { fields: 'message' }))['message'],
      'Rye & wheat',
    );
  });

  it('sends a batch under one proof', async () => {
    const answer = (await client(apps.shop, token).api('', 'post', {
      batch: [
        { method: 'get', relative_url: 'me' },
        { method: 'get', relative_url: 'me/accounts?limit=1' },
      ],
    })) as unknown as { code: number; body: string }[];
    assert.deepEqual(
      answer.map(({ code }) => code),
      [200, 200],
    );
    assert.equal((JSON.parse(answer[0]?.body ?? '') as { name: string }).name, people.ana.name);
  });

  it('reads a signed request, and refuses one that was signed by another', async () => {
    const { fragment } = await logIn(meta.world, 'ana', apps.shop, {
      params: { response_type: 'token,signed_request' },
    });
    const signed = fragment.get('signed_request') ?? '';
    const me = await client(apps.shop, fragment.get('access_token') ?? '').api('me');
    assert.equal(client().parseSignedRequest(signed)?.user_id, me['id']);
    assert.equal(client(apps.rival).parseSignedRequest(signed), undefined);
  });

  it('gives errors as the Graph wrote them', async () => {
    const error = await refusal(client(apps.shop, 'EAAnotatoken').api('me'));
    assert.deepEqual([error.code, error.type], [190, 'OAuthException']);
    assert.ok(error.fbtrace_id);
  });

  it('removes the app, which answers a bare true', async () => {
    const other = await userToken(meta.world, 'cleo', apps.shop);
    assert.equal(await client(apps.shop, other).api('me/permissions', 'delete'), true as unknown as Answer);
    assert.equal((await refusal(client(apps.shop, other).api('me'))).error_subcode, 458);
  });
});

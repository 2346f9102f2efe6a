// These tests are about the server of an app whose page uses the JavaScript SDK: it believes the token and the signed
// request of the page by libraries of others, passport-facebook-token 4.0.0 and fb 2.0.0.
import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Facebook } from 'fb';
import passport from 'passport';
import type { Profile } from 'passport-facebook';
import FacebookTokenStrategy from 'passport-facebook-token';
import { apps, people, worldWithApp } from '../../src/stage/cast.ts';
import { logIn } from '../../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from '../meta-hosts.ts';

const { Facebook: Client } = createRequire(import.meta.url)('fb') as { Facebook: typeof Facebook };
const clientOf = (app: { id: string; secret: string }): Facebook =>
  new Client({ appId: app.id, appSecret: app.secret });

describe('what a page hands to the server of its app', () => {
  let meta: MetaHosts;
  let told: { access_token: string; user_id: string; signed_request: string };

  before(async () => {
    meta = await openMetaHosts({ seed: worldWithApp('shop', { jsSdkLogin: true, sdkDomains: ['shop.example'] }) });
    const browser = meta.world.browser();
    await logIn(meta.world, 'ana', apps.shop, { scope: 'email', browser });
    const query = `client_id=${apps.shop.id}&wants_cookie_data=true`;
    const page = await browser.ask(`/x/oauth/status?${query}`, { headers: { origin: 'https://shop.example' } });
    told = JSON.parse(String(page.headers['fb-ar']));
  });
  after(() => meta?.close());

  it('is a token that passport-facebook-token takes, and knows the person by', async () => {
    const auth = new passport.Passport();
    auth.use(
      new FacebookTokenStrategy(
        { clientID: apps.shop.id, clientSecret: apps.shop.secret },
        (_access, _refresh, profile, done) => done(null, profile),
      ),
    );
    const request = { query: {}, body: { access_token: told.access_token }, headers: {} } as unknown as IncomingMessage;
    const user = await new Promise<Profile>((resolve, reject) => {
      const settle = (error: unknown, profile: unknown): void =>
        error ? reject(new Error(String(error))) : resolve(profile as Profile);
      auth.authenticate('facebook-token', { session: false }, settle)(request, {} as ServerResponse, reject);
    });
    assert.deepEqual([user.id, user.displayName], [told.user_id, people.ana.name]);
  });

  it('is a signed request that fb verifies with the secret of this app and of no other, and whose code works once', async () => {
    const read = clientOf(apps.shop).parseSignedRequest(told.signed_request);
    assert.ok(read);
    assert.deepEqual([read.user_id, read.algorithm], [told.user_id, 'HMAC-SHA256']);
    assert.equal(clientOf(apps.rival).parseSignedRequest(told.signed_request), undefined);
    const [mac = '', payload = ''] = told.signed_request.split('.');
    const other = Buffer.from(JSON.stringify({ ...read, user_id: '1' })).toString('base64url');
    assert.equal(clientOf(apps.shop).parseSignedRequest(`${mac}.${other}`), undefined);
    assert.equal(clientOf(apps.shop).parseSignedRequest(`.${payload}`), undefined);
    const exchange = () =>
      clientOf(apps.shop).api('oauth/access_token', {
        client_id: apps.shop.id,
        client_secret: apps.shop.secret,
        redirect_uri: '',
        code: read.code,
      });
    assert.match(String((await exchange())['access_token']), /^EAA/);
    await assert.rejects(exchange());
  });
});

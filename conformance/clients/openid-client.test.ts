// These tests run openid-client 6.8.9 with its certified strictness: discovery, PKCE, nonce, id_token by the key set,
// at Meta's own issuer.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { apps, callback, people } from '../src/stage/cast.ts';
import { openDialog, userToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

describe('openid-client 6.8.9', () => {
  let meta: MetaHosts;
  let config: client.Configuration;

  before(async () => {
    meta = await openMetaHosts();
    config = await client.discovery(
      new URL('https://www.facebook.com'),
      apps.shop.id,
      undefined,
      client.ClientSecretPost(apps.shop.secret),
    );
  });
  after(() => meta?.close());

  it('discovers the issuer and its endpoints', () => {
    const { issuer, token_endpoint, jwks_uri } = config.serverMetadata();
    assert.equal(issuer, 'https://www.facebook.com');
    assert.ok(token_endpoint?.startsWith('https://graph.facebook.com/'));
    assert.ok(jwks_uri?.startsWith('https://www.facebook.com/'));
  });

  it('logs a person in and accepts the id_token', async () => {
    const verifier = client.randomPKCECodeVerifier();
    const [nonce, state] = [client.randomNonce(), client.randomState()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
    });
    const browser = meta.world.browser();
    const page = await openDialog(browser, url.pathname + url.search, 'ana');
    const tokens = await client.authorizationCodeGrant(config, new URL(page.left ?? ''), {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const me = (await meta.world.get('/me', { access_token: tokens.access_token })).body as { id: string };
    assert.deepEqual([claims?.sub, claims?.aud, claims?.['email']], [me.id, apps.shop.id, people.ana.email]);
  });

  it('introspects and revokes tokens, found by discovery, with the secret in the body and by HTTP Basic (RFC 7662, RFC 7009)', async () => {
    for (const auth of [client.ClientSecretPost, client.ClientSecretBasic]) {
      for (const algorithm of ['oidc', 'oauth2'] as const) {
        const found = await client.discovery(
          new URL('https://www.facebook.com'),
          apps.shop.id,
          undefined,
          auth(apps.shop.secret),
          { algorithm },
        );
        const token = await userToken(meta.world, 'ana', apps.shop, { scope: 'email' });
        const before = await client.tokenIntrospection(found, token);
        assert.deepEqual(
          [before.active, before.client_id, before.scope?.split(' ').includes('email')],
          [true, apps.shop.id, true],
        );
        await client.tokenRevocation(found, token);
        assert.equal((await client.tokenIntrospection(found, token)).active, false);
        await client.tokenRevocation(found, 'what-nobody-ever-gave');
      }
    }
  });

  it('is refused with a wrong secret', async () => {
    const stranger = await client.discovery(
      new URL('https://www.facebook.com'),
      apps.shop.id,
      undefined,
      client.ClientSecretPost('0'.repeat(32)),
    );
    await assert.rejects(client.tokenIntrospection(stranger, 'a-token'));
  });

  it('refuses an answer with another nonce', async () => {
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid',
      nonce: 'one',
      state: 'a-state',
    });
    const browser = meta.world.browser();
    const page = await openDialog(browser, url.pathname + url.search, 'ben');
    await assert.rejects(
      client.authorizationCodeGrant(config, new URL(page.left ?? ''), {
        expectedNonce: 'another',
        expectedState: 'a-state',
      }),
    );
  });
});

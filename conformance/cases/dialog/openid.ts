// These cases are about the log-in dialog by its own documents: PKCE and OpenID Connect.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { apps, nativeCallback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { answerIn, codeOf, dialog, inspect, openDialog, redeem } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const oidc = citing('openid');
const { shop, phone } = apps;
const verifier = 'a-verifier-of-forty-three-characters-or-more-0';
const challenge = createHash('sha256').update(verifier).digest('base64url');

export const cases: Case[] = [
  oidc.documented(
    'Send code_challenge and code_challenge_method=S256; exchange with code_verifier.',
    'With the verifier the code is exchanged; without, or with another, it is refused.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop, {
        params: { code_challenge: challenge, code_challenge_method: 'S256' },
      });
      refused(await redeem(world, shop, code), 100, 36_008);
      refused(await redeem(world, shop, code, { code_verifier: `${verifier}x` }), 100, 36_008);
      succeeded(await redeem(world, shop, code, { code_verifier: verifier }));
    },
  ),
  oidc.documented(
    'A native app exchanges with the verifier and without the secret.',
    'PKCE alone is enough for an app that has no secret to keep.',
    async (world) => {
      const browser = world.browser();
      const params = { redirect_uri: nativeCallback, code_challenge: challenge, code_challenge_method: 'S256' };
      const page = await openDialog(browser, dialog(phone, params), 'ana');
      const code = answerIn(page).query.get('code') ?? '';
      const { body } = succeeded(
        await world.get('/oauth/access_token', {
          client_id: phone.id,
          redirect_uri: nativeCallback,
          code,
          code_verifier: verifier,
        }),
      );
      assert.equal((await inspect(world, body.access_token as string, phone)).is_valid, true);
    },
  ),
  oidc.documented(
    'scope must contain openid; the answer has an id_token beside the access token.',
    'The id_token is signed with RS256, for this app, with the nonce.',
    async (world) => {
      const params = {
        scope: 'openid email',
        nonce: 'n-0S6',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      };
      const code = await codeOf(world, 'ana', shop, { params });
      const { body } = succeeded(await redeem(world, shop, code, { code_verifier: verifier }));
      const [head = '', claims = ''] = (body.id_token as string).split('.');
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
      const me = (await world.get('/me', { access_token: body.access_token })).body as { id: string };
      assert.equal(read(head)['alg'], 'RS256');
      assert.deepEqual(
        [read(claims)['aud'], read(claims)['nonce'], read(claims)['sub'], read(claims)['email']],
        [shop.id, 'n-0S6', me.id, 'ana@example.com'],
      );
      const { keys } = (await world.get('/.well-known/oauth/openid/jwks/')).body as { keys: { kid: string }[] };
      assert.ok(keys.some(({ kid }) => kid === read(head)['kid']));
    },
  ),
  oidc.documented('Without openid there is no id_token.', 'The answer has none.', async (world) => {
    const { body } = succeeded(await redeem(world, shop, await codeOf(world, 'ana', shop, { scope: 'email' })));
    assert.equal(body.id_token, undefined);
  }),
  ...oidc.each(['/.well-known/openid-configuration', '/.well-known/openid-configuration/'] as const, (path) =>
    oidc.documented(
      'Discovery is at /.well-known/openid-configuration/.',
      `${path} answers with issuer, endpoints and keys.`,
      async (world) => {
        const { body } = succeeded(await world.get(path));
        assert.equal(body.issuer, world.url);
        for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'])
          assert.ok((body[name] as string).startsWith('http'), `${name}: ${body[name]}`);
        assert.deepEqual(body.id_token_signing_alg_values_supported, ['RS256']);
      },
      { difference: 'Ours names a token_endpoint, which the real document leaves out.' },
    ),
  ),
];

// These tests are about clients at the token endpoint, as real programs need it: both verbs, every place for the
// client, and PKCE.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { callback, codeOf, nativeCallback } from '../acts.ts';
import { ana, form, formType, jsonType, multipart, own, phone, send, shop, t } from './checklist-scene.ts';

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

test('5. and 6. the token endpoint answers GET and POST, with the client in query, form, JSON, multipart or Basic; grant_type may be absent with a code', async () => {
  const grants: ((code: string) => Record<string, string>)[] = [
    (code) => ({ redirect_uri: callback, code }),
    (code) => ({ grant_type: 'authorization_code', redirect_uri: callback, code }),
  ];
  for (const grant of grants) {
    const replies = [
      await t.get(`/oauth/access_token?${form({ ...own, ...grant(await codeOf(t)) })}`),
      await t.post('/oauth/access_token', { ...own, ...grant(await codeOf(t)) }),
      await send('POST', `/v19.0/oauth/access_token?${form(own)}`, formType, form(grant(await codeOf(t)))),
      await send('POST', '/oauth/access_token', jsonType, JSON.stringify({ ...own, ...grant(await codeOf(t)) })),
      await send(
        'POST',
        '/oauth/access_token',
        { 'content-type': 'multipart/form-data; boundary=b' },
        multipart({ ...own, ...grant(await codeOf(t)) }),
      ),
      await t.post('/oauth/access_token', grant(await codeOf(t)), basic(shop.id, shop.secret)),
      await t.get(`/oauth/access_token?${form(grant(await codeOf(t)))}`, basic(shop.id, shop.secret)),
      await t.post(
        '/oauth/access_token',
        { client_id: shop.id, ...grant(await codeOf(t)) },
        basic(shop.id, shop.secret),
      ),
    ];
    for (const [i, { status, body, headers }] of replies.entries()) {
      assert.equal(status, 200, `${i}: ${JSON.stringify(body)}`);
      assert.deepEqual(
        [typeof body.access_token, body.token_type, typeof body.expires_in, 'id_token' in body],
        ['string', 'bearer', 'number', false],
      );
      assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    }
  }
  for (const header of [
    'Basic',
    'Basic !!!',
    `Basic ${Buffer.from('no-colon').toString('base64')}`,
    `Basic ${Buffer.from('%zz:x').toString('base64')}`,
    `Basic ${Buffer.from(`${shop.id}:${shop.secret}`).toString('base64')}=`,
    `Basic ${Buffer.from(`${shop.id}:${shop.secret}x`).toString('base64').replace(/=+$/, '')}`,
  ]) {
    const reply = await t.post('/oauth/access_token', { grant_type: 'client_credentials' }, { authorization: header });
    assert.equal(reply.status, 400, header);
    assert.ok([100, 101].includes(reply.body.error.code), header);
  }
});

test('7. PKCE by S256 and plain, beside the secret, and without it for what went to a native address', async () => {
  const verifier = 'v'.repeat(43);
  for (const [method, value] of [
    ['S256', createHash('sha256').update(verifier).digest('base64url')],
    ['plain', verifier],
  ] as const) {
    const code = await codeOf(t, { challenge: { method, value } });
    assert.equal(
      (await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code, code_verifier: verifier })).status,
      200,
      method,
    );
    await t.login(phone.id, ana.id);
    const native = await codeOf(t, {
      app: phone.id,
      redirectUri: nativeCallback,
      form: 'native',
      challenge: { method, value },
    });
    const reply = await t.post('/oauth/access_token', {
      client_id: phone.id,
      redirect_uri: nativeCallback,
      code: native,
      code_verifier: verifier,
      access_token: `${phone.id}|${phone.clientToken}`,
    });
    assert.equal(reply.status, 200, reply.text);
  }
});

// These cases are about proofs of the app secret and signed requests, by the guide to login security.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { logIn, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const security = citing('login security');
const manual = citing('manual flow');
const { shop, rival, proven } = apps;
const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

export const cases: Case[] = [
  security.documented(
    'appsecret_proof is the SHA-256 HMAC of your access token, with the app secret as the key.',
    'A right proof is accepted, a wrong one refused, whether one is required or not.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop);
      succeeded(await world.get('/me', { access_token, appsecret_proof: hmac(shop.secret, access_token) }));
      const wrong = await world.get('/me', { access_token, appsecret_proof: hmac(rival.secret, access_token) });
      refused(wrong, 100, undefined, 'Invalid appsecret_proof provided in the API argument');
      assert.equal(wrong.body.error.type, 'GraphMethodException');
    },
  ),
  security.documented(
    'Require App Secret: calls from a server without a proof are refused.',
    'In an app that requires it, a call without proof fails and one with it succeeds.',
    async (world) => {
      const access_token = await userToken(world, 'ana', proven);
      refused(
        await world.get('/me', { access_token }),
        100,
        undefined,
        'API calls from the server require an appsecret_proof argument',
      );
      succeeded(await world.get('/me', { access_token, appsecret_proof: hmac(proven.secret, access_token) }));
    },
    {
      difference:
        'It is not documented how calls of a server are told from those of a client: here every call needs the proof.',
    },
  ),
  ...security.each(
    [
      ['now', 0, true],
      ['299 seconds old', -299, true],
      ['301 seconds old', -301, false],
      ['ten minutes ahead', 600, false],
    ] as const,
    ([age, shift, accepted]) =>
      security.documented(
        'With appsecret_time the proof is over token|time and valid for five minutes.',
        `A proof of a moment ${age} is ${accepted ? 'accepted' : 'refused'}.`,
        async (world) => {
          const access_token = await userToken(world, 'ana', proven);
          const appsecret_time = String(world.clock.now() + shift);
          const reply = await world.get('/me', {
            access_token,
            appsecret_time,
            appsecret_proof: hmac(proven.secret, `${access_token}|${appsecret_time}`),
          });
          if (accepted) succeeded(reply);
          else refused(reply, 100, undefined, 'Invalid appsecret_proof provided in the API argument');
        },
      ),
  ),
  security.documented(
    'The proof is of the very token of the call.',
    'A Page token needs the proof of the Page token.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, user, 'bakery');
      refused(await world.get('/me', { access_token: page, appsecret_proof: hmac(shop.secret, user) }), 100);
      succeeded(await world.get('/me', { access_token: page, appsecret_proof: hmac(shop.secret, page) }));
    },
  ),
  manual.documented(
    'A signed request is {signature}.{payload}, both base64url, signed with the app secret.',
    'response_type=signed_request gives one about the person, for the app.',
    async (world) => {
      const answer = await logIn(world, 'ana', shop, { params: { response_type: 'token,signed_request' } });
      const [signature = '', payload = ''] = (answer.fragment.get('signed_request') ?? '').split('.');
      assert.equal(signature, createHmac('sha256', shop.secret).update(payload).digest('base64url'));
      const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const me = (await world.get('/me', { access_token: answer.fragment.get('access_token') ?? '' })).body as {
        id: string;
      };
      assert.deepEqual([read['algorithm'], read['user_id']], ['HMAC-SHA256', me.id]);
    },
  ),
];

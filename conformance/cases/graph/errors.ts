// These cases are about debug mode and errors, by their guides.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const debug = citing('debug mode');
const errors = citing('errors');
const pagesNow = citing('machine-written reference');
const { shop } = apps;

export const cases: Case[] = [
  debug.documented(
    'debug=all adds __debug__ with messages to the answer.',
    'The data stays; messages have message and type.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { body } = succeeded(await world.get('/me', { fields: 'name,email', debug: 'all', access_token: token }));
      assert.equal(body.name, people.ana.name);
      const messages = body.__debug__.messages as { message: string; type: string }[];
      assert.ok(
        messages.some(({ message, type }) => type === 'warning' && message.includes('email')),
        JSON.stringify(messages),
      );
    },
  ),
  ...debug.each(
    [
      ['all', true],
      ['info', true],
      ['warning', true],
      [undefined, false],
    ] as const,
    ([level, shown]) =>
      debug.documented(
        'A field without its permission is left out, and named in a debug warning.',
        level === undefined ? 'Without debug nothing is added.' : `debug=${level} shows the warning.`,
        async (world) => {
          const { body } = succeeded(
            await world.get('/me', {
              fields: 'email',
              debug: level,
              access_token: await userToken(world, 'ana', shop),
            }),
          );
          assert.equal(body.email, undefined);
          assert.equal(body.__debug__?.messages.length > 0, shown);
        },
      ),
  ),
  errors.documented(
    'An error is {"error": {message, type, code, error_subcode, fbtrace_id}}.',
    'Every error has this form, as the first and only key, with a trace id of its own.',
    async (world) => {
      const [one, two] = [await world.get('/me'), await world.get('/me')];
      assert.deepEqual(Object.keys(one.body), ['error']);
      assert.deepEqual([one.body.error.type, one.body.error.code], ['OAuthException', 2500]);
      assert.match(one.body.error.fbtrace_id, /^[\w-]{11,23}$/);
      assert.notEqual(one.body.error.fbtrace_id, two.body.error.fbtrace_id);
      assert.match(String(one.headers['content-type']), /^application\/json; charset=UTF-8$/i);
    },
  ),
  ...errors.each(
    [
      ['100', 'Invalid parameter', (token: string) => `/me?fields=nonsense&access_token=${token}`, 400],
      ['104', 'token missing', () => `/${pages.bakery.id}`, 400],
      ['190', 'token invalid', () => '/me?access_token=EAAnone', 400],
      ['200', 'permission missing', (token: string) => `/me/accounts?access_token=${token}`, 403],
      ['100', 'object missing', (token: string) => `/999999999999999?access_token=${token}`, 400],
      ['2500', 'no such path', (token: string) => `/me/nothing/there?access_token=${token}`, 400],
    ] as const,
    ([code, what, path, status]) =>
      errors.documented(
        `Code ${code}: ${what}.`,
        `GET ${path('{token}').replace(/\d{9,}/, '{id}')} answers ${code} with HTTP ${status}.`,
        async (world) => {
          const reply = await world.send({ path: path(await userToken(world, 'ana', shop)) });
          assert.deepEqual([String(reply.body.error?.code), reply.status], [code, status], reply.text);
        },
      ),
  ),
  pagesNow.documented(
    'Some pages state 401 for 190, when the token came in a header.',
    'HTTP 400 as recorded; the setting statusOf190InHeader=401 gives 401.',
    async (world) => {
      assert.equal((await world.get('/me', {}, { authorization: 'Bearer EAAnone' })).status, 401);
      assert.equal((await world.get('/me', { access_token: 'EAAnone' })).status, 400);
    },
    { settings: { statusOf190InHeader: 401 } },
  ),
  errors.documented(
    'Tokens are dealt with by code and subcode, not by status or message.',
    'suppress_http_code=1 turns every status into 200 and leaves the error as it is.',
    async (world) => {
      const reply = await world.get('/me', { suppress_http_code: 1, access_token: 'EAAnone' });
      assert.equal(reply.status, 200);
      assert.equal(reply.body.error.code, 190);
    },
  ),
  errors.documented(
    'App tokens cannot be used to query the current user.',
    'Error 2500 with the recorded words.',
    async (world) => {
      refused(
        await world.get('/me', { access_token: idAndSecret(shop) }),
        2500,
        undefined,
        'An active access token must be used to query information about the current user.',
      );
    },
  ),
];

// These cases check how tokens end: the documented meanings of the subcodes of error 190, each caused by a real act.
// The full table of every event and every kind of token is generated elsewhere; these are the sentences of the error
// guide.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { inspect, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import {
  changePassword,
  lockAccount,
  logOutEverywhereElse,
  removeApp,
  signIn,
} from '../../src/stage/settings-pages.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const errors = citing('errors');
const { shop } = apps;

interface Ending {
  subcode: number;
  sentence: string;
  act: (world: ConformanceWorld, token: string) => Promise<void>;
  words: RegExp;
}

const endings: readonly Ending[] = [
  {
    subcode: 458,
    sentence: 'App Not Installed: the person has removed the app.',
    act: async (world) => void (await removeApp(await signIn(world, 'ana'), shop.name)),
    words: new RegExp(`^Error validating access token: The user has not authorized application ${shop.id}\\.$`),
  },
  {
    subcode: 459,
    sentence: 'User Checkpointed: the person needs to log in and follow the instructions.',
    act: async (world) => void (await lockAccount(await signIn(world, 'ana'))),
    words: /^Error validating access token: You cannot access the app till you log in to www\.facebook\.com/,
  },
  {
    subcode: 460,
    sentence: 'Password Changed: the person has to log in again.',
    act: async (world) => void (await changePassword(await signIn(world, 'ana'), 'ana', 'entirely-different-5')),
    words: /the user changed their password or Facebook has changed the session for security reasons\.$/,
  },
  {
    subcode: 463,
    sentence: 'Expired: the login or token has expired; request a new one.',
    act: (world) => world.clock.advance(61 * 86_400),
    words: /^Error validating access token: Session has expired on /,
  },
  {
    subcode: 467,
    sentence: 'Invalid access token: the token has expired, been revoked, or is otherwise invalid.',
    act: async (world) => void (await logOutEverywhereElse(await signIn(world, 'ana'))),
    words: /the user logged out\.$/,
  },
];

const what = {
  458: 'removing the app',
  459: 'locking the account',
  460: 'changing the password',
  463: 'sixty-one days',
  467: 'logging out everywhere else',
} as const;

const bySubcode: Case[] = errors.each(endings, ({ subcode, sentence, act, words }) =>
  errors.documented(
    `190/${subcode}: ${sentence}`,
    `After ${what[subcode as keyof typeof what]} calls answer 190/${subcode}, and debug_token says the same.`,
    async (world) => {
      const token = await longToken(world, 'ana', shop);
      const other = await userToken(world, 'ben', shop);
      succeeded(await world.get('/me', { access_token: token }));
      await act(world, token);
      refused(await world.get('/me', { access_token: token }), 190, subcode, words);
      const { is_valid, error } = await inspect(world, token);
      assert.deepEqual([is_valid, error.code, error.subcode], [false, 190, subcode]);
      if (subcode !== 463) succeeded(await world.get('/me', { access_token: other }));
    },
  ),
);

const more: Case[] = [
  errors.advice(
    '190/464: Unconfirmed User: the person needs to log in to correct the issue.',
    'Tokens are refused with 464 while the state holds; a seed file or the operator sets it, so the server’s own suites test it.',
  ),
  errors.documented(
    '190/492: Invalid Session: the person of a Page token has no longer an appropriate role on the Page.',
    'After the role is gone the Page token answers 492; with a new role old tokens stay invalid, and new ones work.',
    async (world) => {
      const ben = await longToken(world, 'ben', shop, { scope: pageScope });
      const before = await pageToken(world, ben, 'bakery');
      const { id } = (await world.get('/me', { access_token: ben })).body as { id: string };
      const admin = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
      succeeded(await world.delete(`/${pages.bakery.id}/assigned_users`, { user: id, access_token: admin }));
      refused(
        await world.get('/me', { access_token: before }),
        190,
        492,
        /^The user must be an administrator, editor, or moderator of the page/,
      );
      assert.equal((await inspect(world, before)).error.subcode, 492);
      succeeded(
        await world.post(`/${pages.bakery.id}/assigned_users`, { user: id, tasks: 'ANALYZE', access_token: admin }),
      );
      refused(await world.get('/me', { access_token: before }), 190, 492);
      succeeded(await world.get('/me', { access_token: await pageToken(world, ben, 'bakery') }));
    },
  ),
  errors.documented(
    '190 without subcode, or 102: get a new token.',
    'Strings that are no token answer 190 without a subcode.',
    async (world) => {
      for (const access_token of ['nonsense', 'EAA', 'EAAabc', 'CAAabc', `${shop.id}|nonsense`])
        refused(await world.get('/me', { access_token }), 190);
    },
  ),
  errors.documented(
    '10 and 200 to 299: a permission is missing or was taken back.',
    'The token stays valid; the call says which permission it needs.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      succeeded(await world.get('/me/accounts', { access_token: token }));
      assert.equal((await world.delete('/me/permissions/pages_show_list', { access_token: token })).text, 'true');
      const reply = await world.get('/me/accounts', { access_token: token });
      refused(reply, 200, undefined, /pages_show_list/);
      assert.equal((await world.get('/me', { access_token: token })).body.name, people.ana.name);
    },
  ),
];

export const cases: Case[] = [...bySubcode, ...more];

// These cases are about the Pages guide on ends of tokens, where the other cases leave something open: long-lived
// tokens at log-out, and the name of a permission.
import assert from 'node:assert/strict';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dialog, exchange, inspect, openDialog, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';

const { documented } = citing('002');
const { shop } = apps;

export const cases: Case[] = [
  documented(
    ['002:35.1', '002:35.2'],
    'Logging out ends the session’s long-lived token and the non-expiring Page token that came from it; those of another session keep working.',
    async (world) => {
      const [here, there] = [world.browser(), world.browser()];
      const short = await userToken(world, 'ana', shop, { browser: here, scope: pageScope });
      const long = succeeded(await exchange(world, shop, short)).body.access_token as string;
      const page = await pageToken(world, long, 'bakery');
      assert.equal((await inspect(world, page)).expires_at, 0);
      const other = succeeded(await exchange(world, shop, await userToken(world, 'ana', shop, { browser: there }))).body
        .access_token as string;
      await here.open(`/logout.php?access_token=${long}`);
      for (const dead of [short, long, page]) {
        refused(await world.get('/me', { access_token: dead }), 190, 467);
        assert.equal((await inspect(world, dead)).is_valid, false);
      }
      succeeded(await world.get('/me', { access_token: other }));
    },
  ),
  documented(
    '002:26',
    'The dialog does not know page_show_list, as the document spells it: it tells the people of the app, and grants nothing for it.',
    async (world) => {
      const misspelt = await userToken(world, 'ana', shop, { scope: 'page_show_list' });
      assert.deepEqual((await inspect(world, misspelt)).scopes, ['public_profile']);
      refused(await world.get('/me/accounts', { access_token: misspelt }), 200);
      const browser = world.browser();
      const told = await openDialog(browser, dialog(shop, { scope: 'page_show_list' }), 'ben');
      blocked(told, /Invalid Scopes/);
      const token = await userToken(world, 'ana', shop, { scope: 'pages_show_list' });
      succeeded(await world.get('/me/accounts', { access_token: token }));
    },
    { difference: 'The document misspells the name; the permissions reference has pages_show_list.' },
  ),
];

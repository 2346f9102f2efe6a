// The Pages guide to User and Page tokens: its calls, its answers, and what it says about invalidation.
import assert from 'node:assert/strict';
import { apps, callback, pages } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import {
  answerIn,
  dialog,
  exchange,
  goThrough,
  inspect,
  logIn,
  logInOn,
  longToken,
  pageScope,
  pageToken,
  refused,
  succeeded,
  userToken,
} from '../src/deeds.ts';
import { lockAccount, logOutEverywhereElse, removeApp, signIn } from '../src/settings-pages.ts';

const { documented, later, advice } = citing('002');
const { shop, rival, draft } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const cases: Case[] = [
  later('Use one of these methods to get a short-lived user token: Graph API Explorer, …', 'the console with its Explorer'),
  documented('… or Facebook Login.', 'The dialog gives a short-lived token, in the fragment or for a code.', async (world) => {
    const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
    for (const token of [fragment.get('access_token') ?? '', await userToken(world, 'ana', shop)]) {
      const { expires_at, is_valid } = await inspect(world, token);
      assert.equal(is_valid, true);
      assert.ok(expires_at - world.clock.now() <= 2 * HOUR);
    }
  }),
  documented(
    'These methods create a short-lived user token that is valid for 1 hour.',
    'A short-lived token is valid for one hour at least, two at most.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(HOUR - 60);
      succeeded(await world.get('/me', { access_token: token }));
      await world.clock.advance(HOUR + 60);
      refused(await world.get('/me', { access_token: token }), 190, 463);
    },
    { difference: 'Four other documents say “an hour or two”, and recorded answers end on the whole hour after the next: so do ours.' },
  ),
  documented(
    'You need a valid short-lived token and app credentials to get a long-lived one.',
    'Neither another app’s credentials nor another app’s token will do.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      refused(await exchange(world, rival, token), 190);
      assert.ok((await exchange(world, shop, 'EAAnotatoken')).body.error);
      assert.ok((await exchange(world, shop, token, { client_id: undefined })).body.error);
    },
  ),
  documented(
    'To get a long-lived user token, send a GET request to the /oauth/access_token endpoint.',
    'GET answers with the long-lived token; so does POST.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const ask = { grant_type: 'fb_exchange_token', client_id: shop.id, client_secret: shop.secret, fb_exchange_token: token };
      for (const reply of [
        await world.get('/oauth/access_token', ask),
        await world.get('/v26.0/oauth/access_token', ask),
        await world.post('/oauth/access_token', ask),
      ])
        assert.equal((await inspect(world, succeeded(reply).body.access_token as string)).is_valid, true);
    },
  ),
  documented(
    'curl … "grant_type=fb_exchange_token& client_id=APP-ID& …" (with spaces before the names)',
    'The printed call works without the spaces that the print put in.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      succeeded(
        await world.send({
          path: `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop.id}&client_secret=${shop.secret}&fb_exchange_token=${token}`,
        }),
      );
    },
  ),
  documented(
    '{"access_token": …, "token_type": "bearer", "expires_in": SECONDS-UNTIL-TOKEN-EXPIRES}',
    'The answer has these keys and no others; expires_in is a number.',
    async (world) => {
      const { body } = succeeded(await exchange(world, shop, await userToken(world, 'ana', shop)));
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
      assert.equal(body.token_type, 'bearer');
      assert.equal(body.expires_in, 60 * DAY);
    },
  ),
  documented('This token is valid for 60 days.', 'On the sixtieth day it works, on the sixty-first it does not.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    await world.clock.advance(60 * DAY - 60);
    succeeded(await world.get('/me', { access_token: token }));
    await world.clock.advance(120);
    refused(await world.get('/me', { access_token: token }), 190, 463);
  }),
  documented(
    'To get a Page token you need a user token of somebody with the MODERATE task on the Page.',
    'Ben, who may moderate and analyse, gets the token of the Page.',
    async (world) => {
      assert.ok(await pageToken(world, await userToken(world, 'ben', shop, { scope: pageScope }), 'bakery'));
    },
    { difference: 'Any task is enough, as the list of Pages shows in practice; MODERATE is one of them.' },
  ),
  documented(
    'Send a GET request to /PAGE-ID with fields=access_token using your user token.',
    'The answer is {"access_token", "id"} and nothing else.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token }));
      assert.deepEqual(Object.keys(body), ['access_token', 'id']);
      assert.equal(body.id, pages.bakery.id);
    },
  ),
  documented(
    'For the list you need the MANAGE task on the Page …',
    'The list has every Page on which the person holds a task.',
    async (world) => {
      const ids = async (person: 'ana' | 'ben' | 'dan') => {
        const { body } = succeeded(await world.get('/me/accounts', { access_token: await userToken(world, person, shop, { scope: pageScope }) }));
        return (body.data as { id: string }[]).map(({ id }) => id).sort();
      };
      assert.deepEqual([await ids('ana'), await ids('ben'), await ids('dan')], [[pages.bakery.id, pages.garden.id], [pages.bakery.id], []]);
    },
    { difference: 'The sample of another edition lists a Page without MANAGE; any task counts.' },
  ),
  documented(
    '… and the page_show_list permission.',
    'The permission is pages_show_list; without it the list is refused.',
    async (world) => {
      refused(await world.get('/me/accounts', { access_token: await userToken(world, 'ana', shop) }), 200);
    },
    { difference: 'The document misspells the name; the permissions reference has pages_show_list.' },
  ),
  documented(
    'Send a GET request to /USER-ID/accounts?fields=name,access_token.',
    'Items have name, access_token and id, in that order.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/me/accounts', { fields: 'name,access_token', access_token: await userToken(world, 'ana', shop, { scope: pageScope }) }),
      );
      for (const item of body.data as object[]) assert.deepEqual(Object.keys(item), ['name', 'access_token', 'id']);
    },
  ),
  documented(
    'All long-lived tokens may be invalidated before they expire, even non-expiring Page tokens.',
    'A Page token from a long-lived user token never expires, and still dies with the app’s removal.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, user, 'bakery');
      assert.equal((await inspect(world, page)).expires_at, 0);
      await world.clock.advance(80 * DAY);
      succeeded(await world.get('/me', { access_token: page }));
      const browser = await signIn(world, 'ana');
      await removeApp(browser, shop.name);
      refused(await world.get('/me', { access_token: page }), 190, 458);
    },
  ),
  documented(
    'A token is invalidated if the user ends their session with the app.',
    'When the person logs out, the tokens of that session die.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser, scope: pageScope });
      const page = await pageToken(world, token, 'bakery');
      const left = await browser.open(`/logout.php?next=${encodeURIComponent(callback)}&access_token=${token}`);
      assert.ok(left.left?.startsWith(callback) || left.status === 200, left.text);
      for (const dead of [token, page])
        refused(
          await world.get('/me', { access_token: dead }),
          190,
          467,
          'Error validating access token: The session is invalid because the user logged out.',
        );
    },
  ),
  documented(
    '… ends their session: also from another device.',
    'Logging out everywhere else ends the tokens of the other devices and keeps those of this one.',
    async (world) => {
      const [here, there] = [world.browser(), world.browser()];
      const mine = await userToken(world, 'ana', shop, { browser: here });
      const other = await userToken(world, 'ana', shop, { browser: there });
      await logOutEverywhereElse(here);
      refused(await world.get('/me', { access_token: other }), 190, 467);
      succeeded(await world.get('/me', { access_token: mine }));
    },
  ),
  documented(
    '… if the user no longer has a role on the app …',
    'In an app in development, who loses the last role on it loses its tokens.',
    async (world) => {
      const admin = await userToken(world, 'ben', draft);
      const developer = await userToken(world, 'cleo', draft);
      const { id } = (await world.get('/me', { access_token: developer })).body as { id: string };
      succeeded(await world.delete(`/${draft.id}/roles`, { user: id, role: 'developers', access_token: admin }));
      refused(await world.get('/me', { access_token: developer }), 190, 458);
      succeeded(await world.get('/me', { access_token: admin }));
    },
    { difference: 'In a live app a person without a role may use it like anybody, so their token lives. The call that takes a role away is ours.' },
  ),
  documented('… or on the Page …', 'A Page token dies when its person loses the role on the Page; the user token lives.', async (world) => {
    const ben = await longToken(world, 'ben', shop, { scope: pageScope });
    const lost = await pageToken(world, ben, 'bakery');
    const { id } = (await world.get('/me', { access_token: ben })).body as { id: string };
    const admin = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
    succeeded(await world.delete(`/${pages.bakery.id}/assigned_users`, { user: id, access_token: admin }));
    refused(await world.get('/me', { access_token: lost }), 190, 492);
    succeeded(await world.get('/me', { access_token: ben }));
    succeeded(await world.get('/me', { access_token: admin }));
  }),
  documented('… or when a security issue has been detected.', 'A locked account refuses every token until the person unlocks it.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    const browser = await signIn(world, 'ana');
    const locked = await lockAccount(browser);
    refused(await world.get('/me', { access_token: token }), 190, 459);
    const page = await logInOn(
      browser,
      locked.forms.some(({ fields }) => fields.some(({ name }) => name === 'password')) ? locked : await browser.open('/login'),
      'ana',
    );
    const unlocked = page.text.includes('locked') ? await logInOn(browser, page, 'ana') : page;
    assert.ok(unlocked.status < 400, unlocked.text);
    succeeded(await world.get('/me', { access_token: token }));
  }),
  documented(
    'To invalidate a Page or user token, the person has to remove and then re-add the app.',
    'Removing and adding again leaves the old tokens dead and gives new ones.',
    async (world) => {
      const before = await longToken(world, 'ana', shop, { scope: pageScope });
      const browser = await signIn(world, 'ana');
      await removeApp(browser, shop.name);
      const after = await userToken(world, 'ana', shop, { browser, scope: pageScope });
      refused(await world.get('/me', { access_token: before }), 190, 458);
      succeeded(await world.get('/me', { access_token: after }));
    },
  ),
  documented(
    'This will invalidate all access tokens created by that person for the app.',
    'Every token of that person and app dies; other people’s and other apps’ live.',
    async (world) => {
      const short = await userToken(world, 'ana', shop, { scope: pageScope });
      const long = (await exchange(world, shop, short)).body.access_token as string;
      const page = await pageToken(world, long, 'garden');
      const [ben, elsewhere] = [await userToken(world, 'ben', shop), await userToken(world, 'ana', rival)];
      const browser = await signIn(world, 'ana');
      await removeApp(browser, shop.name);
      for (const dead of [short, long, page]) refused(await world.get('/me', { access_token: dead }), 190, 458);
      for (const alive of [ben, elsewhere]) succeeded(await world.get('/me', { access_token: alive }));
    },
  ),
  later('… how to remove an app from a business.', 'businesses and system users'),
  documented(
    'The app can then be re-added by getting a user token, or logging into the app.',
    'After removal the dialog asks for everything again.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email' });
      await removeApp(browser, shop.name);
      const asked = await browser.open(dialog(shop, { scope: 'email' }));
      assert.equal(asked.left, undefined);
      assert.match(asked.text, /asks for:/);
      assert.ok(answerIn(await goThrough(browser, asked, 'ana')).query.get('code'));
    },
  ),
  advice('Help articles describe how to remove an app.', 'The page “Apps and websites” says it where it is done.'),
];

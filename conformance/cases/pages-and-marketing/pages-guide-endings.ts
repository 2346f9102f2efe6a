// These cases are about the Pages guide to User and Page tokens: what it says about invalidation, each caused by a real
// act.
import assert from 'node:assert/strict';
import { dashboard } from '../../src/stage/dashboard.ts';
import { apps, callback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  dialog,
  exchange,
  goOn,
  inspect,
  logInOn,
  longToken,
  openLogIn,
  pageScope,
  pageToken,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { lockAccount, logOutEverywhereElse, removeApp, signIn } from '../../src/stage/settings-pages.ts';
import { proofOf, systemToken } from '../../src/stage/system-users.ts';

const { documented } = citing('002');
const { shop, rival, draft } = apps;
const DAY = 86_400;

export const cases: Case[] = [
  documented(
    '002:35.1',
    'A Page token from a long-lived user token never expires, but ends when the app is removed.',
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
  documented('002:35.2', 'When the person logs out, the tokens of that session end.', async (world) => {
    const browser = world.browser();
    const token = await userToken(world, 'ana', shop, { browser, scope: pageScope });
    const page = await pageToken(world, token, 'bakery');
    const left = await browser.open(`/logout.php?next=${encodeURIComponent(callback)}&access_token=${token}`);
    assert.ok(left.left?.startsWith(callback) || left.status === 200, left.innerText);
    for (const dead of [token, page])
      refused(
        await world.get('/me', { access_token: dead }),
        190,
        467,
        'Error validating access token: The session is invalid because the user logged out.',
      );
  }),
  documented(
    '002:35.2',
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
    '002:35.3',
    'In an app in development, someone who loses their last role on it loses its tokens.',
    async (world) => {
      const admin = await userToken(world, 'ben', draft);
      const developer = await userToken(world, 'cleo', draft);
      const ben = await dashboard(world, 'ben');
      const team = succeeded(await ben.get(`/${draft.id}/roles`)).body.data as { user: string; role: string }[];
      const user = team.find(({ role }) => role === 'developers')?.user;
      succeeded(await ben.delete(`/${draft.id}/roles`, { user, role: 'developers' }));
      refused(await world.get('/me', { access_token: developer }), 190, 458);
      succeeded(await world.get('/me', { access_token: admin }));
    },
    {
      difference:
        'In a live app a person without a role may use it like anyone else, so their token keeps working. The call that takes a role away is ours.',
    },
  ),
  documented(
    '002:35.4',
    'A Page token ends when its person loses the role on the Page; the user token keeps working.',
    async (world) => {
      const ben = await longToken(world, 'ben', shop, { scope: pageScope });
      const lost = await pageToken(world, ben, 'bakery');
      const { id } = (await world.get('/me', { access_token: ben })).body as { id: string };
      const admin = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
      succeeded(await world.delete(`/${pages.bakery.id}/assigned_users`, { user: id, access_token: admin }));
      refused(await world.get('/me', { access_token: lost }), 190, 492);
      succeeded(await world.get('/me', { access_token: ben }));
      succeeded(await world.get('/me', { access_token: admin }));
    },
  ),
  documented(
    '002:35.5',
    'A locked account refuses every token until the person unlocks it.',
    async (world) => {
      const token = await longToken(world, 'ana', shop);
      const browser = await signIn(world, 'ana');
      const locked = await lockAccount(browser);
      refused(await world.get('/me', { access_token: token }), 190, 459);
      const asksHere = locked.forms.some(({ fields }) => fields.some(({ name }) => name === 'password'));
      const page = await (asksHere ? logInOn(browser, 'ana') : openLogIn(browser, '/login', 'ana'));
      const unlocked = page.innerText.includes('locked') ? await logInOn(browser, 'ana') : page;
      assert.ok(unlocked.status < 400, unlocked.innerText);
      succeeded(await world.get('/me', { access_token: token }));
    },
    {
      difference:
        'The token is refused and not ended, so that it works again afterwards; the setting checkpointEndsTokens ends it.',
    },
  ),
  documented(
    '002:35.5',
    'With the setting checkpointEndsTokens a locked account loses its tokens for good, Page tokens too.',
    async (world) => {
      const token = await longToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, token, 'bakery');
      await lockAccount(await signIn(world, 'ana'));
      for (const access_token of [token, page]) refused(await world.get('/me', { access_token }), 190, 467);
      const browser = world.browser();
      const held = await openLogIn(browser, '/login', 'ana');
      const unlocked = held.innerText.includes('locked') ? await logInOn(browser, 'ana') : held;
      assert.ok(unlocked.status < 400, unlocked.innerText);
      for (const access_token of [token, page]) refused(await world.get('/me', { access_token }), 190, 467);
    },
    { settings: { checkpointEndsTokens: true } },
  ),
  documented(
    ['002:36.1', '002:36.3'],
    'After removing and adding the app again, the old tokens stay invalid and new ones are given.',
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
    '002:36.2',
    'Every token of that person and app ends; those of other people and apps keep working.',
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
  documented(
    '002:36.4',
    'When the tokens of a system user for the app are ended in the business, they and their Page tokens are dead.',
    async (world) => {
      const { token, id, caller } = await systemToken(world);
      const page = await pageToken(world, token, 'garden');
      succeeded(
        await world.delete(`/${id}/access_tokens`, {
          business_app: apps.market.id,
          access_token: caller,
          appsecret_proof: proofOf(caller),
        }),
      );
      for (const dead of [token, page]) refused(await world.get('/me', { access_token: dead }), 190, 466);
    },
  ),
  documented('002:37', 'After removal the dialog asks for everything again.', async (world) => {
    const browser = world.browser();
    await userToken(world, 'ana', shop, { browser, scope: 'email' });
    await removeApp(browser, shop.name);
    const asked = await browser.open(dialog(shop, { scope: 'email' }));
    assert.equal(asked.left, undefined);
    assert.match(asked.innerText, /asks for:/);
    assert.ok(answerIn(await goOn(browser, 'ana')).query.get('code'));
  }),
];

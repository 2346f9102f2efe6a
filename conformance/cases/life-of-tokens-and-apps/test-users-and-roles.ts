// These cases are about what belongs to an app: test users and roles, by their pages.
import assert from 'node:assert/strict';
import { apps, pages, type PersonName } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import { answerIn, dialog, goOn, idAndSecret, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const testUsers = citing('test users');
const roles = citing('app roles');
const { shop, draft } = apps;

const userId = async (world: ConformanceWorld, person: PersonName): Promise<string> =>
  succeeded(await world.get('/me', { access_token: await userToken(world, person, draft) })).body.id as string;

export const cases: Case[] = [
  testUsers.documented(
    'Create test users with an app token: POST /{app-id}/accounts/test-users.',
    'installed=false gives one without a token, who can still log in by the link.',
    async (world) => {
      const { body } = succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { installed: false, access_token: idAndSecret(shop) }),
      );
      assert.equal(body.access_token, undefined);
      assert.ok(body.id && body.login_url && body.password);
      const page = await world.browser().open(body.login_url as string);
      assert.ok(page.status < 400, page.innerText);
    },
  ),
  testUsers.documented(
    'An app can have 10 test users.',
    'As many as one likes: eleven are made here.',
    async (world) => {
      for (let made = 0; made < 11; made++)
        succeeded(
          await world.post(`/${shop.id}/accounts/test-users`, { installed: false, access_token: idAndSecret(shop) }),
        );
      assert.equal(
        succeeded(await world.get(`/${shop.id}/accounts/test-users`, { limit: 25, access_token: idAndSecret(shop) }))
          .body.data.length,
        11,
      );
    },
    { difference: 'On purpose: the limit is of the real platform’s making. `testUsersPerApp` sets one.' },
  ),
  testUsers.documented(
    'An app can have 10 test users.',
    'With the setting at 10 the eleventh is refused, and says how many there may be.',
    async (world) => {
      const make = () =>
        world.post(`/${shop.id}/accounts/test-users`, { installed: false, access_token: idAndSecret(shop) });
      for (let made = 0; made < 10; made++) succeeded(await make());
      refused(await make(), 10, undefined, /10 test users/);
    },
    { settings: { testUsersPerApp: 10 } },
  ),
  testUsers.documented(
    'Creating test users is switched off for the time being.',
    'With the switch off making one is refused; those that are there are listed and deleted as before.',
    async (world) => {
      refused(
        await world.post(`/${shop.id}/accounts/test-users`, { access_token: idAndSecret(shop) }),
        10,
        undefined,
        /cannot be created/,
      );
      assert.deepEqual(
        succeeded(await world.get(`/${shop.id}/accounts/test-users`, { access_token: idAndSecret(shop) })).body.data,
        [],
      );
    },
    { settings: { testUserCreation: false }, difference: 'On unless the setting `testUserCreation` says otherwise.' },
  ),
  testUsers.documented(
    'Only administrators and developers create test users, with an app token.',
    'A token of a person is refused, also of an administrator; the app’s own is not.',
    async (world) => {
      refused(
        await world.post(`/${shop.id}/accounts/test-users`, { access_token: await userToken(world, 'ben', shop) }),
        15,
      );
      succeeded(await world.post(`/${shop.id}/accounts/test-users`, { access_token: idAndSecret(shop) }));
    },
  ),
  testUsers.documented(
    'Test users only have to do with other test users: they cannot befriend, or see, real people and Pages.',
    'A real person cannot be befriended and a real Page cannot be seen; Pages they create can be seen only by test users.',
    async (world) => {
      const permissions = 'user_friends,pages_show_list,pages_manage_metadata,pages_read_engagement';
      const made = succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { permissions, access_token: idAndSecret(shop) }),
      ).body;
      const access_token = made.access_token as string;
      const ana = await userToken(world, 'ana', shop, { scope: 'pages_show_list,pages_read_engagement' });
      const anasId = (await world.get('/me', { access_token: ana })).body.id as string;
      refused(await world.post(`/me/friends/${anasId}`, { access_token }), 100, 33);
      refused(await world.get(`/${pages.bakery.id}`, { access_token }), 100, 33);
      const page = succeeded(
        await world.post('/me/accounts', { name: 'Pretend Bakery', category: 'Bakery', access_token }),
      ).body.id as string;
      assert.equal(succeeded(await world.get(`/${page}`, { access_token })).body.name, 'Pretend Bakery');
      refused(await world.get(`/${page}`, { access_token: ana }), 100, 33);
      refused(await world.post(`/${page}/assigned_users`, { user: anasId, tasks: 'ANALYZE', access_token }), 100);
    },
  ),
  testUsers.documented(
    'Add another app’s test user: uid and owner_access_token.',
    'Each app has its own id, grant and token for it; taking it out ends those of the second app alone.',
    async (world) => {
      const made = succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { permissions: 'email', access_token: idAndSecret(shop) }),
      ).body;
      const given = { uid: made.id as string, owner_access_token: idAndSecret(shop), access_token: idAndSecret(draft) };
      const there = succeeded(await world.post(`/${draft.id}/accounts/test-users`, given)).body;
      assert.notEqual(there.id, made.id);
      succeeded(
        await world.delete(`/${draft.id}/accounts`, { uid: there.id as string, access_token: idAndSecret(draft) }),
      );
      refused(await world.get('/me', { access_token: there.access_token as string }), 190, 458);
      succeeded(await world.get('/me', { access_token: made.access_token as string }));
    },
  ),
  testUsers.documented(
    'Change a test user’s name or password.',
    'POST /{test-user-id} with name and password; the new password logs in.',
    async (world) => {
      const { body } = succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { installed: true, access_token: idAndSecret(shop) }),
      );
      succeeded(
        await world.post(`/${body.id}`, {
          name: 'Renamed Tester',
          password: 'a-new-password-77',
          access_token: idAndSecret(shop),
        }),
      );
      const browser = world.browser();
      const first = await browser.open(dialog(shop));
      const form = first.forms.find(({ fields: inputs }) => inputs.some(({ name }) => name === 'password'));
      assert.ok(form);
      await browser.submit(form, {
        fill: { email: body.email as string, password: 'a-new-password-77' },
      });
      const answer = answerIn(await goOn(browser, 'ana'));
      const token = succeeded(await redeem(world, shop, answer.query.get('code') ?? '')).body.access_token as string;
      assert.equal((await world.get('/me', { access_token: token })).body.name, 'Renamed Tester');
    },
  ),
  testUsers.documented(
    'Connect test users as friends by two calls.',
    'POST /{one}/friends/{other} by each makes them friends.',
    async (world) => {
      const make = async () =>
        succeeded(
          await world.post(`/${shop.id}/accounts/test-users`, {
            installed: true,
            permissions: 'user_friends',
            access_token: idAndSecret(shop),
          }),
        ).body as { id: string; access_token: string };
      const [one, other] = [await make(), await make()];
      succeeded(await world.post(`/${one.id}/friends/${other.id}`, { access_token: one.access_token }));
      succeeded(await world.post(`/${other.id}/friends/${one.id}`, { access_token: other.access_token }));
      const { body } = succeeded(await world.get('/me/friends', { access_token: one.access_token }));
      assert.deepEqual(
        (body.data as { id: string }[]).map(({ id }) => id),
        [other.id],
      );
    },
  ),
  roles.documented(
    'GET /{app-id}/roles with the app token: app_id, user and role.',
    'Each role of the app is listed with these three, in the order of the ids of the people.',
    async (world) => {
      const { body } = succeeded(await world.get(`/${draft.id}/roles`, { access_token: idAndSecret(draft) }));
      const [ben, cleo] = await Promise.all((['ben', 'cleo'] as const).map(async (person) => userId(world, person)));
      const rows = [
        { app_id: draft.id, user: ben, role: 'administrators' },
        { app_id: draft.id, user: cleo, role: 'developers' },
      ];
      assert.equal(JSON.stringify(body.data), JSON.stringify(String(ben) < String(cleo) ? rows : rows.reverse()));
    },
    { difference: 'The strings of the roles are not documented.' },
  ),
  roles.documented(
    'Only administrators may reset the app secret.',
    'A developer may not.',
    async (world) => {
      refused(await (await dashboard(world, 'cleo')).post(`/${draft.id}/reset_secret`), 200);
      assert.match(
        succeeded(await (await dashboard(world, 'ben')).post(`/${draft.id}/reset_secret`)).body.app_secret,
        /^[0-9a-f]{32}$/,
      );
    },
    { difference: 'The call is ours: the real platform has it in the dashboard only.' },
  ),
];

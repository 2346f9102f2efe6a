// What belongs to an app: test users and roles, by their pages.
import assert from 'node:assert/strict';
import { apps } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { dashboard } from '../src/dashboard.ts';
import { goThrough, answerIn, dialog, idAndSecret, redeem } from '../src/deeds.ts';
import { refused, sorted, succeeded } from '../src/expect.ts';

const testUsers = citing('test users');
const roles = citing('app roles');
const { shop, draft } = apps;

type Fields = Record<string, unknown>;

export const cases: Case[] = [
  testUsers.documented(
    'Create test users with an app token: POST /{app-id}/accounts/test-users.',
    'installed=false gives one without a token, who can still log in by the link.',
    async (world) => {
      const { body } = succeeded(await world.post(`/${shop.id}/accounts/test-users`, { installed: false, access_token: idAndSecret(shop) }));
      assert.equal(body.access_token, undefined);
      assert.ok(body.id && body.login_url && body.password);
      const page = await world.browser().open(body.login_url as string);
      assert.ok(page.status < 400, page.text);
    },
  ),
  testUsers.documented(
    'An app can have 10 test users.',
    'As many as one likes: eleven are made here.',
    async (world) => {
      for (let made = 0; made < 11; made++)
        succeeded(await world.post(`/${shop.id}/accounts/test-users`, { installed: false, access_token: idAndSecret(shop) }));
      assert.equal(
        succeeded(await world.get(`/${shop.id}/accounts/test-users`, { limit: 25, access_token: idAndSecret(shop) })).body.data.length,
        11,
      );
    },
    { difference: 'On purpose: the limit is of the real platform’s making. `testUsersPerApp` sets one.' },
  ),
  testUsers.documented(
    'Change a test user’s name or password.',
    'POST /{test-user-id} with name and password; the new password logs in.',
    async (world) => {
      const { body } = succeeded(await world.post(`/${shop.id}/accounts/test-users`, { installed: true, access_token: idAndSecret(shop) }));
      succeeded(await world.post(`/${body.id}`, { name: 'Renamed Tester', password: 'a-new-password-77', access_token: idAndSecret(shop) }));
      const browser = world.browser();
      const first = await browser.open(dialog(shop));
      const form = first.forms.find(({ fields: inputs }) => inputs.some(({ name }) => name === 'password'));
      assert.ok(form);
      const next = await browser.submit(first, form, { fill: { email: body.email as string, password: 'a-new-password-77' } });
      const answer = answerIn(await goThrough(browser, next, 'ana'));
      const token = succeeded(await redeem(world, shop, answer.query.get('code') ?? '')).body.access_token as string;
      assert.equal((await world.get('/me', { access_token: token })).body.name, 'Renamed Tester');
    },
  ),
  testUsers.documented('Connect test users as friends by two calls.', 'POST /{one}/friends/{other} by each makes them friends.', async (world) => {
    const make = async () =>
      succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { installed: true, permissions: 'user_friends', access_token: idAndSecret(shop) }),
      ).body as { id: string; access_token: string };
    const [one, other] = [await make(), await make()];
    succeeded(await world.post(`/${one.id}/friends/${other.id}`, { access_token: one.access_token }));
    succeeded(await world.post(`/${other.id}/friends/${one.id}`, { access_token: other.access_token }));
    const { body } = succeeded(await world.get('/me/friends', { access_token: one.access_token }));
    assert.deepEqual(
      (body.data as { id: string }[]).map(({ id }) => id),
      [other.id],
    );
  }),
  roles.documented(
    'GET /{app-id}/roles with the app token: app_id, user and role.',
    'Each role of the app is listed with these three.',
    async (world) => {
      const { body } = succeeded(await world.get(`/${draft.id}/roles`, { access_token: idAndSecret(draft) }));
      const rows = body.data as Fields[];
      assert.deepEqual(sorted(rows.map(({ role }) => String(role))), ['administrators', 'developers']);
      for (const row of rows) assert.deepEqual(sorted(Object.keys(row)), ['app_id', 'role', 'user']);
    },
    { difference: 'The strings of the roles are not documented.' },
  ),
  roles.documented(
    'Only administrators may reset the app secret.',
    'A developer may not.',
    async (world) => {
      refused(await (await dashboard(world, 'cleo')).post(`/${draft.id}/reset_secret`), 200);
      assert.match(succeeded(await (await dashboard(world, 'ben')).post(`/${draft.id}/reset_secret`)).body.app_secret, /^[0-9a-f]{32}$/);
    },
    { difference: 'The call is ours: the real platform has it in the dashboard only.' },
  ),
];

// These cases are about roles, access levels and modes of apps, by their pages. The real platform has them in its
// dashboard without a documented call; the calls here are ours, what they do is what the pages say.
import assert from 'node:assert/strict';
import { type Case, citing } from '../../src/case.ts';
import { apps, people, type PersonName } from '../../src/stage/cast.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import { answerIn, dialog, idAndSecret, openDialog, userToken } from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const roles = citing('app roles');
const levels = citing('access levels');
const security = citing('login security');
const { shop, draft } = apps;
const ours = { difference: 'The call is ours: the real platform has it in the dashboard only.' };

/** Gives a role, as it is given: invited by Ben, accepted by the person. */
async function giveRole(world: ConformanceWorld, app: { id: string }, person: PersonName, role: string): Promise<void> {
  const { id } = succeeded(
    await (await dashboard(world, 'ben')).post(`/${app.id}/role_invitations`, { email: people[person].email, role }),
  ).body;
  succeeded(await (await dashboard(world, person)).post(`/${id}/accept`));
}

async function cannotUse(world: ConformanceWorld, person: PersonName): Promise<void> {
  blocked(await openDialog(world.browser(), dialog(draft), person), /./);
}

export const cases: Case[] = [
  roles.documented(
    'When you create an app you are its administrator.',
    'POST /me/apps in the dashboard gives an app in development, with that role.',
    async (world) => {
      const page = await dashboard(world, 'dan');
      const { id } = succeeded(await page.post('/me/apps', { name: 'Drum Lessons' })).body;
      const { body } = succeeded(await page.get(`/${id}`, { fields: 'mode,my_roles' }));
      assert.deepEqual([body.mode, body.my_roles], ['development', ['administrators']]);
    },
    ours,
  ),
  roles.documented(
    'People must accept the role before they have it.',
    'An invitation changes nothing; the person accepts it in the own dashboard.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      const { id } = succeeded(
        await ben.post(`/${draft.id}/role_invitations`, { email: people.dan.email, role: 'testers' }),
      ).body;
      await cannotUse(world, 'dan');
      succeeded(await (await dashboard(world, 'dan')).post(`/${id}/accept`));
      const browser = world.browser();
      assert.ok(answerIn(await openDialog(browser, dialog(draft), 'dan')).query.get('code'));
    },
    ours,
  ),
  roles.documented(
    'Administrators can change app settings, reset the secret, remove the app and change roles; developers change settings and no more of these.',
    'Cleo, a developer, changes a setting and is refused the rest.',
    async (world) => {
      const cleo = await dashboard(world, 'cleo');
      succeeded(await cleo.post(`/${draft.id}/settings`, { user_support_email: 'help@draft.example' }));
      refused(await cleo.post(`/${draft.id}/reset_secret`), 200);
      refused(await cleo.post(`/${draft.id}/role_invitations`, { email: people.dan.email, role: 'testers' }), 200);
      refused(await cleo.delete(`/${draft.id}`), 200);
      const ben = await dashboard(world, 'ben');
      succeeded(await ben.post(`/${draft.id}/reset_secret`));
      succeeded(await ben.delete(`/${draft.id}`));
    },
    ours,
  ),
  roles.documented(
    'Testers can test the app in development and cannot see or change its settings.',
    'A tester logs in to it, and is refused its settings and secret.',
    async (world) => {
      await giveRole(world, draft, 'dan', 'testers');
      const token = await userToken(world, 'dan', draft);
      succeeded(await world.get('/me', { access_token: token }));
      const dan = await dashboard(world, 'dan');
      refused(await dan.post(`/${draft.id}/settings`, { app_name: 'Mine' }), 200);
      refused(await dan.post(`/${draft.id}/show_secret`), 200);
    },
    ours,
  ),
  roles.documented(
    'Analytics users can see insights.',
    'app_insights answers in the dashboard; for a tester it is refused.',
    async (world) => {
      await giveRole(world, draft, 'dan', 'insights users');
      await giveRole(world, draft, 'ana', 'testers');
      succeeded(await (await dashboard(world, 'dan')).get(`/${draft.id}/app_insights/installs`));
      refused(await (await dashboard(world, 'ana')).get(`/${draft.id}/app_insights/installs`), 200);
    },
    ours,
  ),
  roles.documented(
    'Only people with a role on an app can use it while it is in development mode.',
    'The dialog stops for everybody else, and tokens of who lost the role are dead.',
    async (world) => {
      await cannotUse(world, 'dan');
      await giveRole(world, draft, 'dan', 'testers');
      const token = await userToken(world, 'dan', draft);
      succeeded(await (await dashboard(world, 'dan')).post(`/${draft.id}/leave`));
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  roles.documented(
    'An app that goes live can be used by anybody; it needs a privacy policy first.',
    'The switch to live names what is missing, and then lets everybody in.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      const live = () => ben.post(`/${draft.id}/mode`, { mode: 'live' });
      succeeded(
        await ben.post(`/${draft.id}/settings`, { privacy_policy_url: '', contact_email: 'makers@draft.example' }),
      );
      refused(await live(), 100, undefined, /privacy_policy_url/);
      succeeded(await ben.post(`/${draft.id}/settings`, { privacy_policy_url: 'https://draft.example/privacy' }));
      succeeded(await live());
      succeeded(await world.get('/me', { access_token: await userToken(world, 'dan', draft) }));
    },
    { difference: 'Which settings a live app needs is not documented in one place; the call is ours.' },
  ),
  levels.documented(
    'Permissions with advanced access can be asked of anybody, after App Review.',
    'A request waits for a reviewer of the platform; once it is approved, permissions granted by people without a role take effect.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      const { id } = succeeded(
        await ben.post(`/${shop.id}/access_requests`, { permission: 'user_likes', use_case: 'Recommendations.' }),
      ).body;
      const status = async () =>
        succeeded(
          await world.get(`/${shop.id}/permissions`, { permission: 'user_likes', access_token: idAndSecret(shop) }),
        ).body.data[0].status;
      assert.equal(await status(), 'unapproved');
      succeeded(await (await dashboard(world, 'dan')).post(`/${id}/decision`, { approve: true, reason: 'Seen.' }));
      assert.equal(await status(), 'live');
    },
    {
      difference: 'The platform decides who reviews: here it is people its operator names. The calls are ours.',
    },
  ),
  levels.documented(
    'An app that goes back from advanced to standard access can no longer use what people without a role granted.',
    'From the next call on, the permission no longer works for them, and still works for people with a role.',
    async (world) => {
      const outsider = await userToken(world, 'ana', shop, { scope: 'email' });
      const insider = await userToken(world, 'ben', shop, { scope: 'email' });
      assert.equal((await world.get('/me', { fields: 'email', access_token: outsider })).body.email, people.ana.email);
      succeeded(await (await dashboard(world, 'ben')).delete(`/${shop.id}/permissions`, { permission: 'email' }));
      assert.equal((await world.get('/me', { fields: 'email', access_token: outsider })).body.email, undefined);
      assert.equal((await world.get('/me', { fields: 'email', access_token: insider })).body.email, people.ben.email);
    },
  ),
  levels.documented(
    'public_profile cannot be removed from an app.',
    'Going back to standard access is refused for it.',
    async (world) => {
      refused(
        await (await dashboard(world, 'ben')).delete(`/${shop.id}/permissions`, { permission: 'public_profile' }),
        100,
      );
    },
  ),
  security.documented(
    'App Domains: the domains that the app may use.',
    'Once it names some, a redirect address elsewhere cannot be registered.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      succeeded(await ben.post(`/${shop.id}/settings`, { app_domains: 'app.example' }));
      refused(await ben.post(`/${shop.id}/login_addresses`, { redirect_uris: 'https://elsewhere.example/cb' }), 100);
      succeeded(await ben.post(`/${shop.id}/login_addresses`, { redirect_uris: 'https://login.app.example/cb' }));
    },
  ),
  security.documented(
    'Enforce HTTPS: redirects must be https.',
    'A live app redirects to http of this machine only after it was switched off.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      const open = async () => world.browser().open(dialog(shop, { redirect_uri: 'http://localhost:3000/cb' }));
      succeeded(await ben.post(`/${shop.id}/login_addresses`, { redirect_uris: 'http://localhost:3000/cb' }));
      blocked(await open(), /./);
      succeeded(await ben.post(`/${shop.id}/security_settings`, { enforce_https: false }));
      assert.ok((await open()).status < 400);
    },
  ),
];

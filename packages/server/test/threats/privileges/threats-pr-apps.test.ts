// PR-06 and PR-12: who may do what with an app, by the table of roles, and what no token may do at all. Every role
// meets every act in the dashboard; every kind of token meets every call that changes an app.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type AppAct, type AppRole, appRoles } from '@hallpass/protocol';
import { change } from '../../../src/liveness/change.ts';
import * as apps from '../../../src/store/apps/apps.ts';
import { digest } from '../../acts.ts';
import { type Desk, desk } from '../../dashboard.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../../world.ts';
import { PersonId } from '../../../src/store/ids.ts';

const { shop, rival, draft, ana, ben, cleo, bakery } = cast;
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

const giveRole = (person: string, role: string | undefined) =>
  change(t.server.installation, async ({ tx }) => {
    for (const old of await apps.rolesOf(tx, shop.id, PersonId.of(person)))
      await apps.removeRole(tx, shop.id, PersonId.of(person), old);
    if (role !== undefined) await apps.addRole(tx, shop.id, PersonId.of(person), role, t.clock.now());
  });

/** The people of an app do these things, and each is an act of the table; undefined is for everybody with a role. */
const deeds: {
  title: string;
  act: AppAct | undefined;
  confirms?: true;
  call(page: Desk, bensId: string): Promise<Reply>;
}[] = [
  {
    title: 'changes a setting',
    act: 'change_settings',
    call: (page) => page.post(`/${shop.id}/settings`, { user_support_email: 'help@shop.example' }),
  },
  {
    title: 'switches Enforce HTTPS off',
    act: 'change_settings',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/security_settings`, { enforce_https: 'false' }),
  },
  {
    title: 'says where log-ins may lead',
    act: 'change_login_addresses',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/login_addresses`, { redirect_uris: 'https://new.example/cb' }),
  },
  {
    title: 'takes the app back to development',
    act: 'change_mode',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/mode`, { mode: 'development' }),
  },
  { title: 'sees the secret', act: 'see_secret', confirms: true, call: (page) => page.post(`/${shop.id}/show_secret`) },
  {
    title: 'resets the secret',
    act: 'reset_secret',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/reset_secret`),
  },
  {
    title: 'resets the client token',
    act: 'reset_secret',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/reset_client_token`),
  },
  {
    title: 'invites an administrator',
    act: 'change_roles',
    confirms: true,
    call: (page) => page.post(`/${shop.id}/role_invitations`, { email: 'friend@example.com', role: 'administrators' }),
  },
  { title: 'lists invitations', act: 'change_roles', call: (page) => page.get(`/${shop.id}/role_invitations`) },
  {
    title: 'takes a role away',
    act: 'change_roles',
    confirms: true,
    call: (page, bensId) => page.delete(`/${shop.id}/roles?${form({ user: bensId, role: 'administrators' })}`),
  },
  {
    title: 'asks for advanced access',
    act: 'ask_access',
    call: (page) =>
      page.post(`/${shop.id}/access_requests`, { permission: 'ads_management', use_case: 'Advertising.' }),
  },
  {
    title: 'goes back to standard access',
    act: 'ask_access',
    confirms: true,
    call: (page) => page.delete(`/${shop.id}/permissions?permission=email`),
  },
  { title: 'sees figures', act: 'see_insights', call: (page) => page.get(`/${shop.id}/app_insights/installs`) },
  { title: 'sees who works on it', act: undefined, call: (page) => page.get(`/${shop.id}/roles`) },
  { title: 'sees what it may ask', act: undefined, call: (page) => page.get(`/${shop.id}/permissions`) },
  { title: 'sees what it asked for', act: undefined, call: (page) => page.get(`/${shop.id}/access_requests`) },
  { title: 'leaves', act: undefined, call: (page) => page.post(`/${shop.id}/leave`) },
  { title: 'deletes the app', act: 'remove_app', confirms: true, call: (page) => page.delete(`/${shop.id}`) },
];

describe('PR-06: the table of roles', () => {
  for (const { title, act, confirms, call } of deeds)
    test(`who ${title}`, async () => {
      const bensId = (await (await desk(t, ben)).session()).body.id as string;
      const page = await desk(t, cleo);
      for (const role of [undefined, ...(Object.keys(appRoles) as AppRole[]).reverse()]) {
        await giveRole(cleo.id, role);
        const may =
          role !== undefined && (act === undefined || (appRoles[role].may as readonly AppAct[]).includes(act));
        const before = await digest(t);
        if (may && confirms) {
          await t.clock.advance(3600);
          const stale = await call(page, bensId);
          assert.deepEqual([stale.status, stale.body.error.code], [403, 200], `${role}, unconfirmed: ${stale.text}`);
          assert.match(stale.body.error.message, /password/);
          await page.confirm(cleo.password);
        }
        const { status, body, text } = await call(page, bensId);
        if (may) assert.equal(status, 200, `${role}: ${text}`);
        else {
          assert.deepEqual([status, body.error.code], [403, 200], `${role}: ${text}`);
          assert.equal(await digest(t), before, role);
        }
        if (!may) assert.ok(!text.includes(shop.secret) && !text.includes(shop.clientToken));
      }
    });

  test('no role shows the secret in a field, and testers see no client token either', async () => {
    const page = await desk(t, cleo);
    for (const role of [undefined, ...Object.keys(appRoles)]) {
      await giveRole(cleo.id, role);
      const all = Object.keys(t.server.graph.nodes.get('app')?.fields ?? {}).join(',');
      const { status, text, body } = await page.get(`/${shop.id}?fields=${all}&metadata=1`);
      assert.equal(status, 200, text);
      assert.ok(!text.includes(shop.secret), role);
      assert.equal(
        body.client_token,
        role === 'administrators' || role === 'developers' ? shop.clientToken : undefined,
        role,
      );
    }
    for (const field of ['app_secret', 'secret', 'secret_key', 'canvas_secret'])
      assert.equal((await page.get(`/${shop.id}?fields=${field}`)).body.error.code, 100, field);
  });

  test('an administrator whose role was removed is refused at the next call of an open page, and so is the token', async () => {
    await giveRole(cleo.id, 'administrators');
    const page = await desk(t, cleo);
    const token = await t.login(shop.id, cleo.id);
    const bens = await desk(t, ben);
    const cleosId = (await page.session()).body.id as string;
    assert.equal((await page.get(`/${shop.id}?fields=mode`)).body.mode, 'live');
    assert.equal(
      (await t.get(`/${shop.id}?fields=contact_email&access_token=${token}`)).body.contact_email,
      'owner@shop.example',
    );
    assert.equal(
      (await bens.delete(`/${shop.id}/roles?${form({ user: cleosId, role: 'administrators' })}`)).status,
      200,
    );
    assert.equal((await page.get(`/${shop.id}?fields=mode`)).body.mode, undefined);
    for (const { call } of deeds) assert.deepEqual([(await call(page, cleosId)).status], [403]);
    assert.equal((await t.get(`/${shop.id}?fields=contact_email&access_token=${token}`)).body.contact_email, undefined);
  });

  test('an app in development that one does not work on is not there at all', async () => {
    const page = await desk(t, ana);
    for (const reply of [
      await page.get(`/${draft.id}`),
      await page.post(`/${draft.id}/show_secret`),
      await page.delete(`/${draft.id}`),
    ])
      assert.deepEqual([reply.body.error.code, reply.body.error.error_subcode], [100, 33]);
  });
});

describe('PR-12: what no token does', () => {
  const evil: Record<string, string> = {
    id: '4711',
    owner: cleo.id,
    roles: '[{"user":"1003","role":"administrators"}]',
    role: 'administrators',
    email: cleo.email,
    user: cleo.id,
    is_verified: 'true',
    app_secret: 'f'.repeat(32),
    secret: 'f'.repeat(32),
    client_token: 'f'.repeat(32),
    access_level: 'advanced',
    advanced_access: 'ads_management',
    permission: 'ads_management',
    use_case: 'x',
    approve: 'true',
    created_by: cleo.id,
    redirect_uris: 'https://evil.example/',
    oauth_redirect_uris: 'https://evil.example/',
    sdk_domains: 'evil.example',
    js_sdk_domains: 'evil.example',
    mode: 'development',
    status: 'deleted',
    name: 'Taken',
    native_app: 'true',
    native_login: 'true',
    client_oauth_login: 'false',
    enforce_https: 'false',
    require_appsecret_proof: 'true',
    require_pkce: 'true',
    login_from_devices: 'true',
    marketing_tier: 'standard',
    settings: '{"redirectUris":["https://evil.example/"]}',
  };

  test('every named field, by every kind of token, at every call that changes an app, is never written', async () => {
    const everything = ['email', 'pages_show_list', 'pages_manage_metadata', 'business_management', 'ads_management'];
    const bens = await t.login(shop.id, ben.id, { permissions: everything });
    const anas = await t.login(shop.id, ana.id, { permissions: everything });
    const session = (
      await t.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${bens}`)
    ).body.access_token;
    const tokens: Record<string, string> = {
      'of an administrator': bens,
      'of somebody else': anas,
      'of an administrator, by another app': await t.login(rival.id, ben.id),
      'of a Page': (await t.get(`/${bakery.id}?fields=access_token&access_token=${anas}`)).body.access_token,
      'of a session': session,
      'of the app': `${shop.id}|${shop.secret}`,
      'of the app, generated': (
        await t.get(
          `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`,
        )
      ).body.access_token,
      'of another app': `${rival.id}|${rival.secret}`,
      'of a client': `${shop.id}|${shop.clientToken}`,
      none: '',
    };
    for (const [whose, token] of Object.entries(tokens)) assert.ok(token !== undefined, whose);
    const page = await desk(t, ben);
    const invitation = (await page.post(`/${shop.id}/role_invitations`, { email: ana.email, role: 'testers' })).body
      .id as string;
    const request = (await page.post(`/${shop.id}/access_requests`, { permission: 'ads_read', use_case: 'x' })).body
      .id as string;
    const app = t.server.graph.nodes.get('app');
    const changing = (app?.edges ?? []).filter(
      (edge) => edge.method !== 'GET' && !edge.name.startsWith('accounts') && edge.name !== 'activities',
    );
    assert.ok(changing.length >= 14, String(changing.length));
    const documented = new Set(
      changing
        .filter(({ source }) => source !== 'ours')
        .map(({ method, name }) => `${method} /${shop.id}${name === '' ? '' : `/${name}`}`),
    );
    const paths = [
      ...changing.map(({ method, name }) => [method, `/${shop.id}${name === '' ? '' : `/${name}`}`] as const),
      ['POST', '/me/apps'],
      ['POST', `/${invitation}/accept`],
      ['DELETE', `/${invitation}`],
      ['POST', `/${request}/decision`],
      ['DELETE', `/${request}`],
    ] as const;
    const before = await digest(t);
    for (const [whose, token] of Object.entries(tokens))
      for (const [method, path] of paths) {
        const sent = { ...evil, ...(token === '' ? {} : { access_token: token }) };
        const { status, text } = method === 'POST' ? await t.post(path, sent) : await t.delete(`${path}?${form(sent)}`);
        // Documented calls pass over what they do not know: nothing is written, and the answer is success.
        const own = path === `/${shop.id}`;
        const mayPass = documented.has(`${method} ${path}`) && (!own || whose.startsWith('of the app'));
        assert.ok(mayPass ? status < 500 : status >= 400 && status < 500, `${whose}: ${method} ${path}: ${text}`);
        if (own && mayPass && method === 'POST') assert.equal(status, 200, text);
        assert.ok(!text.includes(shop.secret) && !/[0-9a-f]{32}/.test(text), `${whose}: ${path}`);
        assert.equal(await digest(t), before, `${whose}: ${method} ${path} changed something`);
      }
  });

  test('what the dashboard takes is what is declared: other names are passed over there too', async () => {
    const page = await desk(t, ben);
    const before = await digest(t);
    const wild = {
      owner: cleo.id,
      is_verified: 'true',
      app_secret: 'f'.repeat(32),
      access_level: 'advanced',
      status: 'deleted',
      marketing_tier: 'standard',
    };
    for (const edge of ['settings', 'security_settings', 'login_addresses'])
      assert.deepEqual((await page.post(`/${shop.id}/${edge}`, wild)).body, { success: true }, edge);
    assert.equal(await digest(t), before);
  });
});

// A living world is written as a seed file, which plants the same world again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeWorld } from '@hallpass/world';
import { type Emulator, readSeed } from '../src/index.ts';
import { ask, control, emulator } from './outside.ts';

const START = Date.parse('2026-11-21T12:00:00Z') / 1000;

/** An emulator whose time does not flow by itself, so that ages are the same at every export. */
async function standing(
  t: { after(task: () => Promise<void>): void },
  { seed, at = START }: { seed?: string; at?: number } = {},
): Promise<Emulator> {
  const real = { ...nodeWorld().wall, now: () => at };
  const it = await emulator({ real, ...(seed === undefined ? {} : { seed: await readSeed(seed, 'seed.yaml') }) });
  t.after(() => it.close());
  return it;
}

/** Plants the text in a fresh world, half a year later, and exports that. */
async function replanted(t: { after(task: () => Promise<void>): void }, seed: string): Promise<string> {
  return (await standing(t, { seed, at: START + 180 * 86_400 })).exportSeed();
}

test('the demo world comes back from its export as it was, apart from passwords', async (t) => {
  const it = await standing(t);
  const text = await it.exportSeed();
  const { name, world } = await readSeed(text, 'export.yaml');
  assert.equal(name, it.seed.name);
  const before = it.seed.world;
  for (const kind of ['people', 'apps', 'pages', 'businesses', 'adAccounts', 'grants'] as const)
    assert.equal(world[kind]?.length, before[kind]?.length, kind);
  for (const app of before.apps) {
    const again = world.apps.find(({ id }) => id === app.id);
    for (const key of ['name', 'secret', 'clientToken', 'mode', 'type'] as const) assert.equal(again?.[key], app[key]);
  }
  for (const page of before.pages) {
    const again = world.pages.find(({ id }) => id === page.id);
    assert.deepEqual(
      again?.posts?.map(({ message }) => message) ?? [],
      page.posts?.map(({ message }) => message) ?? [],
    );
    assert.deepEqual(new Set(again?.metrics), new Set(page.metrics ?? []));
    assert.equal(again?.roles?.length, page.roles?.length ?? 0);
  }
  assert.ok(world.people.every(({ password }) => password === undefined));
  assert.equal(await replanted(t, text), text);
});

test('what happened in a world since is in its export, and tokens are not', async (t) => {
  const it = await standing(t);
  const [app] = it.seed.world.apps;
  const token = await it.people.get('Ana').accessToken({ scope: 'email' });
  await ask(it.url, `/${app?.id}/accounts/test-users`, {
    access_token: `${app?.id}|${app?.secret}`,
    installed: 'true',
    permissions: 'email',
    name: 'Tess Exported',
  });
  await it.clock.advance(3 * 86_400);
  const text = await it.exportSeed();
  assert.match(text, /name: Tess Exported/);
  assert.ok(!text.includes(token));
  assert.equal(await replanted(t, text), text);
});

test('a world with everything that a seed file has a word for comes back from its export', async (t) => {
  const text = await (await standing(t, { seed: EVERYTHING })).exportSeed();
  for (const part of [
    'two_factor:',
    'state: checkpoint',
    'friends:',
    'test_user_of:',
    'ago: 10800s',
    'type: native',
    'advanced_access: []',
    'include_values: false',
    'page_requests:',
    'assigned_pages:',
    'agencies:',
    'account_status: 2',
    'limited: true',
    'pages: []',
    'declined:',
  ])
    assert.ok(text.includes(part), `${part} is missing in\n${text}`);
  assert.equal(await replanted(t, text), text);
});

test('the control interface exports the world that it is asked about, and another world is made of it', async (t) => {
  const it = await standing(t);
  const { status, body } = await control(it, 'seed');
  assert.equal(status, 200);
  assert.equal((await control(it, 'worlds', { name: 'copy', seed: body.seed })).status, 200);
  const people = (await control(it, 'state', undefined, { 'x-hallpass-world': 'copy' })).body.people;
  assert.deepEqual(people.map(({ id }: { id: string }) => id).sort(), it.seed.world.people.map(({ id }) => id).sort());
});

test('a Page request of a seed file waits for the owner of the Page, who can read it', async (t) => {
  const { server } = await standing(t, { seed: EVERYTHING });
  const rows = await server.installation.db.read.selectFrom('page_requests').selectAll().execute();
  assert.deepEqual(
    rows.map(({ business_id, page_id, owner_id, tasks, state, created_by }) => ({
      business_id,
      page_id,
      owner_id,
      tasks: JSON.parse(tasks),
      state,
      created_by,
    })),
    [
      {
        business_id: '702',
        page_id: '501',
        owner_id: '701',
        tasks: ['ANALYZE', 'MODERATE'],
        state: 'pending',
        created_by: '102',
      },
    ],
  );
});

test('a Page request about a Page of its own, or of nobody, is told of with its place', async () => {
  const wrong = EVERYTHING.replace(
    'page_requests: { books: [ANALYZE, MODERATE] }',
    'page_requests: { free: ANALYZE, mine: ANALYZE }',
  );
  await assert.rejects(readSeed(wrong, 'seed.yaml'), (error: Error) => {
    assert.match(error.message, /free belongs to no business that could answer/);
    assert.match(error.message, /mine belongs to the business itself/);
    return true;
  });
});

const EVERYTHING = `
name: everything
people:
  - { key: ana, id: 101, name: Ana Lopes, email: ana@all.example, password: ana-of-everything, administrator: true, birthday: 02/29/1988, friends: [ben] }
  - { key: ben, id: 102, name: Ben Okafor, email: ben@all.example, reviewer: true, two_factor: { secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP } }
  - key: cleo
    id: 103
    name: Cleo Park
    state: checkpoint
    hometown: { id: 9001, name: 'Porto, Portugal' }
    ad_accounts:
      - { id: act_801, name: Own, currency: USD, account_status: 2, disable_reason: 3, roles: { ben: ANALYZE } }
  - { id: 104, name: Tess User, test_user_of: shop }
apps:
  - key: shop
    id: 301
    name: Shop
    mode: live
    type: native
    redirect_uris: ['http://localhost:3000/back']
    advanced_access: []
    roles: { ana: [administrators, testers], ben: developers }
    subscriptions:
      - { object: page, callback_url: 'https://shop.example/hook', fields: [feed], include_values: false }
    invitations: { new@all.example: testers }
    access_requests: [{ permission: user_likes, use_case: Recommendations }]
    login_configurations:
      - { id: 401, name: Pages, token_type: system_user, token_expiration: 60_days, permissions: [pages_show_list], assets: [pages] }
  - { key: work, id: 302, name: Work, mode: development }
pages:
  - key: books
    id: 501
    name: Books
    category: Shop
    categories: [{ id: 1108, name: Shop }]
    username: books.all
    fan_count: 12
    instagram: { id: 601, username: books }
    roles: { ana: admin }
    posts: [Newest, { message: Older, ago: 3h }]
    metrics: [{ metric: page_impressions, period: day, values: [1, 2, 3] }]
    subscribed_apps: { shop: feed }
  - { key: mine, id: 502, name: Mine, category: Shop }
  - { key: free, id: 503, name: Free, category: Shop }
businesses:
  - key: owner
    id: 701
    name: Owner
    vertical: RETAIL
    people: { ana: ADMIN, cleo: EMPLOYEE }
    pages: [books]
    apps: [work]
    assigned_pages: { books: { cleo: [ANALYZE] } }
    system_users:
      - { id: 711, name: Robot, role: EMPLOYEE, apps: [work], pages: { books: ANALYZE }, ad_accounts: { act_802: ANALYZE } }
    ad_accounts:
      - id: act_802
        name: Of the business
        roles: { cleo: ANALYZE }
        agencies: { agency: ANALYZE }
        campaigns:
          - { id: 901, name: Spring, objective: OUTCOME_TRAFFIC, status: ACTIVE, daily_budget: 5000, ago: 7d }
  - key: agency
    id: 702
    name: Agency
    people: { ben: ADMIN }
    pages: [mine]
    page_requests: { books: [ANALYZE, MODERATE] }
grants:
  - { person: ana, app: shop, permissions: [email, pages_show_list], declined: [user_likes], pages: [] }
  - { person: ben, app: shop, permissions: [email, pages_show_list], pages: [books] }
  - { person: ana, app: shop, permissions: [email], limited: true }
`;

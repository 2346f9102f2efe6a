import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoSeed, demoWorldRead } from '../index.ts';
import { BadSeed } from './problems.ts';
import { readSeed } from './read.ts';

/** The lines of what is said about a wrong file. */
function saidAbout(text: string): string[] {
  try {
    readSeed(text, 'seed.yaml');
  } catch (error) {
    assert.ok(error instanceof BadSeed);
    return error.message.split('\n');
  }
  return [];
}

const small = `name: small
people:
  - { key: ana, name: Ana Lopes, email: Ana@Example.com, password: long-enough }
  - { name: Ben Okafor, friends: [ana] }
apps:
  - name: Shop
    mode: live
    roles: { Ben Okafor: administrators }
pages:
  - name: Bakery
    category: Bakery
    roles: { ana@example.com: editor }
grants:
  - { person: ana, app: Shop, permissions: [email, manage_pages], pages: [Bakery] }
`;

test('a small file makes a whole world: ids, secrets and references fill themselves in, the same each time', () => {
  const { name, world } = readSeed(small, 'seed.yaml');
  assert.equal(name, 'small');
  const [ana, ben] = world.people;
  const [shop] = world.apps;
  const [bakery] = world.pages;
  assert.match(ana?.id ?? '', /^1\d{15}$/);
  assert.equal(ana?.email, 'ana@example.com');
  assert.match(shop?.secret ?? '', /^[0-9a-f]{32}$/);
  assert.notEqual(shop?.secret, shop?.clientToken);
  assert.deepEqual(shop?.roles, [{ person: ben?.id, role: 'administrators' }]);
  assert.deepEqual(bakery?.roles, [
    { person: ana?.id, tasks: ['CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] },
  ]);
  assert.deepEqual(world.grants, [
    { person: ana?.id, app: shop?.id, granted: ['email', 'manage_pages'], declined: undefined, pages: [bakery?.id] },
  ]);
  assert.deepEqual(readSeed(small, 'seed.yaml').world, world);
});

test('friends are friends both ways, whoever wrote it down', () => {
  const [ana, ben] = readSeed(small, 'seed.yaml').world.people;
  assert.deepEqual([ana?.friends, ben?.friends], [[ben?.id], [ana?.id]]);
});

test('every problem is told at once, each with its line and column', () => {
  const lines = saidAbout(`name: Wrong Name
people:
  - name: Ana
    emial: ana@example.com
    password: short
    friends: [bob]
apps:
  - id: 012345
    name: Shop
    secret: 12345678901234567890123456789012
    mode: livee
    redirect_uris: [http://shop.example/cb, 'https://shop.example/cb']
    advanced_access: [pages_show_lst]
    server_ip_whitelist: [300.1.1.1]
    roles: { Ana: adminstrators }
pages:
  - name: Bakery
    category: Bakery
    roles: { Anna: [ANALYSE] }
grants:
  - { person: Ana, app: Shopp, permissions: [email], declined: [email] }
extra: 1
`);
  assert.deepEqual(lines, [
    'seed.yaml:1:1 name: must be a short name of a-z, 0-9 and -',
    'seed.yaml:4:5 people[0].emial: there is no such key; did you mean email?',
    'seed.yaml:5:5 people[0].password: is shorter than 8 bytes',
    'seed.yaml:6:15 people[0].friends[0]: there is no person "bob"',
    'seed.yaml:11:5 apps[0].mode: must be live or development',
    'seed.yaml:12:21 apps[0].redirect_uris[0]: "http://shop.example/cb" cannot be registered: http is possible for localhost, 127.0.0.1 and [::1] only; use https.',
    'seed.yaml:13:23 apps[0].advanced_access[0]: there is no permission "pages_show_lst"; did you mean pages_show_list?',
    'seed.yaml:14:27 apps[0].server_ip_whitelist[0]: must be an address or a range such as 203.0.113.0/24',
    'seed.yaml:15:14 apps[0].roles.Ana[0]: must be administrators, developers, testers or insights users',
    'seed.yaml:19:14 pages[0].roles.Anna: there is no person "Anna"; did you mean Ana?',
    'seed.yaml:19:21 pages[0].roles.Anna[0]: there is no task or role "ANALYSE"; did you mean ANALYZE?',
    'seed.yaml:21:20 grants[0].app: there is no app "Shopp"; did you mean Shop?',
    'seed.yaml:21:65 grants[0].declined[0]: email is both granted and declined',
    'seed.yaml:22:1 extra: there is no such key',
  ]);
});

test('ad accounts stand inside their owners; what is assigned on them goes to people of the business', () => {
  const { world } = readSeed(
    `name: a
people:
  - { id: 1, name: Ana, ad_accounts: [{ id: act_55, name: Own, currency: CHF }] }
businesses:
  - { id: 8, name: Agency }
  - id: 9
    name: Lantern
    people: { Ana: EMPLOYEE }
    system_users: [{ id: 4, name: Clerk, role: EMPLOYEE, ad_accounts: { ads: ANALYZE } }]
    ad_accounts:
      - { key: ads, name: Ads, roles: { Ana: [ADVERTISE] }, agencies: { Agency: ANALYZE }, campaigns: [{ name: Sale, objective: OUTCOME_SALES }] }
`,
    'seed.yaml',
  );
  const [own, ads] = world.adAccounts ?? [];
  assert.deepEqual([own?.id, own?.currency, own?.owner], ['55', 'CHF', { person: '1' }]);
  assert.deepEqual(ads?.owner, { business: '9' });
  assert.deepEqual(ads?.roles, [
    { person: '1', tasks: ['ADVERTISE', 'ANALYZE', 'DRAFT'] },
    { person: '4', tasks: ['ANALYZE'] },
  ]);
  assert.deepEqual(ads?.agencies, [{ business: '8', tasks: ['ANALYZE'] }]);
  assert.match(ads?.id ?? '', /^\d{16}$/);
  assert.deepEqual([ads?.campaigns?.[0]?.status, ads?.campaigns?.[0]?.secondsAgo], ['PAUSED', 604_800]);
});

test('what an ad account cannot be is told with its place', () => {
  const lines = saidAbout(`name: a
people: [{ id: 1, name: Ana }]
businesses:
  - id: 9
    name: Lantern
    system_users: [{ id: 4, name: Clerk, role: EMPLOYEE, ad_accounts: { adz: ANALYZE } }]
    ad_accounts:
      - id: ad_7
        name: Ads
        roles: { Ana: OWN }
        agencies: { Lantern: ANALYZE }
        campaigns:
          - { id: 1, name: Sale, objective: SALES, daily_budget: 1 }
`);
  assert.deepEqual(
    lines.map((line) => line.replace(/^seed.yaml:\d+:\d+ /, '').replace(/OUTCOME_.*/, '…')),
    [
      'businesses[0].system_users[0].ad_accounts.adz: there is no ad account "adz"; did you mean Ads?',
      'businesses[0].ad_accounts[0].id: must be act_ and digits, in quotes',
      'businesses[0].ad_accounts[0].roles.Ana[0]: must be MANAGE, ADVERTISE, ANALYZE, DRAFT or AA_ANALYZE',
      "businesses[0].ad_accounts[0].roles.Ana: Ana isn't in the business",
      'businesses[0].ad_accounts[0].agencies.Lantern: the business owns the ad account',
      'businesses[0].ad_accounts[0].campaigns[0].id: "1" is already used',
      'businesses[0].ad_accounts[0].campaigns[0].objective: must be …',
      'businesses[0].ad_accounts[0].campaigns[0].daily_budget: must be at least 100: hundredths of the currency',
    ],
  );
});

test('a test user, its Page and its business are of one app, and meet nothing of another', () => {
  const { people, pages, businesses } = readSeed(
    `name: a
people:
  - { id: 71, name: Mia, test_user_of: Shop, friends: [Tom] }
  - { id: 72, name: Tom, test_user_of: Shop }
apps:
  - { id: 77, name: Shop, mode: live }
pages:
  - { id: 81, name: Pretend, category: Bakery, test_of: Shop, roles: { Mia: admin } }
businesses:
  - { id: 91, name: Pretend Ltd, test_of: Shop, people: { Mia: ADMIN }, pages: [Pretend] }
`,
    'seed.yaml',
  ).world;
  assert.deepEqual([people[0]?.testUserOf, pages[0]?.testOf, businesses?.[0]?.testOf], ['77', '77', '77']);
  const lines = saidAbout(`name: a
people:
  - { id: 71, name: Mia, test_user_of: Shop, friends: [Ana] }
  - { id: 72, name: Ana }
apps:
  - { id: 77, name: Shop, mode: live }
pages:
  - { id: 81, name: Pretend, category: Bakery, test_of: Shop, roles: { Ana: admin } }
businesses:
  - { id: 91, name: Lantern, people: { Ana: ADMIN, Mia: EMPLOYEE }, pages: [Pretend] }
`);
  const where = ['people[0].friends[0]', 'pages[0].roles.Ana', 'businesses[0].people.Mia', 'businesses[0].pages[0]'];
  assert.deepEqual(
    lines.map((line) => line.split(' ')[1]),
    where.map((path) => `${path}:`),
  );
});

test('what is missing is told where the thing begins that lacks it', () => {
  assert.deepEqual(saidAbout('name: a\napps:\n  - name: Shop\n'), ['seed.yaml:3:5 apps[0].mode: is missing']);
  assert.deepEqual(saidAbout(''), ['seed.yaml:1:1 name: is missing']);
});

test('ids, keys and e-mail addresses stand for one thing only', () => {
  const lines = saidAbout(`name: a
people:
  - { id: 77, key: x, name: Ana, email: a@example.com }
  - { id: 78, key: x, name: Ben, email: A@example.com }
apps:
  - { id: 77, name: Shop, mode: live }
`);
  assert.deepEqual(lines, [
    'seed.yaml:4:15 people[1].key: "x" is also the key of people[0]',
    'seed.yaml:4:34 people[1].email: "a@example.com" is also the e-mail address of people[0]',
    'seed.yaml:6:7 apps[0].id: "77" is also the id of people[0]',
  ]);
});

test('a name that two people have is no reference', () => {
  const lines = saidAbout(
    'name: a\npeople: [{ id: 1, name: Ana }, { id: 2, name: Ana }, { id: 3, name: Ben, friends: [Ana] }]\n',
  );
  assert.deepEqual(
    lines.map((line) => line.replace(/^\S+ /, '')),
    ['people[2].friends[0]: 2 of the people are called "Ana": use the id or the key'],
  );
});

test('ids longer than a number can hold keep all their digits, in quotes or not', () => {
  const { world } = readSeed(
    "name: a\npeople: [{ id: 9007199254740993, name: A }, { id: '9007199254740995', name: B }]\n",
    'seed.yaml',
  );
  assert.deepEqual(
    world.people.map(({ id }) => id),
    ['9007199254740993', '9007199254740995'],
  );
});

test('what is not YAML is told with its line too', () => {
  assert.match(saidAbout('name: a\npeople:\n  - x: [\n')[0] ?? '', /^seed\.yaml:4:1 /);
  assert.match(saidAbout('name: a\nname: b\n')[0] ?? '', /^seed\.yaml:2:1 .*unique/);
  assert.deepEqual(saidAbout('name: a\npeople:\n  - &p { name: x, friends: [*p] }\n'), [
    'seed.yaml:1:1 An anchor holds itself',
  ]);
  assert.deepEqual(saidAbout('- 1'), ['seed.yaml:1:1 must be key: value pairs']);
});

test('a file of aliases that would fill the memory is refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) =>
      `${String.fromCharCode(98 + n)}: &${String.fromCharCode(98 + n)} [${Array(9)
        .fill(`*${String.fromCharCode(97 + n)}`)
        .join(', ')}]`,
  );
  assert.match(saidAbout(`a: &a [x, x]\n${levels.join('\n')}\n`)[0] ?? '', /alias/i);
});

test('the demo world is planted as its file says', async () => {
  assert.deepEqual(demoSeed(), JSON.parse(await demoWorldRead()));
});

test('the demo world has two live apps of different owners, one in development, one native, and people with different roles', () => {
  const { world } = demoSeed();
  const [fern, ledger, harbour, pocket] = world.apps;
  assert.deepEqual(
    [fern, ledger, harbour, pocket].map((app) => [app?.mode, app?.type]),
    [
      ['live', 'web'],
      ['live', 'web'],
      ['development', 'web'],
      ['live', 'native'],
    ],
  );
  const owner = (app: typeof fern) => app?.roles?.find(({ role }) => role === 'administrators')?.person;
  assert.notEqual(owner(fern), owner(ledger));
  assert.equal(ledger?.settings?.marketingTier, 'standard');
  assert.ok(fern?.settings?.redirectUris?.includes('http://localhost:3000/auth/callback'));
  assert.equal(world.people.length, 5);
  assert.equal(world.pages.length, 4);
  assert.ok(world.pages.every((page) => (page.roles?.length ?? 0) > 1));
});

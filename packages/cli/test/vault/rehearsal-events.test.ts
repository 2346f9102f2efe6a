// Everything that can be ordered in a rehearsal, each on people, Pages or an app of its own, and the kinds of connections
// that are rehearsed or left as they are.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { DAY, keysOf } from '@hallpass/protocol';
import type { Snapshot, SnapshotConnection } from '@hallpass/vault/client';
import { nodeWorld } from '@hallpass/world';
import { orderKinds, orderKindOf, type OrderName } from '../../src/vault/rehearse/order-kinds.ts';
import { rehearse } from '../../src/vault/rehearse/rehearse.ts';
import { rehearsalWorldOf } from '../../src/vault/rehearse/rehearsal-world.ts';
import type { RehearsalReport } from '../../src/vault/rehearse/rehearsal-report.ts';

/** Ten in the morning. */
const NOW = Date.UTC(2027, 0, 11, 10) / 1000;
const DAYS = 4;

const connection = (id: string, more: Partial<SnapshotConnection>): SnapshotConnection => ({
  id,
  name: `Connection ${id}`,
  kind: 'user_long',
  appId: '1001',
  subjectType: 'user',
  subjectId: `9${id.length}`,
  ownerEmail: `${id}@example.com`,
  wantedScopes: [],
  grantedScopes: ['pages_show_list', 'public_profile'],
  hasToken: true,
  state: 'healthy',
  issuedAt: NOW - DAY,
  expiresAt: NOW + 59 * DAY,
  dataAccessUntil: NOW + 89 * DAY,
  checkedAt: NOW - 3600,
  failures: 0,
  dueAt: NOW + 7200,
  createdAt: NOW - DAY,
  changedAt: NOW - DAY,
  ...more,
});

/** A token without an end. */
const endless = { expiresAt: undefined, issuedAt: undefined } as const;

/** A person with a Page for each event about people and Pages; an app with a person for each about apps. */
const struck = keysOf(orderKinds).map((name, n) => {
  const { strikes } = orderKindOf(name);
  const appId = strikes === 'app' ? String(2001 + n) : '1001';
  const [person, page] = [`person-${name}`, `page-${name}`];
  return {
    name,
    appId,
    connections: [
      connection(person, { appId, subjectId: String(500 + n) }),
      connection(page, {
        ...endless,
        appId,
        kind: 'page_long',
        subjectType: 'page',
        subjectId: String(700 + n),
        parentId: person,
        ownerEmail: undefined,
      }),
    ],
    words: `${name} ${{ person: `${person}@example.com`, page, app: appId }[strikes]} on day 1`,
  };
});

const others = [
  connection('bystander', { subjectId: '31' }),
  connection('system', {
    kind: 'system_user_60_days',
    subjectType: 'system_user',
    subjectId: '32',
    expiresAt: NOW + 2 * DAY,
    issuedAt: NOW - 58 * DAY,
    dataAccessUntil: undefined,
  }),
  connection('app', { ...endless, dataAccessUntil: undefined, kind: 'app', subjectType: 'app', subjectId: undefined }),
  connection('instagram', {
    kind: 'instagram_long',
    appId: '3001',
    subjectType: 'account',
    subjectId: '33',
    expiresAt: NOW + 2 * DAY,
    issuedAt: NOW - 58 * DAY,
    dataAccessUntil: undefined,
  }),
  connection('broken', { state: 'needs_person', subjectId: '34', advice: 'log_in_again', code: 190, subcode: 460 }),
  connection('unknown', { kind: undefined, subjectId: '35' }),
];

const snapshot: Snapshot = {
  at: NOW,
  name: 'Acme',
  publicUrl: 'https://vault.example.com',
  mail: { team: ['team@example.com'], language: 'en', timeZone: 'UTC', mailsPerDay: 100, groupSeconds: 0 },
  optOuts: [],
  apps: [
    ...['1001', ...struck.flatMap(({ appId }) => (appId === '1001' ? [] : appId))].map((appId) => ({
      appId,
      service: 'facebook' as const,
      hasSecret: true,
    })),
    { appId: '3001', service: 'instagram', hasSecret: true },
  ],
  mails: [],
  connections: [...struck.flatMap(({ connections }) => connections), ...others],
};

/** Events after which nothing of those whom they strike has stopped. */
const harmless: readonly OrderName[] = ['reconnected', 'secret-reset'];

suite('the events of a rehearsal', () => {
  let report: RehearsalReport;
  const stopped = (id: string) => report.breaks.find(({ connectionId }) => connectionId === id);
  before(async () => {
    report = await rehearse(snapshot, { world: nodeWorld(), days: DAYS, events: struck.map(({ words }) => words) });
  });

  for (const { name } of struck)
    test(`${name}: ${orderKindOf(name).doc}`, () => {
      const [person, page] = [stopped(`person-${name}`), stopped(`page-${name}`)];
      const hitsPerson = !harmless.includes(name) && name !== 'page-role-taken';
      assert.equal(person !== undefined, hitsPerson, `the person: ${person?.reason}`);
      assert.equal(page !== undefined, hitsPerson || name === 'page-role-taken', `the Page: ${page?.reason}`);
      for (const one of [person, page])
        if (one) assert.deepEqual([one.stoppedAt, one.because?.endsWith(orderKindOf(name).doc)], [NOW + DAY, true]);
    });

  test('connections that no event strikes go on: they are extended, and stop at no time', () => {
    for (const id of ['bystander', 'app', 'instagram', 'system']) assert.equal(stopped(id)?.reason, undefined, id);
    const changes = report.days.flatMap((day) => day.changes);
    for (const id of ['instagram', 'system'])
      assert.ok(
        changes.some(({ connectionId, kind }) => connectionId === id && kind === 'extended'),
        id,
      );
  });

  test('it says which connections stay as they are, and why', () => {
    assert.deepEqual(
      report.left.map(({ connectionId }) => connectionId),
      ['broken', 'unknown'],
    );
    assert.match(report.left[0]?.because ?? '', /^It doesn't work now/);
    assert.deepEqual(report.approximate, []);
  });
});

test('an event that can’t be read, lies on another day or names nobody is refused in a sentence', async () => {
  const refused = (words: string, sentence: RegExp) =>
    assert.rejects(rehearse(snapshot, { world: nodeWorld(), days: DAYS, events: [words] }), sentence);
  await refused('password-changed ana@example.com', /^Error: Write an event like "password-changed/);
  await refused('password-changed on day 1', /^Error: Write an event like/);
  await refused('dance bystander on day 1', /^Error: There is no event dance\. Events: password-changed, /);
  await refused('checkpoint bystander on day 5', /^Error: This day isn't one of the rehearsal/);
  await refused('checkpoint bystander on 2026-01-01', /^Error: This day isn't one of the rehearsal/);
  await refused(
    'checkpoint zoe@example.com on day 1',
    /^Error: No connection that works belongs to a person called zoe/,
  );
  await refused('page-role-taken bystander on day 1', /^Error: No connection that works belongs to a Page called/);
});

test('the world of a rehearsal has no name and no address of anybody', () => {
  const named = { ...snapshot, connections: snapshot.connections.map((one) => ({ ...one, subjectName: 'Ana Lopes' })) };
  const { seed } = rehearsalWorldOf(named, () => 'a'.repeat(32));
  const text = JSON.stringify(seed);
  assert.doesNotMatch(text, /Ana|example\.com|Connection/);
  assert.equal(seed.world.people.length, 1 + struck.length + 1);
});

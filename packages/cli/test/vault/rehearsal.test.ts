// A rehearsal says what then happens: the same vault is rehearsed, and then its clock is really moved through the same
// days, with the same things happening to the same people.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { createEmulator, demoSeed, type Emulator } from '@hallpass/emulator';
import { DAY, Secret } from '@hallpass/protocol';
import {
  addApiKey,
  createService,
  createVault,
  deliverOnce,
  evenChance,
  keyFromText,
  RehearsalMailBox,
  type Vault,
} from '@hallpass/vault';
import { createVaultClient, type VaultClient } from '@hallpass/vault/client';
import { nodeWorld } from '@hallpass/world';
import { dumpOf } from '../../../vault/test/fleet/dump.ts';
import { rehearse, wholeSnapshot } from '../../src/vault/rehearse/rehearse.ts';
import { type RehearsalReport, reportInWords } from '../../src/vault/rehearse/rehearsal-report.ts';
import { reportPage } from '../../src/vault/rehearse/report-page.ts';

/** Ten in the morning, so that nothing falls on midnight. */
const START = Date.UTC(2027, 0, 11, 10) / 1000;
const DAYS = 58;
const app = { id: '1384720956120447', secret: '8f1c5be29d7340a6b1e7c45d02f9a36b' };
const redirectUri = 'http://localhost:3000/auth/callback';
const wantedScopes = ['email', 'pages_show_list', 'pages_read_engagement'];

interface Scene {
  emulator: Emulator;
  vault: Vault;
  client: VaultClient;
  mailBox: RehearsalMailBox;
  /** These must never leave the vault. */
  secrets: string[];
  /** Connections by what they are called. */
  ids: Map<string, string>;
}

async function scene(): Promise<Scene> {
  const seed = { ...demoSeed(), frozen: true };
  const emulator = await createEmulator({ seed, at: START, outbound: false, settings: { usersAtLeast: 100_000 } });
  const { clock } = emulator;
  const real = nodeWorld();
  const mailBox = new RehearsalMailBox(() => clock.now());
  const { wall } = real;
  const world = {
    ...real,
    clock,
    wall: { ...wall, now: () => clock.now(), ms: () => wall.ms() + (clock.now() - START) * 1000 },
    // The looks of a vault are spread by chance; here they come in the middle, as in a rehearsal.
    random: evenChance(real.random),
    mail: mailBox,
  };
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: keyFromText(new Secret(Buffer.alloc(32, 'k').toString('base64url')), {
      random: real.random,
      label: 'this test',
    }),
    world,
    settings: { publicUrl: emulator.url, name: 'Acme' },
  });
  await vault.apps.set({
    appId: app.id,
    secret: new Secret(app.secret),
    graphBase: emulator.url,
    dialogBase: `${emulator.url}/dialog/oauth`,
  });
  const key = await addApiKey(vault.parts, 'main', { name: 'test', rights: ['operate', 'read', 'manage'] });
  const service = createService({ vault });
  const client = createVaultClient({
    base: emulator.url,
    key,
    fetch: (url, init) => service.fetch(new Request(url, init)),
  });
  await client.setMailSettings({ team: ['team@example.com'], groupSeconds: 0 });
  const { secret } = await client.addWebhook({ url: 'https://hook.example/', events: ['removed'] });
  const ids = new Map<string, string>();
  // Four people connect on different days, with their Pages, so that their tokens end on different days.
  for (const name of ['Dana', 'Ana', 'Ben', 'Cleo']) {
    await connect(name);
    await clock.advance(9 * DAY);
  }
  const sweeper = vault.sweeper();
  clock.every(3 * 3600, async () => {
    await sweeper.sweep();
    await deliverOnce(vault.parts);
  });
  await sweeper.sweep();
  await deliverOnce(vault.parts);
  // The rehearsal begins between two looks, as it does anywhere.
  await clock.advance(1800);
  const tokens: string[] = [];
  for (const id of ids.values()) await vault.use(id, (token) => void tokens.push(token.open()));
  const hashes = tokens.map((token) => vault.parts.keys.hash('token', token));
  return { emulator, vault, client, mailBox, ids, secrets: [...tokens, ...hashes, secret, app.secret, key.slice(21)] };

  async function connect(name: string): Promise<void> {
    const person = emulator.people.get(name);
    const link = await vault.connect({
      appId: app.id,
      wantedScopes,
      scopes: wantedScopes,
      redirectUri,
      name,
      ownerName: name,
      ...(name !== 'Cleo' && { ownerEmail: `${name.toLowerCase()}@example.com` }),
    });
    const { code = '' } = await person.answerDialog(link.url.slice(emulator.url.length));
    const { id } = await vault.finishConnect({ state: link.state, code });
    ids.set(name, id);
    const { pages } = await vault.discoverPages(id);
    for (const { name: page, connectionId } of pages) if (connectionId !== undefined) ids.set(page, connectionId);
  }
}

const events = [
  'password-changed ana@example.com on day 10',
  'reconnected ana@example.com on day 14',
  'app-removed Ben on day 20',
  'account-locked Cleo on day 25',
];

/** The people of the world do themselves all that was ordered. */
async function live({ emulator, vault, ids }: Scene, from: number): Promise<void> {
  const { clock, people } = emulator;
  const until = (day: number): Promise<void> => clock.set(from + day * DAY);
  await until(10);
  await people.get('Ana').changePassword('entirely-another-password');
  await until(14);
  const link = await vault.reconnect(ids.get('Ana') ?? '', { redirectUri });
  const { code = '' } = await people.get('Ana').answerDialog(link.url.slice(emulator.url.length));
  await vault.finishConnect({ state: link.state, code });
  await until(20);
  await people.get('Ben').removeApp(app.id);
  await until(25);
  await people.get('Cleo').lockAccount();
  await until(DAYS);
}

suite('a rehearsal', () => {
  let here: Scene;
  let report: RehearsalReport;
  let snapshotText: string;
  let from: number;
  before(async () => {
    here = await scene();
    from = here.emulator.clock.now();
    await here.client.snapshot({ limit: 1 });
    const dump = await dumpOf(here.vault.parts);
    const snapshot = await wholeSnapshot(here.client);
    snapshotText = JSON.stringify(snapshot);
    report = await rehearse(snapshot, { world: nodeWorld(), days: DAYS, events });
    assert.equal(await dumpOf(here.vault.parts), dump, 'nothing in the vault was changed');
    assert.equal(here.emulator.clock.now(), from);
  });

  test('VT-02: no token, key, code or hash of one leaves the vault for it', () => {
    const told = [snapshotText, JSON.stringify(report), reportInWords(report), reportPage(report)];
    for (const text of told) {
      for (const secret of here.secrets) assert.ok(!text.includes(secret), secret.slice(0, 6));
      assert.doesNotMatch(text, /EAA[A-Za-z0-9]{40}|\bs1\.[A-Za-z0-9]{1,16}\./);
    }
    assert.match(snapshotText, /ana@example\.com/, 'the search would find what is there');
  });

  test('it says day by day what then happens: what breaks and why, and who gets which mail', async (t) => {
    const mailsBefore = here.mailBox.mails.length;
    const [last] = await here.vault.parts.db.read
      .selectFrom('events')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    await live(here, from);
    t.after(async () => {
      await here.vault.close();
      await here.emulator.close();
    });
    const dayOf = (at: number): number => Math.floor(at / DAY) - Math.floor(from / DAY);
    const quiet = ['imported', 'reconnected'];
    const telling = ['died', 'blocked', 'recovered', 'state_changed'];
    const rows = await here.vault.parts.db.read
      .selectFrom('events')
      .selectAll()
      .where('id', '>', last?.id ?? 0)
      .execute();
    const really = rows
      .filter(({ kind }) => !quiet.includes(kind))
      .map(({ at, connection_id, kind, facts }) => [dayOf(at), connection_id, kind, stateIn(facts)].join(' '));
    const said = report.days.flatMap(({ day, changes }) =>
      changes
        .filter(({ kind }) => !quiet.includes(kind))
        .map(({ connectionId, kind, state }) =>
          [day, connectionId, kind, telling.includes(kind) ? state : ''].join(' '),
        ),
    );
    assert.deepEqual(sorted(said), sorted(really));
    const mailed = here.mailBox.mails.slice(mailsBefore).map(({ at, to, subject }) => `${dayOf(at)} ${to} ${subject}`);
    const foretold = report.days.flatMap(({ day, mails }) => mails.map(({ to, subject }) => `${day} ${to} ${subject}`));
    assert.deepEqual(sorted(foretold), sorted(mailed));
    assert.ok(
      said.length >= 15 && mailed.length >= 8,
      `${said.length} changes and ${mailed.length} mails are enough to compare`,
    );
  });

  test('it names the cause of what was made to happen, and the time at which it stopped', () => {
    const ben = report.breaks.find(({ connectionId }) => connectionId === here.ids.get('Ben'));
    assert.equal(ben?.because, 'Ben: the person removes the app');
    assert.equal(ben?.stoppedAt, from + 20 * DAY);
    assert.match(reportInWords(report), /^ {2}> Ben: the person removes the app$/m);
    const mail = report.days.flatMap(({ mails }) => mails).find(({ to }) => to === 'ben@example.com');
    assert.match(mail?.text ?? '', /\/reconnect\/…/, 'a link of a rehearsal leads nowhere, and is cut');
  });
});

const sorted = (list: readonly string[]): string[] => list.toSorted();

const stateIn = (facts: string): string => (JSON.parse(facts) as { state?: string }).state ?? '';

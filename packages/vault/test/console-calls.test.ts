// These tests are about the calls that people look at a vault with: what is known of a connection, what ends when, who was
// told, and asking people to connect again.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createVaultClient, type Right, type VaultClient } from '@hallpass/vault/client';
import { memoryPlace } from '../../db/test/databases.ts';
import { addApiKey } from '../src/service/api-keys.ts';
import { createService } from '../src/service/service.ts';
import { DAY, dies, peopleScene, type PeopleScene } from './people-scene.ts';

interface Scene extends PeopleScene {
  client: VaultClient;
  progress: string[];
}

const everything: Right[] = ['read', 'connect', 'manage', 'operate'];

async function scene(t: TestContext, rights = everything, options = {}): Promise<Scene> {
  const people = await peopleScene(t, memoryPlace(), options);
  const service = createService({ vault: people.vault });
  const key = await addApiKey(people.vault.parts, 'main', { name: 'test', rights });
  const progress: string[] = [];
  const client = createVaultClient({
    base: 'https://vault.example',
    key,
    fetch: (url, init) => service.fetch(new Request(url, init)),
    progress: (done, total) => progress.push(`${done}/${total}`),
  });
  return { ...people, client, progress };
}

test('the details of a connection name its owner, what it hangs on and what hangs on it, and what mends it', async (t) => {
  const vault = await scene(t);
  await vault.connection('ann', { granted_scopes: '["email"]', wanted_scopes: '["email","pages_show_list"]' });
  for (const id of ['page1', 'page2'])
    await vault.connection(id, { parent_id: 'ann', subject_type: 'page', kind: 'page_long' });
  await vault.change('ann', {
    state: 'needs_person',
    reason: 'The password was changed.',
    advice: 'log_in_again',
    code: 190,
    subcode: 460,
  });
  const ann = await vault.client.details({ id: 'ann' });
  assert.deepEqual(ann.owner, { name: 'Ann', email: 'ann@example.com' });
  assert.deepEqual(ann.error, { code: 190, subcode: 460 });
  assert.deepEqual(ann.repair, { by: 'person', words: 'Log in again.' });
  assert.deepEqual(ann.missingScopes, ['pages_show_list']);
  assert.deepEqual(
    ann.dependentConnections.map(({ id }) => id),
    ['page1', 'page2'],
  );
  assert.equal((await vault.client.details({ id: 'page1' })).parent?.id, 'ann');
  const { connections } = await vault.client.list();
  assert.deepEqual(
    connections.map(({ id, dependents }) => [id, dependents]),
    [
      ['ann', 2],
      ['page1', 0],
      ['page2', 0],
    ],
  );
  const overview = await vault.client.overview();
  assert.deepEqual(
    overview.states.toSorted((a, b) => a.count - b.count),
    [
      { state: 'needs_person', count: 1 },
      { state: 'healthy', count: 2 },
    ],
  );
});

test('the timeline tells what ends in the next days, and for what a person is needed', async (t) => {
  const { client, connection, now, vault } = await scene(t);
  const ahead = (days: number) => now() + days * DAY;
  const secret = {
    tenant: 'main',
    app_id: '18',
    service: 'facebook' as const,
    graph_base: 'https://graph.example',
    dialog_base: 'https://x.example/',
    version: null,
    secret: 'sealed',
    secret_version: 1,
    changed_at: 0,
  };
  await vault.parts.db.act(({ tx }) => tx.insertInto('apps').values(secret).execute());
  await connection('no secret', { expires_at: ahead(20) });
  await connection('extended', { app_id: '18', expires_at: ahead(30) });
  await connection('extended, data later', { app_id: '18', expires_at: ahead(40), data_access_until: ahead(70) });
  await connection('data first', { app_id: '18', expires_at: ahead(50), data_access_until: ahead(45) });
  await connection('tried in vain', { app_id: '18', expires_at: ahead(3), extend_tried_at: now() - 60 });
  await connection('page', { kind: 'page_short', parent_id: 'extended', expires_at: ahead(10) });
  await connection('never', { kind: 'system_user_never', expires_at: null });
  await connection('later', { expires_at: ahead(91) });
  await connection('ended', { expires_at: now() - 1, data_access_until: ahead(5) });
  await connection('gone', { state: 'dead', expires_at: ahead(5) });
  const timeline = await client.timeline();
  const told = timeline.ends.map(({ id, of, renewal, until }) => [id, of, renewal, (until - now()) / DAY]);
  assert.deepEqual(told, [
    ['tried in vain', 'token', 'person', 3],
    ['page', 'token', 'with_parent', 10],
    ['no secret', 'token', 'person', 20],
    ['extended', 'token', 'automatic', 30],
    ['extended, data later', 'token', 'automatic', 40],
    ['data first', 'data_access', 'person', 45],
    ['extended, data later', 'data_access', 'person', 70],
  ]);
  const total = timeline.days.reduce((sum, { person, automatic }) => sum + person + automatic, 0);
  assert.deepEqual([timeline.total, total], [7, 7]);
  assert.deepEqual(timeline.days[0], { at: ahead(3), person: 1, automatic: 0 });
  assert.deepEqual(
    (await client.timeline({ days: 5 })).ends.map(({ id }) => id),
    ['tried in vain'],
  );
  assert.ok((await client.timeline({ days: 365 })).ends.some(({ id }) => id === 'later'));
});

test('people are asked to connect again by a mail with their link, each once a day, with progress and a line in the history', async (t) => {
  const asking = await scene(t);
  const { client, connection, change, pass, post, progress } = asking;
  await connection('ann');
  await dies(asking, 'ann');
  await pass(60);
  await connection('ben', { owner_email: 'ben@example.com', subject_id: '1002' });
  await change('ben', {
    state: 'needs_permission',
    granted_scopes: '[]',
    wanted_scopes: '["email"]',
    advice: 'ask_permission',
  });
  await connection('well', { subject_id: '1003' });
  await connection('blocked', { subject_id: '1004', state: 'blocked_at_meta', advice: 'visit_site' });
  await connection('robot', {
    subject_type: 'system_user',
    subject_id: '9',
    state: 'needs_person',
    advice: 'log_in_again',
  });
  await connection('ownerless', { owner_email: null, subject_id: '1005', state: 'needs_person' });
  await connection('soon', { subject_id: '1006', owner_email: 'cem@example.com', expires_at: asking.now() + 60 * DAY });
  await pass(DAY);
  const taken = async (): Promise<string[]> => {
    const texts: string[] = [];
    while (post.waiting() > 0) texts.push((await post.next()).email.text ?? '');
    return texts;
  };
  await taken();
  const ids = ['ann', 'ben', 'well', 'blocked', 'robot', 'ownerless', 'soon', 'nobody', 'ann'];
  const asked = await client.askAgain({ ids });
  assert.deepEqual(
    asked.connections.map(({ id, outcome }) => [id, outcome]),
    [
      ['ann', 'mailed'],
      ['ben', 'mailed'],
      ['well', 'not_needed'],
      ['blocked', 'no_help'],
      ['robot', 'no_help'],
      ['ownerless', 'nobody'],
      ['soon', 'mailed'],
      ['nobody', 'unknown'],
    ],
  );
  assert.deepEqual([asked.mailed, progress.at(-1), progress.length], [3, '8/8', 8]);
  assert.ok(
    asked.connections.find(({ id }) => id === 'ownerless')?.link?.startsWith('https://vault.example/reconnect/'),
  );
  await pass(60);
  const mails = await taken();
  assert.equal(mails.length, 3);
  const of = (name: string) => mails.find((text) => text.includes(name)) ?? assert.fail(name);
  assert.match(of('The ann'), /It no longer works\.[\s\S]*https:\/\/vault\.example\/reconnect\/main\.ann\./);
  assert.match(of('The ben'), /these permissions: email[\s\S]*reconnect\/main\.ben\./);
  assert.match(of('The soon'), /It ends on [\s\S]*reconnect\/main\.soon\./);
  const again = await client.askAgain({ ids: ['ann', 'ben'] });
  assert.deepEqual(
    again.connections.map(({ outcome }) => outcome),
    ['asked_today', 'asked_today'],
  );
  const { events } = await client.history({ id: 'ann' });
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['asked', 'died'],
  );
  assert.match(String(events[0]?.facts['by']), /^[0-9a-f]{16}$/);
  await pass(DAY);
  assert.deepEqual(await taken(), [], 'nobody is mailed by itself for having been asked twice');
  assert.equal((await client.askAgain({ ids: ['ann'] })).mailed, 1, 'but may be asked again on another day');
});

test('without pages or a mail server nobody is asked, and nothing is written', async (t) => {
  const { client, connection } = await scene(t, everything, { settings: { publicUrl: '' } });
  await connection('ann', { state: 'needs_person' });
  assert.deepEqual((await client.askAgain({ ids: ['ann'] })).connections[0]?.outcome, 'no_link');
  assert.deepEqual((await client.history({ id: 'ann' })).events, []);
});

test('the log of mails tells to whom and about which connection, page by page', async (t) => {
  const log = await scene(t, ['read']);
  await log.prefer({ mailsPerDay: 100 });
  for (const id of ['ann', 'ben', 'cem']) {
    await log.connection(id, { owner_email: `${id}@example.com`, subject_id: id });
    await dies(log, id);
  }
  await log.pass(60);
  const first = await log.client.listDeliveries({ channel: 'mail', limit: 2 });
  const rest = await log.client.listDeliveries({ channel: 'mail', limit: 2, after: first.next });
  assert.equal(rest.next, undefined);
  const rows = [...first.deliveries, ...rest.deliveries];
  assert.deepEqual(rows.map(({ to, connectionName, state }) => [to, connectionName, state]).toSorted(), [
    ['ann@example.com', 'The ann', 'sent'],
    ['ben@example.com', 'The ben', 'sent'],
    ['cem@example.com', 'The cem', 'sent'],
  ]);
  const ofBen = await log.client.listDeliveries({ connectionId: 'ben' });
  assert.deepEqual(
    ofBen.deliveries.map(({ to }) => to),
    ['ben@example.com'],
  );
});

test('a key is created with rights that its maker has, shown once, listed without its secret, and ended at once', async (t) => {
  const { client, vault } = await scene(t);
  const refused = (right: Right) => ({ reason: 'no_right', message: `The key does not have the right \`${right}\`.` });
  await assert.rejects(client.addApiKey({ name: 'spy', rights: ['read', 'reveal'] }), refused('reveal'));
  await assert.rejects(client.addApiKey({ name: ' ' }), { reason: 'bad_value' });
  const { key } = await client.addApiKey({ name: 'website', rights: ['read', 'connect'] });
  const { keys } = await client.listApiKeys();
  const made = keys.find(({ name }) => name === 'website') ?? assert.fail();
  assert.deepEqual([made.rights, made.usedAt], [['read', 'connect'], undefined]);
  assert.ok(!JSON.stringify(keys).includes(key.slice(21)));
  const service = createService({ vault });
  const list = () =>
    service.fetch(new Request('https://vault.example/v1/connections', { headers: { authorization: `Bearer ${key}` } }));
  assert.equal((await list()).status, 200);
  await client.removeApiKey({ id: made.id });
  assert.equal((await list()).status, 401);
  await assert.rejects(client.removeApiKey({ id: made.id }), { reason: 'unknown_api_key' });
});

test('VT-07: a tenant lists and ends its own keys alone', async (t) => {
  const { client, vault } = await scene(t);
  await addApiKey(vault.parts, 'other', { name: 'theirs', rights: ['read'] });
  const { keys } = await client.listApiKeys();
  assert.deepEqual(
    keys.map(({ name }) => name),
    ['test'],
  );
  const [theirs] = await vault.parts.db.read
    .selectFrom('api_keys')
    .select('id')
    .where('tenant', '=', 'other')
    .execute();
  await assert.rejects(client.removeApiKey({ id: theirs?.id ?? '' }), { reason: 'unknown_api_key', status: 404 });
});

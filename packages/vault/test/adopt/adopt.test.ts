// Taking over from another product loses and overwrites nothing: it may be stopped, made again, and given tables that are
// older than the vault, wrong or hostile. The way back is an act of its own that is written down.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  adopt,
  type AdoptedToken,
  csvOf,
  jsonOf,
  nangoOf,
  type OldRow,
  type ProductName,
  rowsOfText,
  products,
  statementsFor,
} from '@hallpass/vault/adopt';
import type { Vault } from '@hallpass/vault';
import { createVaultClient, VaultError } from '@hallpass/vault/client';
import { addApiKey, createService } from '@hallpass/vault';
import { memoryPlace } from '../../../db/test/databases.ts';
import { DAY } from '../documented-graph.ts';
import { documentedVault } from '../documented-vault.ts';
import { byN8n, oldKeys } from './old-tables.ts';

async function open(t: TestContext) {
  const scene = await documentedVault(t, memoryPlace());
  const { graph, world } = scene;
  const now = () => world.clock.now();
  return {
    ...scene,
    now,
    person: (id: string, life = 60 * DAY) =>
      graph.issue({ type: 'USER', user_id: id, issued_at: now() - DAY, expires_at: now() + life }),
    page: (id: string, person = '1') => graph.issue({ type: 'PAGE', profile_id: id, user_id: person, expires_at: 0 }),
  };
}

async function* rowsOf(table: string, list: readonly Record<string, unknown>[]): AsyncGenerator<OldRow> {
  for (const [at, values] of list.entries()) yield { table, where: `row ${at + 1}`, values };
}

interface Run {
  product: ProductName;
  table: string;
  rows: readonly Record<string, unknown>[];
  dryRun?: boolean;
  instance?: string;
}

async function run(vault: Vault, { product, table, rows, ...options }: Run): Promise<AdoptedToken[]> {
  const told: AdoptedToken[] = [];
  const importRows: Parameters<typeof adopt>[1] = (text, how) => vault.import(text, how);
  for await (const group of adopt(rowsOf(table, rows), importRows, { product, keys: oldKeys, ...options }))
    told.push(...group);
  return told;
}

const chatwoot = (rows: Run['rows']) => ({ product: 'chatwoot', table: 'channel_facebook_pages', rows }) as const;
const outcomes = (told: readonly AdoptedToken[]) => told.map(({ outcome, problem }) => problem?.key ?? outcome);

test('VT-12: a second run takes nothing again and puts no older token back, also where the vault has extended it', async (t) => {
  const { vault, world, person, page } = await open(t);
  const rows = [{ id: 1, page_id: '5', page_access_token: page('5'), user_access_token: person('1', 20 * DAY) }];
  assert.deepEqual(outcomes(await run(vault, { ...chatwoot(rows), dryRun: true })), ['new', 'new']);
  assert.equal((await vault.list()).connections.length, 0);
  const [, first] = await run(vault, chatwoot(rows));
  const id = first?.id ?? '';
  const taken = await vault.use(id, (token) => token.open());
  await world.clock.advance(15 * DAY);
  await vault.sweeper().sweep();
  const extended = await vault.use(id, (token) => token.open());
  assert.notEqual(extended, taken);
  assert.deepEqual(outcomes(await run(vault, chatwoot(rows))), ['unchanged', 'unchanged']);
  const other = [{ ...rows[0], id: 2 }];
  assert.deepEqual(outcomes(await run(vault, chatwoot(other))), ['unchanged', 'unchanged']);
  assert.equal(await vault.use(id, (token) => token.open()), extended);
  assert.equal((await vault.list()).connections.length, 2);
});

test('a token that works takes the place of one that no longer does, and a name that was given here stays', async (t) => {
  const { vault, graph, world, page } = await open(t);
  const old = page('5');
  const row = (token: string, id = 1) => ({
    id,
    page_id: '5',
    page_access_token: token,
    user_access_token: '',
    inbox_name: 'Inbox',
  });
  const [first] = await run(vault, chatwoot([row(old)]));
  const id = first?.id ?? '';
  await vault.update(id, { name: 'Our shop' });
  const newer = page('5');
  const [kept] = await run(vault, chatwoot([row(newer, 2)]));
  assert.deepEqual(
    [kept?.outcome, kept?.notes[0]],
    ['unchanged', 'It already has a working token for the same page, which was kept.'],
  );
  graph.kill(old, { code: 190, subcode: 460, message: 'changed' });
  await world.clock.advance(2 * DAY);
  for (let minutes = 0; minutes < 40; minutes += 8) {
    await vault.sweeper().sweep();
    await world.clock.advance(480);
  }
  assert.equal((await vault.get(id)).state, 'needs_person');
  const [again] = await run(vault, chatwoot([row(page('5'), 3)]));
  assert.deepEqual([again?.outcome, again?.id], ['replaces', id]);
  assert.deepEqual([(await vault.get(id)).state, (await vault.get(id)).name], ['healthy', 'Our shop']);
});

test('VT-12: a run that is stopped goes on where it was, and a thousand hostile rows are told one by one', async (t) => {
  const { vault, page } = await open(t);
  const good = Array.from({ length: 450 }, (_, at) => ({
    id: at,
    page_id: String(100 + at),
    page_access_token: page(String(100 + at)),
    user_access_token: '',
    inbox_name: at === 3 ? 'a\u0000b\r\nSubject: x <script>' : undefined,
  }));
  let calls = 0;
  const stopping: Parameters<typeof adopt>[1] = (text, how) => {
    if (++calls === 3) throw new Error('The power went out.');
    return vault.import(text, how);
  };
  const options = { product: 'chatwoot', keys: {} } as const;
  const first = adopt(rowsOf('channel_facebook_pages', good), stopping, options);
  await assert.rejects(async () => {
    for await (const _ of first);
  }, /power/);
  const held = async (): Promise<number> => {
    let count = 0;
    for (let after: string | undefined; ; ) {
      const list = await vault.list({ limit: 200, after });
      count += list.connections.length;
      after = list.next;
      if (after === undefined) return count;
    }
  };
  assert.equal(await held(), 200, 'a page and an empty person each');
  const told = await run(vault, chatwoot(good));
  assert.equal(await held(), 450);
  assert.deepEqual(outcomes(told).filter((one) => one === 'unchanged').length, 200);
  const named = (await vault.list({ search: 'Subject' })).connections[0]?.name ?? '';
  assert.doesNotMatch(named, /[\u0000-\u001f]/);
  const hostile = [
    { id: 1, page_id: '999', page_access_token: good[0]?.page_access_token },
    { id: "2'; drop table x; --", page_id: '5', page_access_token: 'EAA…cut' },
    { id: 3, page_id: '5', page_access_token: 'x'.repeat(100_000) },
    { id: 4, page_id: '5', page_access_token: { deep: [[[[1]]]] } },
    { id: 5, page_id: '__proto__', page_access_token: '{"p":1}' },
    {},
  ];
  const refused = await run(vault, chatwoot(hostile));
  assert.deepEqual(
    refused.filter((_, at) => at % 2 === 0).map(({ problem }) => problem?.key),
    ['another_page', 'masked', 'not_a_token', 'no_token', 'unreadable_row', 'no_token'],
  );
  assert.equal(await held(), 450);
});

test('a server that is away keeps nothing out for good: the next run takes what this one could not ask about', async (t) => {
  const { vault, graph, page } = await open(t);
  const rows = [{ id: 1, page_id: '5', page_access_token: page('5'), user_access_token: '' }];
  graph.instead = () => 'down';
  assert.deepEqual(outcomes(await run(vault, chatwoot(rows)))[0], 'server_away');
  graph.instead = undefined;
  assert.deepEqual(outcomes(await run(vault, chatwoot(rows)))[0], 'new');
});

test('each row says what the other product does not know of its token', async (t) => {
  const { vault, graph, now } = await open(t);
  const sixty = graph.issue({
    type: 'SYSTEM_USER',
    user_id: '9',
    issued_at: now() - 40 * DAY,
    expires_at: now() + 20 * DAY,
  });
  const never = graph.issue({ type: 'SYSTEM_USER', user_id: '8', expires_at: 0 });
  const short = graph.issue({ type: 'USER', user_id: '7', expires_at: now() + 3600 });
  const row = (connection_id: string, credentials: object) => ({
    connection_id,
    provider_config_key: 'facebook',
    credentials,
  });
  const told = await run(vault, {
    product: 'nango',
    table: '_nango_connections',
    rows: [
      row('sixty', { type: 'API_KEY', apiKey: sixty }),
      row('never', {
        type: 'OAUTH2',
        access_token: never,
        expires_at: new Date((now() + 30 * DAY) * 1000).toISOString(),
      }),
      row('short', { type: 'OAUTH2', access_token: short }),
    ],
    dryRun: true,
  });
  const [first, second, third] = told.map(({ notes }) => notes.join(' '));
  assert.match(
    first ?? '',
    /made 40 days ago and ends in 20 days.*Nango says that it doesn't end, but it works only until .*only when someone asks/,
  );
  assert.match(second ?? '', /Nango says that it ends on .*, but it doesn't end/);
  assert.match(third ?? '', /exchanged for a long-lived token of a person/);
});

test('VT-02: tokens leave by a right of their own alone, and each of them is written down', async (t) => {
  const { vault, page, world } = await open(t);
  const rows = Array.from({ length: 3 }, (_, at) => ({
    id: at,
    page_id: `${at}7`,
    page_access_token: page(`${at}7`),
    user_access_token: '',
  }));
  const [first] = await run(vault, chatwoot(rows));
  const service = createService({ vault });
  const client = async (rights: Parameters<typeof addApiKey>[2]['rights']) =>
    createVaultClient({
      base: 'http://vault.localhost',
      key: await addApiKey(vault.parts, 'main', { name: 'x', rights }),
      fetch: (url, init) => service.fetch(new Request(url, init)),
    });
  for (const right of ['read', 'connect', 'manage', 'reveal', 'operate'] as const)
    await assert.rejects(
      (await client([right])).export({}),
      (error) => error instanceof VaultError && error.reason === 'no_right',
    );
  const leaving = await client(['export']);
  const one = await leaving.export({ limit: 2 });
  const two = await leaving.export({ limit: 2, after: one.next });
  assert.deepEqual([one.tokens.length, two.tokens.length, two.next], [2, 1, undefined]);
  assert.deepEqual(
    [...one.tokens, ...two.tokens].map(({ token }) => token).toSorted(),
    rows.map((row) => row.page_access_token).toSorted(),
  );
  const events = await (await client(['read'])).history({ id: first?.id ?? '' });
  assert.deepEqual(
    events.events.map(({ kind }) => kind),
    ['exported', 'imported'],
  );
  assert.ok(
    world.lines.some((line) => line.includes('vault.exported')) &&
      !world.lines.some((line) => line.includes('EAADocumented')),
  );
  const csv = csvOf(one.tokens);
  assert.match(csv, /^name,token,kind,app_id,subject,state,until,owner,owner_email,language,scopes\r\n/);
  assert.match(csvOf([{ ...(one.tokens[0] ?? assert.fail()), name: '=cmd("x")' }]), /\r\n"'=cmd\(""x""\)",EAA/);
});

test('tokens go back: to the rows they came from, encrypted as they were, and as lists that are taken over elsewhere', async (t) => {
  const { vault, graph, world, person } = await open(t);
  const text = person('1', 20 * DAY);
  const data = byN8n({ accessToken: text, other: 'stays' });
  const rows = [
    { id: 'Kx1', name: "O'Neill", type: 'facebookGraphApi', data },
    { id: 'Kx2', name: 'Other', type: 'githubApi', data: 'x' },
  ];
  const n8n = { product: 'n8n', table: 'credentials_entity', rows } as const;
  await run(vault, n8n);
  await world.clock.advance(15 * DAY);
  await vault.sweeper().sweep();
  const service = createService({ vault });
  const operator = createVaultClient({
    base: 'http://vault.localhost',
    key: '-',
    fetch: (url, init) => service.fetchAsOperator(new Request(url, init), 'main'),
  });
  const { tokens } = await operator.export({});
  const extended = tokens[0]?.token ?? '';
  assert.notEqual(extended, text);
  const back = { product: 'n8n', keys: oldKeys, random: world.random } as const;
  const statements: string[] = [];
  for await (const { statement } of statementsFor(rowsOf(n8n.table, rows), tokens, back))
    statements.push(statement ?? '');
  const [, sealed = ''] =
    /^UPDATE "credentials_entity" SET "data" = '([^']+)' WHERE "id" = 'Kx1';$/.exec(statements[0] ?? '') ?? [];
  assert.equal(statements.length, 1);
  const returned = products.n8n.read({ table: '', where: '', values: { ...rows[0], data: sealed } }, oldKeys);
  assert.equal(returned[0]?.token, extended);
  const elsewhere: string[] = [];
  for await (const one of statementsFor(rowsOf(n8n.table, rows), tokens, { ...back, instance: 'eu' }))
    elsewhere.push(one.where);
  assert.deepEqual(elsewhere, [], 'another installation has other rows of the same number');

  const second = await documentedVault(t, memoryPlace());
  for (const [token, known] of graph.tokens) second.graph.tokens.set(token, known);
  await second.world.clock.advance(15 * DAY);
  const pieces = async function* (whole: string) {
    yield whole;
  };
  const told: AdoptedToken[] = [];
  const list = rowsOfText(pieces(nangoOf(tokens)), products.nango);
  for await (const group of adopt(list, (some, how) => second.vault.import(some, how), { product: 'nango', keys: {} }))
    told.push(...group);
  assert.deepEqual(outcomes(told), ['new']);
  for (const text of [csvOf(tokens), jsonOf(tokens)]) {
    const [row] = await second.vault.import(text);
    assert.deepEqual([row?.outcome, row?.id], ['unchanged', told[0]?.id]);
  }
  assert.equal(await second.vault.use(told[0]?.id ?? '', (token) => token.open()), extended);
});

// Tokens that somebody has are brought in: a dry run says of each row what it is and what is wrong with it.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import {
  type ImportedToken,
  type ImportOptions,
  type ImportProblemKey,
  type Vault,
  VaultRefusal,
} from '@hallpass/vault';
import { DAY, type KnownToken } from '../documented-graph.ts';
import { DocumentedService } from '../documented-service.ts';
import { documentedVault } from '../documented-vault.ts';
import { onEachDatabase } from '../vaults.ts';

onEachDatabase('An import', (newPlace) => {
  async function open(t: TestContext) {
    const threads = new DocumentedService('threads', () => world.clock.now());
    const { vault, world, graph } = await documentedVault(t, newPlace(), {
      elsewhere: (url) => (url.includes('threads') ? threads.fetch : undefined),
    });
    const issue = (known: KnownToken): string => graph.issue(known);
    const now = (): number => world.clock.now();
    const issued = {
      never: (more: KnownToken = {}) => issue({ type: 'SYSTEM_USER', user_id: '90', expires_at: 0, ...more }),
      sixty: (more: KnownToken = {}) =>
        issue({
          type: 'SYSTEM_USER',
          user_id: '91',
          issued_at: now() - 40 * DAY,
          expires_at: now() + 20 * DAY,
          ...more,
        }),
      page: (id = '5') => issue({ type: 'PAGE', profile_id: id, user_id: '71', expires_at: 0 }),
      long: (user_id = '71') => issue({ type: 'USER', user_id, issued_at: now(), expires_at: now() + 60 * DAY }),
      short: (user_id = '72') => issue({ type: 'USER', user_id, expires_at: now() + 3600 }),
    };
    return { vault, world, graph, threads, issue, issued };
  }

  const outcomes = (rows: readonly ImportedToken[]) => rows.map(({ outcome, problem }) => problem?.key ?? outcome);

  /** Tells what is said of one row with these columns. */
  const one = async (
    vault: Vault,
    fields: Record<string, string>,
    options: ImportOptions = {},
  ): Promise<ImportedToken> => {
    const csv = `${Object.keys(fields).join(',')},note\n${Object.values(fields).join(',')},`;
    const [row] = await vault.import(csv, { dryRun: true, ...options });
    return row ?? assert.fail('there is no row');
  };
  const problemOf = async (vault: Vault, fields: Record<string, string>, options?: ImportOptions) =>
    (await one(vault, fields, options)).problem?.key;

  it('says of each row what it is and what is wrong with it, and a dry run keeps nothing', async (t) => {
    const { vault, issued, graph } = await open(t);
    const [never, page, long] = [issued.never(), issued.page(), issued.long()];
    const csv = [
      'name,access_token,kind,email,language',
      `Reports,${never},system_user_never,`,
      `Shop,${page},page,ann@example.com`,
      `Ann,${long},,ann at example,German!`,
      `Ann again,${long},,`,
      'Nothing,,,',
      `Cut,${long.slice(0, 40)},,`,
      'Secret,0123456789abcdef0123456789abcdef,,',
      `Masked,EAAB...xyz,,`,
      `Kind,${issued.page('9')},pages,`,
    ].join('\n');
    const rows = await vault.import(csv, { dryRun: true });
    assert.deepEqual(outcomes(rows), [
      'new',
      'new',
      'new',
      'doubled',
      'no_token',
      'unknown_to_server',
      'app_secret',
      'masked',
      'unknown_kind',
    ] satisfies (ImportProblemKey | 'new')[]);
    assert.deepEqual(
      rows.slice(0, 3).map(({ kind, state, until }) => [kind, state, until === undefined]),
      [
        ['system_user_never', 'healthy', true],
        ['page_long', 'healthy', true],
        ['user_long', 'healthy', false],
      ],
    );
    assert.deepEqual(
      rows[2]?.notes.filter((note) => note.endsWith('left out.')).length,
      2,
      'an owner without a usable address or language is told of',
    );
    assert.equal((await vault.list()).connections.length, 0);
    const said = JSON.stringify(rows);
    for (const token of graph.tokens.keys()) assert.ok(!said.includes(token), 'no message quotes a token');

    const kept = await vault.import(csv);
    assert.deepEqual(outcomes(kept), outcomes(rows));
    assert.equal((await vault.list()).connections.length, 3);
    assert.equal(await vault.use(kept[1]?.id ?? '', (token) => token.open()), page);
    assert.deepEqual(outcomes(await vault.import(csv)).slice(0, 3), ['unchanged', 'unchanged', 'unchanged']);
  });

  it('takes a token by what its server says, never by its prefix or the age of the file', async (t) => {
    const { vault, graph, issued, world } = await open(t);
    const odd = issued.never();
    const known = graph.tokens.get(odd) ?? {};
    graph.tokens.set('XYZodd-token.with_other~signs123456789', { ...known, user_id: '95' });
    assert.equal((await one(vault, { token: 'XYZodd-token.with_other~signs123456789' })).kind, 'system_user_never');
    const weeks = await one(vault, { token: issued.sixty() });
    assert.deepEqual(
      [weeks.kind, weeks.issuedAt, weeks.until],
      ['system_user_60_days', world.clock.now() - 40 * DAY, world.clock.now() + 20 * DAY],
    );
    assert.deepEqual(weeks.notes, ['It was made 40 days ago and ends in 20 days.']);
    const absent = issued.never();
    delete graph.tokens.get(absent)?.expires_at;
    const row = await one(vault, { token: absent });
    assert.deepEqual([row.kind, row.until, row.state], ['system_user_never', undefined, 'healthy']);
  });

  it('refuses at the door what belongs in another slot, with the reason', async (t) => {
    const { vault, issued, graph, issue } = await open(t);
    assert.equal(await problemOf(vault, { token: issued.long(), kind: 'page_long' }), 'person_for_page');
    assert.equal(await problemOf(vault, { token: issued.page(), kind: 'user_long' }), 'another_kind');
    assert.equal(await problemOf(vault, { token: issued.sixty(), kind: 'never' }), 'ends');
    assert.equal(await problemOf(vault, { token: issued.never(), kind: 'system_user_60_days' }), 'another_kind');
    assert.equal(
      await problemOf(vault, { token: issue({ app_id: '99', type: 'USER', user_id: '1' }), app_id: '17' }),
      'another_app',
    );
    assert.equal(
      await problemOf(vault, { token: issue({ app_id: '99', type: 'USER', user_id: '1' }) }),
      'of_unknown_app',
    );
    assert.equal(await problemOf(vault, { token: issued.never(), app_id: '404' }), 'unknown_app');
    const dead = issued.long('73');
    graph.kill(dead, { code: 190, subcode: 460, message: `The password was changed, says ${dead}.` });
    const row = await one(vault, { token: dead });
    assert.equal(row.problem?.key, 'dead');
    assert.ok(!row.problem?.words.includes(dead));
    assert.equal((await one(vault, { token: dead }, { keepDead: true })).outcome, 'new');
    const words = (await one(vault, { token: issued.sixty(), kind: 'system_user_never' })).problem?.words ?? '';
    assert.match(words, /should never expire, but it expires on 2026-12-11/);
  });

  it('tells a system user that is an employee from an admin, where the server says which', async (t) => {
    const { vault, issued, graph } = await open(t);
    graph.instead = ({ path, params }) =>
      path === '/me' && params.get('fields')?.includes('role')
        ? { body: { id: '90', name: 'Reports', role: 'EMPLOYEE' } }
        : undefined;
    const csv = (role: string) => `token,role\n${token},${role}`;
    const token = issued.never();
    const [refused] = await vault.import(csv('admin'));
    assert.deepEqual([refused?.problem?.key, refused?.role], ['another_role', 'EMPLOYEE']);
    assert.equal((await vault.list()).connections.length, 0);
    const [kept] = await vault.import(csv('employee'));
    assert.deepEqual([kept?.outcome, kept?.role, kept?.subject?.name], ['new', 'EMPLOYEE', 'Reports']);
  });

  it('makes a short-lived token a long one, and keeps a second token of one person in place of the first', async (t) => {
    const { vault, issued, world } = await open(t);
    const [row] = await vault.import(issued.short());
    assert.deepEqual([row?.outcome, row?.kind, row?.until], ['new', 'user_long', world.clock.now() + 60 * DAY]);
    const [again] = await vault.import(`token\n${issued.long('72')}`);
    assert.deepEqual([again?.outcome, again?.id], ['replaces', row?.id]);
    const both = await vault.import(`token\n${issued.long('74')}\n${issued.long('74')}`, { dryRun: true });
    assert.deepEqual(outcomes(both), ['new', 'same_subject']);
  });

  it('has a short-lived token that its server would not exchange made a long one by the next sweep', async (t) => {
    const { vault, issued, world, graph } = await open(t);
    graph.instead = ({ path }) => (path === '/oauth/access_token' ? 'down' : undefined);
    const [row] = await vault.import(issued.short());
    assert.deepEqual([row?.outcome, row?.kind], ['new', 'user_short']);
    graph.instead = undefined;
    await world.clock.advance(1800);
    await vault.sweeper().sweep();
    const view = await vault.get(row?.id ?? '');
    assert.deepEqual([view.kind, view.until], ['user_long', world.clock.now() + 60 * DAY]);
  });

  it('takes the saved answer of a list of Pages, and nothing is kept nor taken for a Page without a token', async (t) => {
    const { vault, issued } = await open(t);
    const page = issued.page('5');
    const list = (tokens: (string | undefined)[]) =>
      JSON.stringify({
        data: tokens.map((access_token, at) => ({
          access_token,
          category: 'Shop',
          name: `Page ${at}`,
          id: String(5 + at),
          tasks: [],
        })),
      });
    const first = await vault.import(list([page, undefined]));
    assert.deepEqual(outcomes(first), ['new', 'page_without_token']);
    const second = await vault.import(list([undefined, undefined]));
    assert.deepEqual(outcomes(second), ['page_without_token', 'page_without_token']);
    assert.equal(await vault.use(first[0]?.id ?? '', (token) => token.open()), page);
  });

  it('keeps nothing of what could not be asked about, and a server that asks for patience is asked no more', async (t) => {
    const { vault, issued, graph } = await open(t);
    const csv = ['token', ...Array.from({ length: 120 }, (_, at) => issued.long(String(1000 + at)))].join('\n');
    graph.instead = () => 'down';
    assert.deepEqual([...new Set(outcomes(await vault.import(csv)))], ['server_away']);
    graph.instead = () => ({
      status: 400,
      body: { error: { message: '(#4) Limit', type: 'OAuthException', code: 4 } },
    });
    const before = graph.calls.length;
    assert.deepEqual([...new Set(outcomes(await vault.import(csv)))], ['server_away']);
    assert.equal(graph.calls.length - before, 1);
    for (const body of ['<html>', { data: {} }, [], [null]]) {
      graph.instead = () => ({ body });
      assert.deepEqual([...new Set(outcomes(await vault.import(csv)))], ['server_away']);
    }
    assert.equal((await vault.list()).connections.length, 0);
    graph.instead = undefined;
    const seen: number[] = [];
    await vault.import(csv, { progress: (done) => void seen.push(done) });
    assert.deepEqual([seen.at(-1), (await vault.list({ limit: 200 })).connections.length], [120, 120]);
  });

  it('stands hostile and huge lists: each is refused or told, and nothing of it is believed', async (t) => {
    const { vault, graph } = await open(t);
    for (const text of ['', ' ', '{', '[1,2', 'name;note\nx;y', 'a'.repeat(65 * 1024 * 1024)])
      await assert.rejects(
        vault.import(text),
        (error) => error instanceof VaultRefusal && error.reason === 'bad_value',
      );
    const rows = await vault.import(
      [
        'name,token',
        `"x",${'E'.repeat(5000)}`,
        '"open,EAAx',
        "'; drop table connections; --,EAA' or 1=1",
        '<script>,EAA<script>alert(1)</script>',
        'emoji,EAA😀',
        'ctrl,EAA\u0000\u001b[31m',
        '=cmd|calc,=1+1',
      ].join('\n'),
      { dryRun: true },
    );
    assert.deepEqual(outcomes(rows), [
      'not_a_token',
      'unreadable_row',
      'not_a_token',
      'unknown_to_server',
      'not_a_token',
      'not_a_token',
      'unknown_to_server',
    ]);
    const many = ['name,token', ...Array.from({ length: 20_000 }, () => 'A,EAA bad')].join('\n');
    const before = graph.calls.length;
    assert.equal((await vault.import(many, { dryRun: true })).length, 20_000);
    assert.equal(graph.calls.length, before, 'nobody is asked about what is no token');
  });

  it('of a service without debug_token learns the end by its refresh, and asks for the kind where it must', async (t) => {
    const { vault, threads, world } = await open(t);
    await vault.apps.set({ appId: threads.app.id, service: 'threads', secret: new Secret(threads.app.secret) });
    const old = threads.issue('4711', true, 50 * DAY);
    const young = threads.issue('4712', true, 3600);
    const rows = await vault.import(`token,kind\n${old},threads\n${young},threads`);
    assert.deepEqual(outcomes(rows), ['new', 'new']);
    const now = world.clock.now();
    assert.deepEqual(
      rows.map(({ until }) => until),
      [now + 60 * DAY, now + 59 * DAY],
    );
    assert.notEqual(await vault.use(rows[0]?.id ?? '', (token) => token.open()), old);
    const gone = threads.issue('4713', true, 61 * DAY);
    assert.equal((await vault.import(`token,kind\n${gone},threads_long`))[0]?.outcome, 'refused');
  });
});

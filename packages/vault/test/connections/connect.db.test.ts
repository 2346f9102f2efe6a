// A person connects, connects again in place, and hands over: against a server that knows the documented calls alone.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { VaultRefusal, type Vault } from '@hallpass/vault';
import type { RefusalReason } from '../../src/refusals.ts';
import { listEvents } from '../../src/store/events.ts';
import { DAY, DocumentedGraph } from '../documented-graph.ts';
import { DocumentedService } from '../documented-service.ts';
import { documentedVault } from '../documented-vault.ts';
import { onEachDatabase, openVault } from '../vaults.ts';

const refusedAs = (reason: RefusalReason) => (error: unknown) =>
  error instanceof VaultRefusal && error.reason === reason;

const answerIn = (back: URL) => ({
  state: back.searchParams.get('state') ?? '',
  code: back.searchParams.get('code') ?? undefined,
});

const ann = { user_id: '71', name: 'Ann B.' };
const bob = { user_id: '72', name: 'Bob C.' };

onEachDatabase('A connection', (newPlace) => {
  const open = (t: TestContext, settings = {}) =>
    documentedVault(t, newPlace(), { settings: { publicUrl: 'https://vault.example', ...settings } });

  const kindsOf = async (vault: Vault, id: string): Promise<string[]> =>
    (await listEvents(vault.parts.db.read, 'main', { connection_id: id, limit: 20 })).map(({ kind }) => kind).reverse();

  const connect = async (vault: Vault, graph: DocumentedGraph, person = ann) => {
    const { url } = await vault.connect({
      appId: graph.app.id,
      wantedScopes: ['pages_show_list'],
      ownerEmail: 'ann@example.com',
    });
    return vault.finishConnect(answerIn(graph.consent(url, person)));
  };

  it('is made by a link through the dialog, with state and PKCE, and holds a long-lived token', async (t) => {
    const { vault, graph, world } = await open(t);
    const link = await vault.connect({ appId: graph.app.id, wantedScopes: ['pages_show_list', 'email'] });
    const asked = new URL(link.url);
    assert.equal(asked.origin + asked.pathname, 'https://www.example.com/v25.0/dialog/oauth');
    assert.deepEqual(
      ['client_id', 'redirect_uri', 'scope', 'response_type', 'code_challenge_method'].map((name) =>
        asked.searchParams.get(name),
      ),
      [graph.app.id, 'https://vault.example/callback', 'pages_show_list,email', 'code', 'S256'],
    );
    assert.doesNotMatch(link.url, new RegExp(graph.app.secret));
    const finished = await vault.finishConnect(answerIn(graph.consent(link.url, ann)));
    const view = await vault.get(finished.id);
    assert.deepEqual(
      [view.name, view.kind, view.state, view.until, view.missingScopes, view.reconnectUrl],
      ['Ann B.', 'user_long', 'healthy', world.clock.now() + 60 * DAY, [], undefined],
    );
    const held = await vault.use(finished.id, (token) => graph.tokens.get(token.open()));
    assert.equal(held?.user_id, ann.user_id);
    assert.deepEqual(await kindsOf(vault, finished.id), ['connected']);
    const { rows } = await vault.parts.db.read
      .selectFrom('logins')
      .selectAll()
      .execute()
      .then((found) => ({ rows: JSON.stringify(found) }));
    assert.doesNotMatch(rows, new RegExp(link.state));
  });

  it('is one for the same state and code, however often and however much at once they come', async (t) => {
    const { vault, world, graph } = await open(t);
    const { url } = await vault.connect({ appId: graph.app.id });
    const answer = answerIn(graph.consent(url, ann));
    let waiting = true;
    const all = Promise.all([1, 2, 3].map(() => vault.finishConnect(answer))).finally(() => (waiting = false));
    // A little real time for each answer of the database, so that on a busy machine no change is older than it took.
    while (waiting) {
      await vault.list();
      await new Promise(setImmediate);
      world.wall.advance(20);
    }
    const finished = await all;
    assert.equal(new Set(finished.map(({ id }) => id)).size, 1);
    assert.equal((await vault.finishConnect(answer)).id, finished[0]?.id);
    assert.equal((await vault.list()).connections.length, 1);
    assert.equal(graph.calls.filter(({ params }) => params.has('code')).length, 1);
    await assert.rejects(vault.finishConnect({ ...answer, code: 'AQanother' }), refusedAs('login_over'));
  });

  it('VT-07: is made for the tenant that began it alone, and a state that is made up leads nowhere', async (t) => {
    const { vault, graph } = await open(t);
    const { url, state } = await vault.connect({ appId: graph.app.id });
    const answer = answerIn(graph.consent(url, ann));
    await assert.rejects(vault.forTenant('other').finishConnect(answer), refusedAs('unknown_login'));
    await assert.rejects(vault.forTenant('other').connect({ appId: graph.app.id }), refusedAs('unknown_app'));
    for (const wrong of ['', 'main.x', `${state}x`, state.replace('main', 'other')])
      await assert.rejects(vault.finishConnect({ ...answer, state: wrong }), refusedAs('unknown_login'));
    const { id } = await vault.finishConnect(answer);
    const stranger = vault.forTenant('other');
    for (const act of [
      () => stranger.get(id),
      () => stranger.use(id, () => 0),
      () => stranger.reconnect(id),
      () => stranger.update(id, { name: 'x' }),
      () => stranger.handOver(id, new Secret('EAAx'.repeat(20))),
      () => stranger.discoverPages(id),
      () => stranger.remove(id),
    ])
      await assert.rejects(act, refusedAs('unknown_connection'));
    assert.equal((await stranger.list()).connections.length, 0);
  });

  it('is not made when the dialog is refused, comes too late, or the code is wrong, and the texts of addresses are not shown', async (t) => {
    const { vault, graph, world } = await open(t);
    const begin = () => vault.connect({ appId: graph.app.id });
    const { state } = await begin();
    const denied = vault.finishConnect({ state, error: 'access_denied<script>' });
    await assert.rejects(denied, (error) => refusedAs('login_refused')(error) && !String(error).includes('script'));
    const wrong = await begin();
    await assert.rejects(
      vault.finishConnect({ state: wrong.state, code: 'AQnonsense' }),
      refusedAs('refused_by_server'),
    );
    const late = await begin();
    const answer = answerIn(graph.consent(late.url, ann));
    await world.clock.advance(3600);
    await assert.rejects(vault.finishConnect(answer), refusedAs('login_over'));
    assert.equal((await vault.list()).connections.length, 0);
  });

  it('can be finished again with the same code when the server was away', async (t) => {
    const { vault, graph } = await open(t);
    const { url } = await vault.connect({ appId: graph.app.id });
    const answer = answerIn(graph.consent(url, ann));
    graph.instead = () => 'down';
    await assert.rejects(vault.finishConnect(answer), refusedAs('server_away'));
    graph.instead = undefined;
    assert.equal((await vault.finishConnect(answer)).isNew, true);
  });

  it('VT-06: is connected again in place by the same person, and another one changes nothing', async (t) => {
    const { vault, graph } = await open(t);
    const { id } = await connect(vault, graph);
    const before = await vault.use(id, (token) => token.open());
    graph.kill(before, { code: 190, subcode: 460, message: 'The password was changed.' });
    const other = await vault.reconnect(id);
    await assert.rejects(vault.finishConnect(answerIn(graph.consent(other.url, bob))), refusedAs('another_person'));
    assert.equal(await vault.use(id, (token) => token.open()), before);
    const { url } = await vault.reconnect(id);
    const finished = await vault.finishConnect(answerIn(graph.consent(url, ann)));
    assert.deepEqual([finished.id, finished.isNew], [id, false]);
    assert.notEqual(await vault.use(id, (token) => token.open()), before);
    assert.deepEqual(await kindsOf(vault, id), ['connected', 'identity_mismatch', 'reconnected']);
  });

  it('goes to another person only by a hand-over, and keeps its id', async (t) => {
    const { vault, graph } = await open(t);
    const { id } = await connect(vault, graph);
    const { url } = await vault.reconnect(id, {
      handOver: true,
      labels: { ownerName: 'Bob', ownerEmail: 'bob@example.com' },
    });
    assert.equal((await vault.finishConnect(answerIn(graph.consent(url, bob)))).id, id);
    const token = await vault.use(id, (secret) => graph.tokens.get(secret.open()));
    assert.equal(token?.user_id, bob.user_id);
    const never = graph.issue({ type: 'SYSTEM_USER', user_id: '99', expires_at: 0, name: 'Reports' });
    await vault.handOver(id, new Secret(never));
    assert.deepEqual([(await vault.get(id)).kind, (await vault.get(id)).until], ['system_user_never', undefined]);
    const page = graph.issue({ type: 'PAGE', profile_id: '5', user_id: '72', expires_at: 0 });
    await assert.rejects(vault.handOver(id, new Secret(page)), refusedAs('not_this_kind'));
    await assert.rejects(vault.handOver(id, new Secret('EAAcut...')), refusedAs('not_this_kind'));
    assert.deepEqual(await kindsOf(vault, id), ['connected', 'handed_over', 'handed_over']);
  });

  it('is in place for a person who connects anew, so that nobody is told of twice', async (t) => {
    const { vault, graph } = await open(t);
    const first = await connect(vault, graph);
    const second = await connect(vault, graph);
    assert.deepEqual([second.id, second.isNew], [first.id, false]);
    assert.equal((await vault.list()).connections.length, 1);
  });

  it('asks by the dialog that mends it: with rerequest for a permission, with reauthorize for the data', async (t) => {
    const { vault, graph } = await open(t);
    const { url } = await vault.connect({ appId: graph.app.id, scopes: ['email'], wantedScopes: ['pages_show_list'] });
    const { id } = await vault.finishConnect(answerIn(graph.consent(url, ann)));
    const view = await vault.get(id);
    assert.deepEqual([view.state, view.missingScopes], ['needs_permission', ['pages_show_list']]);
    assert.match(view.reconnectUrl ?? '', /^https:\/\/vault\.example\/reconnect\/main\./);
    const asked = new URL((await vault.reconnect(id)).url).searchParams;
    assert.deepEqual([asked.get('auth_type'), asked.get('scope')], ['rerequest', 'pages_show_list']);
  });

  it('is used for a function alone, which a refusal by the Graph makes looked at soon', async (t) => {
    const { vault, graph, world } = await open(t);
    const { id } = await connect(vault, graph);
    assert.equal(
      await vault.use(id, (token) => `${token}${JSON.stringify({ token })}`),
      '[secret]{"token":"[secret]"}',
    );
    const due = async () =>
      (await vault.parts.db.read.selectFrom('looks').select('due_at').executeTakeFirst())?.due_at ?? 0;
    assert.ok((await due()) > world.clock.now());
    const { GraphError } = await import('@hallpass/client');
    const refused = new GraphError(400, {
      error: { message: 'x', type: 'OAuthException', code: 190, error_subcode: 460, fbtrace_id: '' },
    });
    await assert.rejects(
      vault.use(id, () => Promise.reject(refused)),
      refused,
    );
    assert.equal(await due(), world.clock.now());
    await world.clock.advance(61 * DAY);
    await assert.rejects(
      vault.use(id, () => 0),
      refusedAs('not_usable'),
    );
    assert.equal((await vault.get(id)).state, 'needs_person');
  });

  it('of a Page is connected again by its person, or by anybody who has the Page where it hangs on nobody', async (t) => {
    const { vault, graph } = await open(t);
    const begun = await vault.connect({ appId: graph.app.id, scopes: ['pages_show_list'] });
    const { id } = await vault.finishConnect(answerIn(graph.consent(begun.url, { ...ann, pages: ['5'] })));
    await vault.discoverPages(id);
    const page = (await vault.list({ parentId: id })).connections[0]?.id ?? '';
    const old = await vault.use(page, (token) => token.open());
    const again = await vault.reconnect(page);
    const done = await vault.finishConnect(answerIn(graph.consent(again.url, { ...ann, pages: ['5'] })));
    assert.deepEqual([done.id, done.isNew, (await vault.get(page)).kind], [page, false, 'page_long']);
    assert.notEqual(await vault.use(page, (token) => token.open()), old);

    const lone = graph.issue({ type: 'PAGE', profile_id: '8', user_id: '90', expires_at: 0 });
    const [row] = await vault.import(lone);
    const stranger = await vault.reconnect(row?.id ?? '');
    const refused = vault.finishConnect(answerIn(graph.consent(stranger.url, { user_id: '99', pages: ['7'] })));
    await assert.rejects(refused, refusedAs('another_person'));
    assert.equal((await vault.list()).connections.length, 3);
    assert.equal(await vault.use(row?.id ?? '', (token) => token.open()), lone);
    const link = await vault.reconnect(row?.id ?? '');
    const finished = await vault.finishConnect(answerIn(graph.consent(link.url, { ...bob, pages: ['8'] })));
    assert.deepEqual([finished.id, (await vault.get(row?.id ?? '')).kind], [row?.id, 'page_long']);
    const taken = await vault.reconnect(page, { handOver: true });
    await vault.finishConnect(answerIn(graph.consent(taken.url, { ...bob, pages: ['5', '8'] })));
    assert.deepEqual(await kindsOf(vault, page), ['connected', 'reconnected', 'handed_over']);
    assert.equal((await vault.list()).connections.length, 4);
  });

  it('takes no label that is empty, endless, of several lines, or no list of what it should be', async (t) => {
    const { vault, graph } = await open(t);
    const { id } = await connect(vault, graph);
    const bad = [
      { name: ' ' },
      { name: 'x'.repeat(201) },
      { ownerEmail: 'a@b\r\nBcc: c@d' },
      { name: 'a\u0000' },
      { ownerEmail: 'ann' },
      { language: '!' },
    ];
    for (const labels of [...bad, { wantedScopes: ['a b'] }, { pageChoice: ['1 or 1=1'] }, { ownerName: '\ud800' }]) {
      await assert.rejects(vault.update(id, labels), refusedAs('bad_value'));
      await assert.rejects(vault.connect({ appId: graph.app.id, ...labels }), refusedAs('bad_value'));
    }
    await vault.update(id, { name: '<script> Ann 😀', pageChoice: ['5'], wantedScopes: ['pages_show_list', 'email'] });
    assert.equal((await vault.get(id)).name, '<script> Ann 😀');
  });

  it('of a system user or an app has no dialog, and says what to do', async (t) => {
    const { vault, graph } = await open(t);
    const token = graph.issue({ type: 'SYSTEM_USER', user_id: '99', expires_at: 0 });
    const [row] = await vault.import(token);
    await assert.rejects(vault.reconnect(row?.id ?? ''), refusedAs('not_this_kind'));
  });

  it('is removed with its token, and those that hang on it only where that is said', async (t) => {
    const { vault, graph } = await open(t);
    const { url } = await vault.connect({ appId: graph.app.id, scopes: ['pages_show_list'] });
    const { id } = await vault.finishConnect(answerIn(graph.consent(url, { ...ann, pages: ['5', '6', '7'] })));
    await vault.discoverPages(id);
    assert.equal((await vault.list()).connections.length, 4);
    await assert.rejects(vault.remove(id), refusedAs('has_children'));
    await vault.remove(id, { children: 'keep' });
    const left = (await vault.list()).connections;
    assert.equal(left.length, 3);
    await vault.remove(left[0]?.id ?? '');
    await assert.rejects(vault.get(left[0]?.id ?? ''), refusedAs('unknown_connection'));
    assert.deepEqual((await kindsOf(vault, id)).at(-1), 'removed');
  });

  for (const service of ['instagram', 'threads'] as const)
    it(`of ${service} is made long, refreshed by its own grant, and told when the id is the wrong one`, async (t) => {
      const place = newPlace();
      const clock: { now?: () => number } = {};
      const server = new DocumentedService(service, () => clock.now?.() ?? 0);
      const { vault, world } = await openVault(place, {
        fetch: (url, init) => server.fetch(url, init),
        settings: { publicUrl: 'https://vault.example' },
      });
      clock.now = () => world.clock.now();
      t.after(async () => {
        await vault.close();
        await place.remove();
      });
      const secret = new Secret(server.app.secret);
      await vault.apps.set({ appId: server.app.id, service, secret });
      const { url } = await vault.connect({ appId: server.app.id, scopes: ['basic'] });
      assert.equal(new URL(url).searchParams.has('code_challenge'), false);
      const { id } = await vault.finishConnect(answerIn(server.consent(url, '4711')));
      const view = await vault.get(id);
      assert.deepEqual(
        [view.name, view.kind, view.until],
        ['account_4711', `${service}_long`, world.clock.now() + 60 * DAY],
      );
      await world.clock.advance(31 * DAY);
      await vault.sweeper().sweep();
      assert.equal((await vault.get(id)).until, world.clock.now() + 60 * DAY);
      const hosts = new Set(server.calls.map(({ host }) => host));
      assert.deepEqual(
        [...hosts].sort(),
        service === 'instagram' ? ['api.instagram.com', 'graph.instagram.com'] : ['graph.threads.net'],
      );
      if (service === 'threads') {
        await vault.apps.set({ appId: '17', service, secret });
        const wrong = await vault.connect({ appId: '17' });
        const answer = answerIn(server.consent(wrong.url, '4711'));
        await assert.rejects(vault.finishConnect(answer), /the id and secret that the app has for Threads/);
      }
    });
});

// The Pages of a person and of businesses become connections of their own. A Page without a token is told with its
// reason: it is never kept, and no old token stays for it.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { type DiscoveredPages, VaultRefusal } from '@hallpass/vault';
import { listEvents } from '../../src/store/events.ts';
import { DAY, type KnownToken } from '../documented-graph.ts';
import { documentedVault } from '../documented-vault.ts';
import { onEachDatabase } from '../vaults.ts';

onEachDatabase('The search for Pages', (newPlace) => {
  async function open(t: TestContext, known: KnownToken = {}) {
    const { vault, world, graph } = await documentedVault(t, newPlace());
    const now = world.clock.now();
    const scopes = ['pages_show_list', 'business_management'];
    const token = graph.issue({
      type: 'USER',
      user_id: '71',
      issued_at: now,
      expires_at: now + 60 * DAY,
      scopes,
      ...known,
    });
    const [row] = await vault.import(`token,email\n${token},ann@example.com`);
    return { vault, graph, world, token, id: row?.id ?? '', known: graph.tokens.get(token) ?? {} };
  }

  const short = ({ pages }: DiscoveredPages) =>
    Object.fromEntries(pages.map(({ id, outcome, why }) => [id, why?.key ?? outcome]));

  it('merges the lists of the person and of its businesses, page after page, and keeps each Page once', async (t) => {
    const { vault, id } = await open(t, {
      pages: ['1', '2', '3', '4', '5'],
      businesses: [
        { id: '800', owned_pages: ['5', '6'], client_pages: ['7'] },
        { id: '801', owned_pages: [], client_pages: ['1', '8'] },
        { id: '802', owned_pages: ['9'], client_pages: [] },
      ],
    });
    const dry = await vault.discoverPages(id, { dryRun: true });
    assert.deepEqual([dry.pages.length, dry.complete, (await vault.list()).connections.length], [9, true, 1]);
    const found = await vault.discoverPages(id);
    assert.deepEqual(
      found.pages.map(({ id: page }) => page),
      ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    );
    assert.deepEqual(found.pages.find(({ id: page }) => page === '5')?.via, ['direct', 'owned']);
    assert.deepEqual(found.pages.find(({ id: page }) => page === '8')?.via, ['client']);
    const children = (await vault.list({ parentId: id, limit: 200 })).connections;
    assert.equal(children.length, 9);
    assert.ok(
      children.every(({ kind, state, until }) => kind === 'page_long' && state === 'healthy' && until === undefined),
    );
    assert.equal((await vault.list()).connections.length, 10);
  });

  it('tells why a Page has no token, keeps none, and takes an old one for it away', async (t) => {
    const { vault, id, known } = await open(t, { pages: ['1', '2', '3'] });
    await vault.discoverPages(id);
    const [child] = (await vault.list({ search: 'Page 2' })).connections;
    assert.equal(await vault.use(child?.id ?? '', () => true), true);
    known.tokenless = ['2', '4'];
    known.pages = ['1', '2', '3', '4'];
    const found = await vault.discoverPages(id);
    assert.deepEqual([short(found)['2'], short(found)['4']], ['no_task', 'no_task']);
    await assert.rejects(
      vault.use(child?.id ?? '', () => true),
      (error) => error instanceof VaultRefusal && error.reason === 'no_token',
    );
    const view = await vault.get(child?.id ?? '');
    assert.deepEqual([view.state, view.reconnectUrl], ['needs_role', undefined]);
    assert.equal((await vault.list({ search: 'Page 4' })).connections.length, 0);
    const [event] = await listEvents(vault.parts.db.read, 'main', { connection_id: child?.id, limit: 1 });
    assert.deepEqual([event?.kind, JSON.parse(event?.facts ?? '{}').why], ['page_without_token', 'no_task']);

    known.tokenless = [];
    const again = await vault.discoverPages(id);
    assert.equal(short(again)['2'], 'replaces');
    assert.equal((await vault.get(child?.id ?? '')).state, 'healthy');
  });

  it('names a Page that was left out of the choice, a missing permission, and a Page of a business without a task', async (t) => {
    const chosen = { scope: 'pages_show_list', target_ids: ['1'] };
    const { vault, id, known } = await open(t, {
      pages: ['1', '2'],
      tokenless: ['2', '3'],
      businesses: [{ id: '800', owned_pages: ['3'], client_pages: [] }],
      granular_scopes: [chosen],
    });
    assert.deepEqual(short(await vault.discoverPages(id)), { 1: 'new', 2: 'not_chosen', 3: 'not_chosen' });
    chosen.target_ids.push('3');
    assert.equal(short(await vault.discoverPages(id))['3'], 'not_assigned');
    known.scopes = ['public_profile'];
    assert.equal(short(await vault.discoverPages(id))['2'], 'no_list_permission');
  });

  it('changes nothing for Pages of a list that could not be read, nor for what is in no list any more', async (t) => {
    const { vault, graph, id, known, world } = await open(t, {
      pages: ['1', '2', '3'],
      businesses: [{ id: '800', owned_pages: ['4'], client_pages: [] }],
    });
    await vault.discoverPages(id);
    graph.instead = ({ path, params }) => (path === '/me/accounts' && params.has('after') ? 'down' : undefined);
    const half = await vault.discoverPages(id);
    assert.deepEqual([half.complete, half.faults.length, short(half)], [false, 1, { 4: 'replaces' }]);
    // A Page that is listed without a token, and can't be asked for alone now, keeps the one that is there.
    known.tokenless = ['2'];
    graph.instead = ({ path }) => (path === '/2' ? 'down' : undefined);
    assert.equal(short(await vault.discoverPages(id))['2'], 'refused');
    const [second] = (await vault.list({ search: 'Page 2' })).connections;
    assert.equal(await vault.use(second?.id ?? '', () => true), true);
    known.tokenless = [];
    graph.instead = undefined;
    known.pages = ['1', '2'];
    const less = await vault.discoverPages(id);
    assert.equal(short(less)['3'], 'not_listed');
    const [gone] = (await vault.list({ search: 'Page 3' })).connections;
    assert.equal(await vault.use(gone?.id ?? '', () => true), true);
    const row = await vault.parts.db.read
      .selectFrom('looks')
      .select('due_at')
      .where('id', '=', gone?.id ?? '')
      .executeTakeFirst();
    assert.equal(row?.due_at, world.clock.now());
  });

  it('keeps only the Pages of the choice, and refuses the token of another Page in the place of one', async (t) => {
    const { vault, graph, id } = await open(t, { pages: ['1', '2', '3'] });
    await vault.update(id, { pageChoice: ['1', '2'] });
    const other = graph.issue({ type: 'PAGE', profile_id: '66', user_id: '71', expires_at: 0 });
    graph.instead = ({ path }) =>
      path === '/me/accounts'
        ? {
            body: {
              data: ['1', '2', '3'].map((page) => ({ id: page, name: page, tasks: ['MANAGE'], access_token: other })),
            },
          }
        : undefined;
    assert.deepEqual(short(await vault.discoverPages(id)), { 1: 'refused', 2: 'refused', 3: 'not_wanted' });
    graph.instead = undefined;
    assert.deepEqual(short(await vault.discoverPages(id)), { 1: 'new', 2: 'new', 3: 'not_wanted' });
    const [page] = (await vault.list({ parentId: id })).connections;
    await assert.rejects(
      vault.discoverPages(page?.id ?? ''),
      (error) => error instanceof VaultRefusal && error.reason === 'not_this_kind',
    );
  });
});

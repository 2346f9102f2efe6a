// A backup holds everything, shows nothing, and is restored wholly or not at all, into either database.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { StorageRefused } from '@hallpass/db';
import { Secret } from '@hallpass/protocol';
import type { Vault } from '@hallpass/vault';
import { listEvents } from '../../src/store/events.ts';
import { DAY, DocumentedGraph } from '../documented-graph.ts';
import { onEachDatabase, openVault, testKey, testWorld } from '../vaults.ts';

const linesOf = (text: string) =>
  async function* () {
    yield* text.split('\n').filter((line) => line !== '');
  };

onEachDatabase('A backup', (newPlace) => {
  const world = testWorld();
  const graph = new DocumentedGraph(() => world.clock.now());

  async function open(t: TestContext, key = 'right'): Promise<Vault> {
    const place = newPlace();
    const { vault } = await openVault(place, {
      world,
      masterKey: testKey(world, key),
      fetch: (url, init) => graph.fetch(url, init),
    });
    t.after(async () => {
      await vault.close();
      await place.remove();
    });
    return vault;
  }

  async function filled(t: TestContext): Promise<{ vault: Vault; tokens: string[]; text: string }> {
    const vault = await open(t);
    await vault.apps.set({
      appId: graph.app.id,
      secret: new Secret(graph.app.secret),
      graphBase: 'https://graph.example.com',
    });
    const now = world.clock.now();
    const tokens = Array.from({ length: 12 }, (_, at) =>
      graph.issue({ type: 'USER', user_id: String(100 + at), issued_at: now, expires_at: now + 60 * DAY }),
    );
    await vault.import(
      `name,token\n${tokens.map((token, at) => `n${String(at).padStart(2, '0')},${token}`).join('\n')}`,
    );
    let text = '';
    for await (const line of vault.backup()) text += line;
    return { vault, tokens, text };
  }

  it('is restored into an empty vault, with its history, and its tokens open there', async (t) => {
    const { vault, tokens, text } = await filled(t);
    for (const secret of [...tokens, graph.app.secret]) assert.ok(!text.includes(secret));
    const other = await open(t);
    const result = await other.restore(linesOf(text));
    assert.ok(result.rows > 26, `${result.rows} rows`);
    const rows = (await other.list()).connections;
    assert.deepEqual(
      rows.map(({ id, name }) => [id, name]),
      (await vault.list()).connections.map(({ id, name }) => [id, name]),
    );
    for (const [at, { id }] of rows.entries()) assert.equal(await other.use(id, (token) => token.open()), tokens[at]);
    const { id = '' } = rows[0] ?? {};
    await other.update(id, { name: 'after' });
    const kinds = (await listEvents(other.parts.db.read, 'main', { connection_id: id, limit: 9 })).map(
      ({ kind }) => kind,
    );
    assert.deepEqual(kinds, ['renamed', 'imported']);
    await other.sweeper().sweep();
    assert.equal((await other.get(id)).state, 'healthy');
    await assert.rejects(other.restore(linesOf(text)), /holds connections/);
  });

  it('is refused when it is cut, changed, put together, or of another master key, and then nothing is written', async (t) => {
    const { text } = await filled(t);
    const lines = text.split('\n').filter((line) => line !== '');
    const other = await open(t);
    const bad: [string, RegExp][] = [
      ['', /no whole backup/],
      [lines.slice(0, -1).join('\n'), /no whole backup/],
      [[...lines.slice(0, 8), ...lines.slice(9)].join('\n'), /no whole backup/],
      [[lines[0], ...lines.slice(2)].join('\n'), /no keys|no whole backup/],
      [text.replace('"n03"', '"n33"'), /no whole backup/],
      [text.replace('hallpass-vault-backup', 'other'), /no whole backup/],
      [text.replace('0001-first', '0009-later'), /newer version/],
      [`${text}${lines[5]}`, /no whole backup/],
      [text.slice(0, text.length / 2), /no whole backup/],
    ];
    for (const [broken, words] of bad)
      await assert.rejects(
        other.restore(linesOf(broken)),
        (error) => error instanceof StorageRefused && words.test(error.message),
      );
    const stranger = await open(t, 'wrong');
    await assert.rejects(stranger.restore(linesOf(text)), /isn.t the one/);
    for (const vault of [other, stranger]) assert.equal((await vault.list()).connections.length, 0);
  });
});

// A long list is worked on in blocks, and comes out as if it had been looked at as a whole.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DAY } from '../documented-graph.ts';
import { documentedVault } from '../documented-vault.ts';
import { onEachDatabase } from '../vaults.ts';

onEachDatabase('A long import', (newPlace) => {
  it('hangs Pages on people who come blocks later, finds doubles across blocks, and tells how many rows are done', async (t) => {
    const { vault, graph, world } = await documentedVault(t, newPlace());
    const now = world.clock.now();
    const person = (user_id: string) =>
      graph.issue({ type: 'USER', user_id, issued_at: now, expires_at: now + 60 * DAY });
    const page = graph.issue({ type: 'PAGE', profile_id: '5', user_id: '71', expires_at: 0 });
    const alone = graph.issue({ type: 'PAGE', profile_id: '6', user_id: '72', expires_at: 0 });
    const ann = person('71');
    const rows = [
      ...[page, alone],
      ...Array.from({ length: 1000 }, (_, at) => (at % 500 === 0 ? person(String(2000 + at)) : 'EAAnot')),
      ...[ann, ann, page, person('71'), person('2000')],
    ];
    const csv = ['name,token', ...rows.map((token, at) => `row ${at},${token}`)].join('\n');
    const seen: number[] = [];
    const dry = await vault.import(csv, { dryRun: true });
    assert.equal((await vault.list()).connections.length, 0);
    const kept = await vault.import(csv, { progress: (done) => void seen.push(done) });

    assert.deepEqual(seen, [500, 1000, 1007]);
    assert.equal(kept.length, rows.length);
    assert.deepEqual(
      kept.map(({ where, outcome, problem }) => [where, outcome, problem?.words]),
      dry.map(({ where, outcome, problem }) => [where, outcome, problem?.words]),
    );
    assert.deepEqual(
      kept.slice(-5).map(({ outcome, problem }) => problem?.key ?? outcome),
      ['new', 'doubled', 'doubled', 'same_subject', 'same_subject'],
    );
    assert.match(kept.at(-3)?.problem?.words ?? '', /line 2\b/, 'it names the first row, of another block');
    const [ofAnn, ofNobody, annHerself] = await Promise.all(
      [kept[0], kept[1], kept.at(-5)].map((row) => vault.get(row?.id ?? '')),
    );
    assert.ok(annHerself !== undefined);
    assert.deepEqual([ofAnn?.parentId, ofNobody?.parentId], [annHerself.id, undefined]);
  });
});

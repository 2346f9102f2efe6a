// The memory of a node for tokens and for the facts that they hang on stays within its setting, however many different
// tokens come.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../src/installation/cache.ts';
import { createFacts } from '../../src/installation/facts.ts';
import { alwaysFresh } from '../../src/installation/freshness.ts';
import { present, rememberedTokens } from '../../src/liveness/open-token.ts';
import { seal } from '../../src/tokens/seal.ts';
import { cast } from '../cast.ts';
import { partsOfNode, recordOf, shopApp } from '../parts.ts';

const ENTRIES = 400;
/** Remembered tokens for so many facts: one for every eight. */
const TOKENS = ENTRIES / 8;
const MANY = 10 * ENTRIES;

test('whoever shows ever more different tokens fills no memory: facts and tokens stay within the setting', async (t) => {
  const parts = await partsOfNode(t, {
    people: [cast.ana],
    apps: [shopApp],
    grants: [{ person: cast.ana.id, app: shopApp.id, granted: [] }],
  });
  const facts = createFacts(parts.db, parts.sealer, alwaysFresh, new Cache(ENTRIES));
  const node = { ...parts, facts };
  const ofEach = recordOf({ user: cast.ana.id, app: shopApp.id });
  let [mostFacts, mostTokens] = [0, 0];
  for (let i = 0; i < MANY; i++) {
    const record = { ...ofEach, kind: 'user' as const, session: String(i), login: String(MANY + i) };
    const opened = await present(node, seal(parts.ring(), parts.world.random, record));
    assert.equal(opened.is, 'sealed');
    mostFacts = Math.max(mostFacts, facts.cache.size);
    mostTokens = Math.max(mostTokens, rememberedTokens(facts));
  }
  assert.ok(mostFacts <= ENTRIES, `${mostFacts} facts`);
  assert.ok(mostTokens <= TOKENS, `${mostTokens} tokens`);
  assert.ok(mostFacts > ENTRIES / 2 && mostTokens >= TOKENS / 2, 'the room is used');
});

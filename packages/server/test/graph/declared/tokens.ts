// These are the tokens and sessions of the callers of the scene, one for each kind.
import { mint, newId } from '../../../src/installation/mint.ts';
import { change } from '../../../src/liveness/change.ts';
import * as systemUsers from '../../../src/store/businesses/system-users.ts';
import { updateTable } from '../../../src/store/facts/fact-writes.ts';
import { PersonId } from '../../../src/store/ids.ts';
import { desk } from '../../dashboard.ts';
import { cast, type TestWorld } from '../../world.ts';
import { clerk, tester, walker } from './world.ts';

const { shop, ana } = cast;

/** All are of the walker, but `system`, which is the clerk's. */
export async function declaredTokens(world: TestWorld) {
  const { installation } = world.server;
  const user = await world.login(shop.id, walker.id, { permissions: ['pages_show_list'], longLived: true });
  for (const { id } of [ana, tester]) await world.login(shop.id, id);
  const login = newId(installation);
  const now = world.clock.now();
  const record = {
    app: shop.id,
    session: undefined,
    issuedAt: now,
    expiresAt: 0,
    longLived: true,
    native: false,
    authType: undefined,
    authNonce: undefined,
  };
  const system = await change(installation, async ({ tx }) => {
    await updateTable(tx, 'people', (rows) => rows.set({ test_user_of: shop.id }).where('id', '=', tester.id));
    await systemUsers.insertToken(tx, {
      id: PersonId.of(login),
      personId: clerk.id,
      appId: shop.id,
      fingerprint: 'f',
      permissions: {},
      issuedBy: null,
      issuedAt: now,
      expiresAt: 0,
      endedAt: null,
    });
    return mint(installation, tx, { ...record, kind: 'system_user', user: clerk.id, login });
  });
  const session = await change(installation, ({ tx }) =>
    mint(installation, tx, { ...record, kind: 'session_info', user: walker.id, login: newId(installation) }),
  );
  const parent = await change(installation, ({ tx }) =>
    mint(installation, tx, { ...record, kind: 'user', user: walker.id, login: newId(installation) }),
  );
  installation.facts.cache.clear();
  // The first of two log-ins counts as one of long ago.
  const earlier = await desk(world, walker);
  await change(
    installation,
    async ({ tx }) => void (await tx.updateTable('web_sessions').set({ proven_at: 0 }).execute()),
  );
  const just = await desk(world, walker);
  return { user, login, system, session, parent, earlier, just };
}

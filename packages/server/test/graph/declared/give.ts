// The people and the system user behind the tokens of the scene are given what a case wants them to hold.
import { adAccountTasksHeld, type AppRole, type BusinessRole } from '@hallpass/protocol';
import type { Installation } from '../../../src/installation/installation.ts';
import { change, type Change } from '../../../src/liveness/change.ts';
import * as adAccounts from '../../../src/store/ads/ad-accounts.ts';
import * as apps from '../../../src/store/apps/apps.ts';
import * as businesses from '../../../src/store/businesses/businesses.ts';
import { updateTable } from '../../../src/store/facts/fact-writes.ts';
import * as grants from '../../../src/store/grants/grants.ts';
import { type AppId, MemberId } from '../../../src/store/ids.ts';
import * as pages from '../../../src/store/pages/pages.ts';
import * as people from '../../../src/store/people/people.ts';
import { cast } from '../../world.ts';
import type { Rights } from './callers.ts';
import { account, clerk, lantern, walker } from './world.ts';

const { shop, rival, bakery } = cast;
export const walkerMember = MemberId.of('7901');

interface Receivers {
  /** The id of the log-in that the token of the system user is of. */
  login: string;
  /** The system user as a member of the business. */
  clerkMember: MemberId;
  /** Epoch seconds. */
  now: number;
}

/** Everything else that they held is taken away. */
export async function give(
  installation: Installation,
  held: Rights,
  { login, clerkMember, now }: Receivers,
): Promise<void> {
  const permissions: Record<string, grants.Permit> = Object.fromEntries(
    held.permissions.map((name) => [name, { status: 'granted' }]),
  );
  await change(installation, async (made) => {
    const { tx } = made;
    await grants.put(tx, {
      appId: shop.id,
      personId: walker.id,
      permissions,
      dataAccessUntil: now + 90 * 86_400,
      createdAt: now,
      updatedAt: now,
    });
    await updateTable(tx, 'system_user_tokens', (rows) =>
      rows.set({ permissions: JSON.stringify(permissions) }).where('id', '=', login),
    );
    for (const id of [walker.id, clerk.id]) {
      if (held.tasks.length === 0) await pages.removeRole(tx, bakery.id, id);
      else await pages.setRole(tx, bakery.id, id, held.tasks, now);
      const role = { accountId: account.id, personId: id, businessId: adAccounts.OWN };
      if (held.adTasks.length === 0) await adAccounts.removeRole(tx, role.accountId, id, role.businessId);
      else await adAccounts.setRole(tx, { ...role, tasks: [...adAccountTasksHeld(held.adTasks)], createdAt: now });
    }
    for (const app of [shop.id, rival.id]) await giveAppRole(made, app, held.appRole, now);
    await giveBusinessRole(made, held.businessRole, clerkMember, now);
    await people.setReviewer(tx, walker.id, held.reviewer);
  });
}

async function giveAppRole({ tx }: Change, app: AppId, role: AppRole | null, now: number): Promise<void> {
  for (const held of await apps.rolesOf(tx, app, walker.id)) await apps.removeRole(tx, app, walker.id, held);
  if (role) await apps.addRole(tx, app, walker.id, role, now);
}

async function giveBusinessRole(
  { tx }: Change,
  role: BusinessRole | null,
  clerkMember: MemberId,
  now: number,
): Promise<void> {
  await businesses.removeMember(tx, walkerMember);
  await businesses.removeMember(tx, clerkMember);
  if (role) {
    const member = { businessId: lantern.id, role, createdBy: null, createdAt: now };
    await businesses.addMember(tx, { ...member, id: walkerMember, personId: walker.id, kind: 'person' });
    await businesses.addMember(tx, {
      ...member,
      id: clerkMember,
      personId: clerk.id,
      kind: 'system_user',
    });
  }
}

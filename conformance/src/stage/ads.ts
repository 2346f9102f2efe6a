// Cases work on ad accounts with these functions: tokens for them, and assigning one to a system user, by the
// documented calls alone.
import assert from 'node:assert/strict';
import { adAccounts, apps, business } from './cast.ts';
import { userToken } from './deeds.ts';
import { generate, newSystemUser } from './system-users.ts';
import type { ConformanceWorld } from './world.ts';

export const town = `act_${adAccounts.town.id}`;
const scope = 'ads_management,ads_read,business_management';

/** `ana`, who runs the business, by the server-side flow of its app. */
export const owner = (world: ConformanceWorld): Promise<string> => userToken(world, 'ana', apps.market, { scope });

/** A token of a new system user to whom the ad account was assigned with these tasks. */
export async function systemTokenForAds(
  world: ConformanceWorld,
  tasks = 'ANALYZE,ADVERTISE',
): Promise<{ token: string; id: string; caller: string }> {
  const caller = await userToken(world, 'ana', apps.market, {
    scope: `${scope},pages_show_list,pages_read_engagement`,
  });
  const id = await newSystemUser(world, caller);
  const given = await world.post(`/${town}/assigned_users`, {
    user: id,
    business: business.id,
    tasks,
    access_token: caller,
  });
  assert.equal(given.status, 200, given.text);
  const { status, body, text } = await generate(world, caller, id, { scope: 'ads_management,ads_read' });
  assert.equal(status, 200, text);
  return { token: body.access_token as string, id, caller };
}

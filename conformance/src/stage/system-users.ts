// Cases work with system users through these functions: one of the business is given an app and tokens, by the
// documented calls alone.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type App, apps, business, pages } from './cast.ts';
import { longToken } from './deeds.ts';
import type { ConformanceWorld, Params, Reply } from './world.ts';

const { market } = apps;

/** `ana`, who runs the business, by a long-lived token of its app. */
export const administrator = (world: ConformanceWorld): Promise<string> =>
  longToken(world, 'ana', market, {
    scope: 'business_management,pages_show_list,pages_read_engagement,pages_manage_posts',
  });

export const proofOf = (token: string, app: App = market): string =>
  createHmac('sha256', app.secret).update(token).digest('hex');

/**
 * A new employee among the system users, with the app installed and the garden assigned. @returns its id for the app
 */
export async function newSystemUser(world: ConformanceWorld, caller: string, name = 'Reporting'): Promise<string> {
  const made = await world.post(`/${business.id}/system_users`, { name, role: 'EMPLOYEE', access_token: caller });
  assert.equal(made.status, 200, made.text);
  const id = made.body.id as string;
  const installed = await world.post(`/${id}/applications`, { business_app: market.id, access_token: caller });
  assert.equal(installed.status, 200, installed.text);
  const given = { user: id, business: business.id, tasks: 'CREATE_CONTENT,ANALYZE', access_token: caller };
  const assigned = await world.post(`/${pages.garden.id}/assigned_users`, given);
  assert.equal(assigned.status, 200, assigned.text);
  return id;
}

/** The documented call for a token of a system user. */
export function generate(
  world: ConformanceWorld,
  caller: string,
  systemUser: string,
  params: Params = {},
): Promise<Reply> {
  return world.post(`/${systemUser}/access_tokens`, {
    business_app: market.id,
    scope: 'pages_show_list,pages_read_engagement,pages_manage_posts,ads_read',
    appsecret_proof: proofOf(caller),
    access_token: caller,
    ...params,
  });
}

/** A system user with its first token. */
export async function systemToken(
  world: ConformanceWorld,
  params: Params = {},
): Promise<{ token: string; id: string; caller: string }> {
  const caller = await administrator(world);
  const id = await newSystemUser(world, caller);
  const { status, body, text } = await generate(world, caller, id, params);
  assert.equal(status, 200, text);
  return { token: body.access_token as string, id, caller };
}

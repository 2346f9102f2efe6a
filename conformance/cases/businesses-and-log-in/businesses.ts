// These cases are about businesses: inviting, partners, leaving and the second factor, as the reference of the business
// has them.
import assert from 'node:assert/strict';
import { apps, business, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { administrator, newSystemUser } from '../../src/stage/system-users.ts';
import { longToken } from '../../src/stage/deeds.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented } = citing('business');
const errors = citing('errors');
const scope = 'business_management,pages_show_list,pages_read_engagement,pages_manage_posts';

/** A business that `cleo` makes, with her token. */
async function otherBusiness(world: ConformanceWorld): Promise<{ id: string; token: string }> {
  const token = await longToken(world, 'cleo', apps.market, { scope });
  return {
    id: succeeded(await world.post('/me/businesses', { name: 'Cats and Co', vertical: 'RETAIL', access_token: token }))
      .body.id,
    token,
  };
}

/** Cleo's business asks for the garden, and Ana says yes. */
async function partner(world: ConformanceWorld): Promise<{ owner: string; agency: { id: string; token: string } }> {
  const [owner, agency] = [await administrator(world), await otherBusiness(world)];
  const wanted = { page_id: pages.garden.id, permitted_tasks: 'CREATE_CONTENT,ANALYZE', access_token: agency.token };
  const { request_id } = succeeded(await world.post(`/${agency.id}/client_pages`, wanted)).body;
  succeeded(await world.post(`/${business.id}/page_requests`, { request_id, decision: 'accept', access_token: owner }));
  return { owner, agency };
}

export const cases: Case[] = [
  documented(
    'POST /{business-id}/business_users with email and role invites; pending_users lists who has not answered.',
    'The answer is the same for an address with an account and one without; nobody is in the business by being asked.',
    async (world) => {
      const token = await administrator(world);
      const users = async () => (await world.get(`/${business.id}/business_users`, { access_token: token })).body.data;
      const before = await users();
      const invite = (email: string) =>
        world.post(`/${business.id}/business_users`, { email, role: 'EMPLOYEE', access_token: token });
      const known = succeeded(await invite(people.dan.email));
      await world.clock.advance(1);
      const unknown = succeeded(await invite('nobody@example.com'));
      assert.deepEqual(Object.keys(known.body), Object.keys(unknown.body));
      const { data } = (
        await world.get(`/${business.id}/pending_users`, { fields: 'email,status', access_token: token })
      ).body;
      assert.deepEqual(
        data.map(({ email, status }: Record<string, string>) => `${email} ${status}`),
        [`${people.dan.email} PENDING`, 'nobody@example.com PENDING'],
      );
      assert.deepEqual(await users(), before);
    },
  ),
  documented(
    'POST /{business-id}/client_pages with page_id and permitted_tasks; access_status says what came of it.',
    'A Page of another business is PENDING and gives nothing until an administrator of its owner accepts.',
    async (world) => {
      const [owner, agency] = [await administrator(world), await otherBusiness(world)];
      const listed = async () =>
        (await world.get(`/${agency.id}/client_pages`, { access_token: agency.token })).body.data;
      const wanted = { page_id: pages.garden.id, permitted_tasks: 'ANALYZE', access_token: agency.token };
      const { access_status, request_id } = succeeded(await world.post(`/${agency.id}/client_pages`, wanted)).body;
      assert.deepEqual([access_status, await listed()], ['PENDING', []]);
      const answer = { request_id, decision: 'accept' };
      refused(await world.post(`/${business.id}/page_requests`, { ...answer, access_token: agency.token }), 100, 33);
      succeeded(await world.post(`/${business.id}/page_requests`, { ...answer, access_token: owner }));
      assert.equal((await listed())[0].id, pages.garden.id);
    },
    { difference: 'The owner answers by calls of ours (page_requests); the real service has pages for it.' },
  ),
  documented(
    '/{business-id}/agencies and /{business-id}/clients: GET; DELETE with business.',
    'Each lists the other, and either can end everything that one does for the other.',
    async (world) => {
      const { owner, agency } = await partner(world);
      const ids = async (path: string, token: string) =>
        (await world.get(path, { access_token: token })).body.data.map(({ id }: { id: string }) => id);
      assert.deepEqual(await ids(`/${business.id}/agencies`, owner), [agency.id]);
      assert.deepEqual(await ids(`/${agency.id}/clients`, agency.token), [business.id]);
      succeeded(await world.delete(`/${agency.id}/clients`, { business: business.id, access_token: agency.token }));
      assert.deepEqual(await ids(`/${business.id}/agencies`, owner), []);
      assert.deepEqual(await ids(`/${agency.id}/client_pages`, agency.token), []);
    },
  ),
  errors.documented(
    '190, subcode 492: the user does not have the role on the Page any more.',
    'A Page token that hangs on a partner’s assignment dies when the owner ends the partnership.',
    async (world) => {
      const { owner, agency } = await partner(world);
      const user = (await world.get('/me', { fields: 'id', access_token: agency.token })).body.id;
      const given = { user, tasks: 'ANALYZE', business: agency.id, access_token: agency.token };
      succeeded(await world.post(`/${pages.garden.id}/assigned_users`, given));
      // Of another app, which is given the Page now that she has it.
      const later = await longToken(world, 'cleo', apps.shop, { scope });
      const { access_token } = succeeded(
        await world.get(`/${pages.garden.id}`, { fields: 'access_token', access_token: later }),
      ).body;
      succeeded(await world.get('/me', { access_token }));
      succeeded(await world.delete(`/${business.id}/agencies`, { business: agency.id, access_token: owner }));
      refused(await world.get('/me', { access_token }), 190, 492);
    },
  ),
  errors.documented(
    '190, subcode 492: the business requires two-factor authentication, and the user has none.',
    'two_factor_type is looked at in every call: Page tokens of people without a second factor are refused, those of system users are not.',
    async (world) => {
      const token = await administrator(world);
      await newSystemUser(world, token);
      const { access_token } = succeeded(
        await world.get(`/${pages.garden.id}`, { fields: 'access_token', access_token: token }),
      ).body;
      succeeded(await world.get('/me', { access_token }));
      succeeded(await world.post(`/${business.id}`, { two_factor_type: 'all_required', access_token: token }));
      refused(await world.get('/me', { access_token }), 190, 492);
      refused(
        await world.get(`/${business.id}`, { access_token: token }),
        415,
        2_859_009,
        /^Two factor authentication required\./,
      );
    },
  ),
  documented(
    'DELETE /{business-user-id}.',
    'The last administrator stays: no call can leave a business without one.',
    async (world) => {
      const token = await administrator(world);
      const { data } = (await world.get(`/${business.id}/business_users`, { fields: 'role', access_token: token }))
        .body;
      const { id } = data.find(({ role }: { role: string }) => role === 'ADMIN');
      refused(await world.delete(`/${id}`, { access_token: token }), 100);
      succeeded(await world.get(`/${business.id}`, { access_token: token }));
    },
  ),
];

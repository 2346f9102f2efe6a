// Tests of the worlds of test users begin with this scene: Mia and Tom are test users of Shop, a stranger belongs to
// another app, and each world has a Page and a business.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { createAdAccount } from '../../../src/businesses/ad-accounts.ts';
import { change } from '../../../src/liveness/change.ts';
import { businessSeed } from '../../businesses/business-scene.ts';
import { cast, type TestWorld, testWorld } from '../../world.ts';
import { AdAccountId, BusinessId } from '../../../src/store/ids.ts';

export const { ana, bakery, ben, cleo, draft, rival, shop } = cast;
const permissions =
  'ads_management,email,user_friends,business_management,pages_show_list,pages_manage_metadata,pages_read_engagement,pages_manage_posts';
export const tokenOf = (app: { id: string; secret: string }): string => `${app.id}|${app.secret}`;

export interface Tester {
  /** As the app knows it. */
  id: string;
  access_token: string;
  email: string;
  password: string;
  login_url: string;
}

/** An ad account of Mia's business. */
export const ADS = '880001';
export let t: TestWorld;

/** Test users of Shop; a stranger is one of Rival, shared with Shop. */
export let mia: Tester;
export let tom: Tester;
export let stranger: { id: string; access_token: string };

/** Mia's Page and business. */
export let page: string;
export let business: string;

/** The stranger's Page and business. */
export let strangePage: string;
export let strangeBusiness: string;
export let strangersToken: string;

/** Real people as Shop knows them, and Ana's token for it. */
export let asAna: string;
export let anasId: string;
export let bensId: string;
export const make = async (app: { id: string; secret: string }, form: Record<string, string> = {}): Promise<Tester> =>
  (await t.post(`/${app.id}/accounts/test-users`, { access_token: tokenOf(app), permissions, ...form })).body;
export const newPage = async (token: string, name = 'Pretend Bakery'): Promise<string> =>
  (await t.post('/me/accounts', { name, category: 'Bakery', access_token: token })).body.id;
export const newBusiness = async (token: string): Promise<string> =>
  (await t.post('/me/businesses', { name: 'Pretend', access_token: token })).body.id;

before(async () => {
  t = await testWorld({ seed: businessSeed() });
  [mia, tom] = [await make(shop, { name: 'Mia Vance' }), await make(shop, { name: 'Tom Reed' })];
  const foreign = await make(rival);
  const shared = { uid: foreign.id, owner_access_token: tokenOf(rival), permissions, access_token: tokenOf(shop) };
  stranger = (await t.post(`/${shop.id}/accounts/test-users`, shared)).body;
  [page, business] = [await newPage(mia.access_token), await newBusiness(mia.access_token)];
  strangersToken = foreign.access_token;
  [strangePage, strangeBusiness] = [await newPage(foreign.access_token), await newBusiness(foreign.access_token)];
  assert.deepEqual((await t.post(`/${business}/owned_pages`, { page_id: page, access_token: mia.access_token })).body, {
    success: true,
  });
  const { installation } = t.server;
  await change(installation, async (making) => {
    const settings = { currency: 'EUR', timezoneId: 1, status: 1, disableReason: 0 };
    const account = { id: AdAccountId.of(ADS), name: 'Pretend', ownerPerson: null, settings, createdAt: t.clock.now() };
    await createAdAccount(
      making,
      { businessId: BusinessId.of(business), by: { kind: 'person' }, now: t.clock.now() },
      account,
    );
  });
  const scope = permissions.split(',');
  asAna = await t.login(shop.id, ana.id, { permissions: scope });
  const asBen = await t.login(shop.id, ben.id, { permissions: scope });
  anasId = (await t.get(`/me?access_token=${asAna}`)).body.id;
  bensId = (await t.get(`/me?access_token=${asBen}`)).body.id;
});

after(() => t.close());

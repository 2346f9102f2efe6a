// These tests run facebook-nodejs-business-sdk 24.0.1, Meta's own server SDK, unmodified, at its own addresses.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  Application,
  type BatchAnswer,
  FacebookAdsApi,
  FacebookAdsApiBatch,
  Page,
  User,
} from 'facebook-nodejs-business-sdk';
import { apps, pages, people } from '../src/stage/cast.ts';
import { longToken, pageScope, pageToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

interface SdkError {
  name: string;
  message: string;
  status: number;
  response: { code: number; error_subcode?: number; type: string; fbtrace_id: string };
}

describe('facebook-nodejs-business-sdk 24.0.1', () => {
  let meta: MetaHosts;
  let token: string;
  let asAna: FacebookAdsApi;
  let asBakery: FacebookAdsApi;
  const api = (of: string): FacebookAdsApi => new FacebookAdsApi(of, 'en_US', false);
  const refusal = async (attempt: Promise<unknown>): Promise<SdkError> =>
    attempt.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error as SdkError,
    );

  before(async () => {
    meta = await openMetaHosts();
    token = await longToken(meta.world, 'ana', apps.shop, { scope: pageScope });
    asAna = api(token);
    asBakery = api(await pageToken(meta.world, token, 'bakery'));
  });
  after(() => meta?.close());

  it('reads me, and uses the id of the answer afterwards', async () => {
    const me = await new User('me', {}, undefined, asAna).get(['id', 'name']);
    assert.equal(me._data['name'], people.ana.name);
    const again = await new User(me.id, {}, undefined, asAna).get(['name']);
    assert.equal(again.id, me.id);
  });

  it('asks which app its token is of, which is told to a developer of that app', async () => {
    const asBen = api(await longToken(meta.world, 'ben', apps.shop));
    assert.equal((await asBen.getAppID()).data.data.app_id, apps.shop.id);
    const refused = await asAna.getAppID().then(
      () => assert.fail('it succeeded'),
      (thrown: { response: { data: { error: { code: number } } } }) => thrown.response.data.error,
    );
    assert.equal(refused.code, 100);
  });

  it('lists the Pages with their tokens, and pages through them by next() and previous()', async () => {
    const cursor = await new User('me', {}, undefined, asAna).getAccounts(['name', 'access_token', 'tasks'], {
      limit: 1,
    });
    const names = [cursor[0]?._data['name']];
    assert.ok(cursor.hasNext());
    await cursor.next();
    names.push(cursor[0]?._data['name']);
    assert.equal(cursor.hasNext(), false);
    assert.deepEqual(names.toSorted(), [pages.bakery.name, pages.garden.name]);
    await cursor.previous();
    assert.equal(cursor[0]?._data['name'], names[0]);
    assert.match(String(cursor[0]?._data['access_token']), /^EAA/);
  });

  it('posts as a Page and reads the post back', async () => {
    const made = await new Page(pages.bakery.id, {}, undefined, asBakery).createFeed([], {
      message: 'Buns, {fresh} & "warm"',
      published: true,
    });
    assert.match(made.id, new RegExp(`^${pages.bakery.id}_\\d+$`));
    const feed = await new Page(pages.bakery.id, {}, undefined, asBakery).getFeed(['message', 'created_time'], {
      limit: 1,
    });
    assert.deepEqual([feed[0]?.id, feed[0]?._data['message']], [made.id, 'Buns, {fresh} & "warm"']);
  });

  it('pages through a feed to its end', async () => {
    const feed = await new Page(pages.bakery.id, {}, undefined, asBakery).getFeed(['message'], { limit: 2 });
    const seen = feed.map((post) => post.id);
    while (feed.hasNext()) {
      await feed.next();
      seen.push(...feed.map((post) => post.id));
    }
    assert.ok(seen.length >= 3);
    assert.equal(new Set(seen).size, seen.length);
    await assert.rejects(feed.next(), RangeError);
  });

  it('sends a batch with commas, spaces and braces in it as they are', async () => {
    const answers: BatchAnswer[] = [];
    const failures: BatchAnswer[] = [];
    const batch = new FacebookAdsApiBatch(asBakery);
    const keep = (answer: BatchAnswer): void => void answers.push(answer);
    const fail = (answer: BatchAnswer): void => void failures.push(answer);
    batch.add('GET', ['me'], { fields: 'id,name' }, undefined, keep, fail);
    batch.add('GET', ['me'], { fields: 'name,posts.limit(1){message, created_time}' }, undefined, keep, fail);
    batch.add('POST', ['me', 'feed'], { message: 'From a batch' }, undefined, keep, fail);
    batch.add('GET', ['me'], { fields: 'nonsense' }, undefined, keep, fail);
    const again = await batch.execute();
    assert.equal(again, null);
    assert.equal(answers.length, 3, JSON.stringify(failures.map(({ body }) => body)));
    assert.equal(answers[0]?.body['name'], pages.bakery.name);
    assert.match(String(answers[2]?.body['id']), /_/);
    assert.equal((failures[0]?.body['error'] as { code: number } | undefined)?.code, 100);
  });

  it('gives the Graph’s error: code, subcode, type, trace id and status', async () => {
    const gone = await refusal(new User('me', {}, undefined, api('EAAnotatoken')).get(['id']));
    assert.equal(gone.name, 'FacebookRequestError');
    assert.deepEqual([gone.status, gone.response.code, gone.response.type], [400, 190, 'OAuthException']);
    assert.ok(gone.response.fbtrace_id);
    const wrong = await refusal(new User('me', {}, undefined, asAna).get(['shoe_size']));
    assert.match(wrong.message, /nonexisting field \(shoe_size\)/);
  });

  it('creates a test user, lets it make a Page and a business, shares it with another app, and deletes it', async () => {
    const appApi = (app: (typeof apps)[keyof typeof apps]) => api(`${app.id}|${app.secret}`);
    // An object that this SDK creates takes the place of its parent: each call has one of its own.
    const shop = () => new Application(apps.shop.id, {}, undefined, appApi(apps.shop));
    const rival = () => new Application(apps.rival.id, {}, undefined, appApi(apps.rival));
    const permissions = 'business_management,pages_show_list,pages_manage_metadata,pages_read_engagement';
    const made = await shop().createAccount([], { installed: true, name: 'Mia Vance', permissions, minor: false });
    const mine = api(String(made._data['access_token']));
    const mia = () => new User('me', {}, undefined, mine);
    assert.equal((await mia().get(['name']))._data['name'], 'Mia Vance');
    const page = await mia().createAccount([], {
      name: 'Pretend Bakery',
      category_enum: 'BAKERY',
      about: 'Nobody is here.',
    });
    assert.deepEqual(
      (await mia().getAccounts(['name'])).map(({ id, _data }) => [id, _data['name']]),
      [[page.id, 'Pretend Bakery']],
    );
    const business = await mia().createBusiness([], { name: 'Pretend', vertical: 'OTHER' });
    assert.deepEqual(
      (await mia().getBusinesses(['name'])).map(({ id }) => id),
      [business.id],
    );
    const owner = `${apps.shop.id}|${apps.shop.secret}`;
    const there = await rival().createAccount([], { uid: made.id, owner_access_token: owner, installed: true });
    assert.deepEqual(
      (await rival().getAccounts([])).map(({ id }) => id),
      [there.id],
    );
    await rival().deleteAccounts({ uid: there.id });
    assert.equal((await rival().getAccounts([])).length, 0);
    const asShop = () => new User(made.id, {}, undefined, appApi(apps.shop));
    await asShop().update([], { name: 'Mia Stone' });
    assert.equal((await mia().get(['name']))._data['name'], 'Mia Stone');
    await asShop().delete([]);
    assert.equal((await refusal(mia().get(['name']))).response.code, 190);
  });

  it('deletes with parameters in the query, and is refused afterwards with 458', async () => {
    const other = api(await longToken(meta.world, 'ben', apps.rival));
    assert.deepEqual(await other.call('DELETE', ['me', 'permissions'], {}), true);
    const { response } = await refusal(new User('me', {}, undefined, other).get(['id']));
    assert.deepEqual([response.code, response.error_subcode], [190, 458]);
  });
});

// These tests run facebook-js-sdk 1.0.4, a small axios client: the exchange is a GET without grant_type, writes are
// JSON.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Facebook from 'facebook-js-sdk';
import { apps, callback, pages, people } from '../src/stage/cast.ts';
import { answerIn, openDialog, pageScope, pageToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

describe('facebook-js-sdk 1.0.4', () => {
  let meta: MetaHosts;
  const client = new Facebook({ appId: apps.shop.id, appSecret: apps.shop.secret, redirectUrl: callback });
  before(async () => {
    meta = await openMetaHosts();
  });
  after(() => meta?.close());

  it('logs a person in by its own address, then reads, posts and deletes', async () => {
    const url = new URL(client.getLoginUrl(pageScope.split(',')));
    const browser = meta.world.browser();
    const { query } = answerIn(await openDialog(browser, url.pathname + url.search, 'ana'));
    const { data } = await client.callback(query.get('code') ?? '');
    client.setAccessToken(String(data['access_token']));
    assert.equal((await client.get('/me')).data['name'], people.ana.name);
    const asPage = await pageToken(meta.world, String(data['access_token']), 'garden');
    const made = await client.post(`${pages.garden.id}/feed`, { message: 'Tulips', published: true }, asPage);
    assert.ok(String(made.data['id']).startsWith(pages.garden.id));
    assert.equal((await client.delete('me/permissions')).data as unknown, true);
    const gone = (await client.get('me').catch((error: unknown) => error)) as {
      response: { status: number; data: { error: { error_subcode: number } } };
    };
    assert.deepEqual([gone.response.status, gone.response.data.error.error_subcode], [400, 458]);
  });
});

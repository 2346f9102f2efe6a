// These tests run grant 5.4.24, the OAuth proxy behind many frameworks: unversioned addresses, profile by Bearer,
// errors handed to the website.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { apps, people, type PersonName } from '../src/stage/cast.ts';
import { openDialog } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';
import { openWebsite, type Website, worldWithCallback } from './website.ts';

/** Its handler for bare node:http, which answers redirects itself, a little later. */
type Handler = (
  request: object,
  response: object,
) => Promise<{
  redirect?: boolean;
  response?: Record<string, unknown> & { profile?: Record<string, unknown>; error?: unknown };
}>;
const grant = createRequire(import.meta.url)('grant') as { node(options: object): Handler };

describe('grant 5.4.24', () => {
  let meta: MetaHosts;
  let site: Website;
  let outcome: Awaited<ReturnType<Handler>>['response'];
  let cookies = '';

  before(async () => {
    site = await openWebsite();
    meta = await openMetaHosts({ seed: worldWithCallback(`${site.url}/connect/facebook/callback`) });
    const facebook = {
      key: apps.shop.id,
      secret: apps.shop.secret,
      scope: ['email', 'public_profile'],
      response: ['tokens', 'raw', 'profile'],
      state: true,
    };
    const handler = grant.node({
      config: { defaults: { origin: site.url, transport: 'state' }, facebook },
      session: { secret: 'of the website' },
    });
    site.answer((request, response) => {
      void handler(request, response).then((done) => {
        outcome = done.response;
        if (!done.redirect) response.end('done');
      });
    });
  });
  after(async () => {
    await meta?.close();
    await site?.close();
  });

  /** A step of the website's browser: without following redirects, with its cookies. */
  async function visit(address: string): Promise<string> {
    const reply = await fetch(address, { redirect: 'manual', headers: { cookie: cookies } });
    const set = reply.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (set.length > 0) cookies = set.join('; ');
    await reply.text();
    return reply.headers.get('location') ?? '';
  }

  async function logIn(person: PersonName, cancel = false): Promise<void> {
    outcome = undefined;
    const dialog = new URL(await visit(`${site.url}/connect/facebook`));
    assert.equal(dialog.origin + dialog.pathname, 'https://www.facebook.com/dialog/oauth');
    const browser = meta.world.browser();
    const page = await openDialog(browser, dialog.pathname + dialog.search, person, { cancel });
    assert.ok(page.left, page.innerText);
    await visit(page.left);
  }

  it('hands tokens and profile to the website', async () => {
    await logIn('ana');
    assert.ok(outcome?.['access_token'], JSON.stringify(outcome));
    assert.equal(outcome.profile?.['name'], people.ana.name);
    assert.equal(outcome['id_token'], undefined);
  });

  it('hands the cancelled log-in to the website as an error', async () => {
    await logIn('ben', true);
    assert.match(JSON.stringify(outcome?.error), /access_denied|Permissions error/);
  });
});

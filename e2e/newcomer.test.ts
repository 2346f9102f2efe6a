// These journeys are about a newcomer and an app: the first log-in with everything there is to decide, and what the
// second and later ones ask.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { apps, pages, people } from './stage/cast.ts';
import { dialog, goOn, logIn, logInTo, press, reads, redeemed, returned, signIn, tokenOf } from './stage/deeds.ts';
import { refused } from './stage/graph.ts';
import { openStage, type Stage } from './stage/stage.ts';

/** A text as a string in a handler that stands in an attribute. */
const attribute = (text: string): string => JSON.stringify(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const pageScope = 'email,pages_show_list,pages_read_engagement,pages_manage_posts';

describe('a person and an app', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  for (const scripts of [true, false]) {
    it(
      `a newcomer logs in, agrees, chooses a Page, and the app posts as it ${scripts ? '' : '(scripts switched off)'}`.trim(),
      async (t) => {
        const { graph, website } = stage;
        const { page } = await stage.visitor(t, { javaScriptEnabled: scripts });
        await page.goto(dialog(stage, apps.fern, { scope: pageScope, state: 'kept "as it" is' }));
        await reads(page, 'Log in to continue to Fern Scheduler');
        await logIn(page, people.ana);
        await reads(page, 'Continue to Fern Scheduler?');
        await goOn(page);
        await reads(page, 'Which Pages may Fern Scheduler use?');
        await page.getByRole('checkbox', { name: /Lantern Books/ }).uncheck();
        await page.getByRole('checkbox', { name: /Old Garden/ }).uncheck();
        await goOn(page);
        const { query } = await returned(page, stage);
        assert.equal(query.get('state'), 'kept "as it" is');
        assert.deepEqual(
          website.arrivals.map(({ referer }) => referer),
          [undefined],
        );

        const token = await redeemed(stage, apps.fern, query);
        const me = await graph.get('/v25.0/me', { fields: 'name,email', access_token: token });
        assert.deepEqual([me.body.name, me.body.email], [people.ana.name, people.ana.email]);
        const accounts = await graph.get('/me/accounts', { access_token: token });
        assert.deepEqual(
          accounts.body.data.map((one: { name: string }) => one.name),
          ['Corner Bakery'],
        );
        const [{ access_token: pageToken }] = accounts.body.data;
        const post = await graph.post(`/${pages.bakery.id}/feed`, { message: 'Fresh rolls.', access_token: pageToken });
        assert.equal(post.status, 200, JSON.stringify(post.body));
        const { body } = await graph.get(`/${pages.bakery.id}/feed`, { fields: 'message', access_token: pageToken });
        assert.equal(body.data[0].message, 'Fresh rolls.');
      },
    );
  }

  it('the second time nothing is asked: the person is back at the app at once', async (t) => {
    const visitor = await stage.visitor(t);
    await logInTo(stage, visitor, people.ana, apps.fern, { scope: 'email' });
    const shown: string[] = [];
    visitor.page.on('framenavigated', (frame) => void shown.push(new URL(frame.url()).pathname));
    await visitor.page.goto(dialog(stage, apps.fern, { scope: 'email', state: 'again' }));
    const { query } = await returned(visitor.page, stage);
    assert.deepEqual(shown, ['/callback']);
    assert.equal(query.get('state'), 'again');
    const me = await stage.graph.get('/me', { access_token: await redeemed(stage, apps.fern, query) });
    assert.equal(me.body.name, people.ana.name);
  });

  it('what was declined is asked again only where the app asks for that', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await page.getByText('Edit what you share').click();
    await page.getByRole('checkbox', { name: /mail/i }).uncheck();
    await goOn(page);
    const without = await redeemed(stage, apps.fern, (await returned(page, stage)).query);
    assert.equal((await stage.graph.get('/me', { fields: 'email', access_token: without })).body.email, undefined);

    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await returned(page, stage);

    await page.goto(dialog(stage, apps.fern, { scope: 'email', auth_type: 'rerequest', return_scopes: 'true' }));
    await page.getByText('You declined this before').waitFor();
    await goOn(page);
    const { query } = await returned(page, stage);
    assert.equal(query.get('granted_scopes'), 'public_profile,email');
    const me = await stage.graph.get('/me', { fields: 'email', access_token: await redeemed(stage, apps.fern, query) });
    assert.equal(me.body.email, people.ana.email);
  });

  it('somebody who goes back from the Pages finds the permissions as they left them', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: pageScope }));
    await logIn(page, people.ana);
    await page.getByText('Edit what you share').click();
    await page.getByRole('checkbox', { name: /mail/i }).uncheck();
    await goOn(page);
    for (const tick of await page.getByRole('checkbox').all()) await tick.uncheck();
    await goOn(page);
    await page.getByText('Choose at least one Page, or cancel.').waitFor();
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0);
    await press(page, 'Back');
    assert.equal(await page.getByRole('checkbox', { name: /mail/i }).isChecked(), false);
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 3);
    await goOn(page);
    await goOn(page);
    const me = await stage.graph.get('/me', {
      fields: 'email',
      access_token: await redeemed(stage, apps.fern, (await returned(page, stage)).query),
    });
    assert.equal(me.body.email, undefined);
  });

  it('an app that asks who it is makes the person type the password, however fresh the log-in', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    await logInTo(stage, visitor, people.ana);
    await page.goto(dialog(stage, apps.fern, { auth_type: 'reauthenticate', auth_nonce: 'once-only' }));
    await reads(page, 'Confirm that it’s you');
    await page.getByLabel('Password').fill('not the password');
    await goOn(page);
    await page.getByText('The password is wrong.').waitFor();
    await page.getByLabel('Password').fill(people.ana.password);
    await goOn(page);
    const { query } = await returned(page, stage);
    const about = await stage.graph.inspect(apps.fern, await redeemed(stage, apps.fern, query));
    assert.deepEqual([about.metadata?.auth_type, about.metadata?.auth_nonce], ['reauthenticate', 'once-only']);

    await page.goto(dialog(stage, apps.fern, { auth_type: 'reauthenticate', auth_nonce: 'once-only' }));
    await reads(page, 'Please start again');
  });

  it('access to data ends after ninety days and begins again when the person says so', async (t) => {
    const { graph } = stage;
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await graph.exchange(
      apps.ledger,
      await tokenOf(stage, visitor, people.ana, apps.ledger, { scope: 'user_gender,user_friends' }),
    );
    await stage.advance('60d');
    await page.goto(`${stage.url}/settings`);
    await reads(page, /^Hello/);
    await stage.advance('31d');
    const { body: after } = await graph.get('/me', { fields: 'gender', access_token: token });
    assert.deepEqual(Object.keys(after), ['id']);
    refused(await graph.get('/me/friends', { access_token: token }), 10);

    await page.goto(dialog(stage, apps.ledger, { scope: 'user_gender,user_friends', auth_type: 'reauthorize' }));
    await page.getByText('its access to your data has ended').waitFor();
    await press(page, 'Continue as Ana');
    await returned(page, stage);
    assert.equal((await graph.get('/me', { fields: 'gender', access_token: token })).body.gender, 'female');
    assert.equal((await graph.get('/me/friends', { access_token: token })).status, 200);
  });

  it('a website that opens the dialog in a window of its own hears from that window, also after a sign-up in it', async (t) => {
    const { page } = await stage.visitor(t);
    const { website } = stage;
    website.show(
      '/shop',
      `<!doctype html><h1>The shop</h1><button onclick="window.open(${attribute(dialog(stage, apps.fern, { display: 'popup' }))})">Log in</button>
      <script>addEventListener('message', ({ data, origin }) => { if (origin === location.origin) document.querySelector('h1').textContent = data; });</script>`,
    );
    website.show(
      '/callback',
      '<!doctype html><script>opener.postMessage(location.search, location.origin); close();</script>',
    );
    await page.goto(`${website.url}/shop`);
    const opened = page.waitForEvent('popup');
    await press(page, 'Log in');
    const popup = await opened;
    await popup.getByRole('link', { name: 'Create an account' }).click();
    await popup.getByLabel('Name').fill('Gil Torres');
    await popup.getByLabel('E-mail').fill('gil@demo.example');
    await popup.getByLabel('Password').fill('three words and more');
    await press(popup, 'Create account');
    await press(popup, 'Continue as Gil');
    await reads(page, /^\?code=/);
    const said = await page.getByRole('heading', { level: 1 }).innerText();
    const token = await redeemed(stage, apps.fern, new URLSearchParams(said));
    assert.equal((await stage.graph.get('/me', { access_token: token })).body.name, 'Gil Torres');
  });

  it('someone who has logged in to the platform before sees the question only, and whose account it is', async (t) => {
    const { page } = await stage.visitor(t);
    await signIn(stage, page, people.elif);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await reads(page, 'Continue to Fern Scheduler?');
    await page.getByText(people.elif.email).waitFor();
    await goOn(page);
    await returned(page, stage);
  });
});

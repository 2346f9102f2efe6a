// A business connects an app (Login for Business), as its administrator does it in a browser.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { apps, configurations, lantern, pages, people } from './stage/cast.ts';
import { dialog, goOn, logIn, press, reads, redeemed, returned, tokenOf } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

const { stall } = apps;
const connecting = (stage: Stage, params: Record<string, string> = {}): string =>
  dialog(stage, stall, { config_id: configurations.businesses, ...params });

describe('Login for Business', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('an administrator connects her business, and the app works for it until she removes it', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(connecting(stage, { state: 's-1' }));
    await logIn(page, people.cleo);
    await reads(page, 'Continue to Stall Planner?');
    assert.equal(await page.getByRole('checkbox').count(), 0, 'all or nothing');
    await goOn(page);
    await reads(page, 'Which business should connect to Stall Planner?');
    assert.ok(await page.getByRole('radio', { name: lantern.name }).isChecked());
    await press(page, 'Continue');
    await reads(page, 'Which Pages of Lantern Trading may Stall Planner use?');
    assert.equal(await page.getByRole('checkbox').count(), 1, 'the Page of the business, and none of her own');
    await press(page, 'Continue');
    const { query } = await returned(page, stage);
    assert.deepEqual([...query.keys()].sort(), ['code', 'state']);

    const token = await redeemed(stage, stall, query);
    const { graph } = stage;
    assert.equal(
      (await graph.get('/me', { fields: 'client_business_id', access_token: token })).body.client_business_id,
      lantern.id,
    );
    const accounts = (await graph.get('/me/accounts', { access_token: token })).body.data;
    assert.deepEqual(
      accounts.map((one: { id: string }) => one.id),
      [pages.books.id],
    );
    await page.goto(`${stage.url}/settings/apps`);
    assert.equal(await page.getByText('Stall Planner').count(), 0, 'it is nothing of her own');

    const visitor = await stage.visitor(t);
    const hers = await tokenOf(stage, visitor, people.cleo, stall, { scope: 'business_management,pages_show_list' });
    const removal = { app_id: stall.id, access_token: hers };
    assert.deepEqual((await graph.delete(`/${lantern.id}/connected_apps`, removal)).body, { success: true });
    const { error } = (await graph.get('/me', { access_token: token })).body;
    assert.deepEqual([error.code, error.error_subcode], [190, 458]);
  });

  it('somebody without a business makes one on the way, with the keyboard alone', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(connecting(stage));
    await logIn(page, people.dana);
    await goOn(page);
    await page.getByText('You don’t run a business here').waitFor();
    const name = page.getByLabel('Name of the business');
    await name.focus();
    await page.keyboard.type('Whitfield Cycles');
    await page.keyboard.press('Enter');
    await reads(page, 'Which Pages of Whitfield Cycles may Stall Planner use?');
    await page.getByRole('button', { name: 'Continue' }).focus();
    await page.keyboard.press('Enter');
    const token = await redeemed(stage, stall, (await returned(page, stage)).query);
    assert.deepEqual((await stage.graph.get('/me/accounts', { access_token: token })).body.data, []);
  });

  it('an employee is not offered the business, and a wrong response_type goes nowhere', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(connecting(stage, { response_type: 'token' }));
    await reads(page, 'Invalid response type');
    await page.goto(connecting(stage));
    await logIn(page, people.ana);
    await goOn(page);
    await page.getByText('You don’t run a business here').waitFor();
    assert.equal(await page.getByText(lantern.name).count(), 0);
    await press(page, 'Cancel');
    assert.equal((await returned(page, stage)).query.get('error'), 'access_denied');
  });
});

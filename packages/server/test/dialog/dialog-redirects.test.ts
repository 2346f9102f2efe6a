import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, dialogUrl, HOST } from '../browser.ts';
import { reasons, rows } from '../dialog-journey.ts';
import { redirectTable, tableAppIds, tableApps } from '../redirect-table.ts';
import { seed, type TestWorld, testWorld } from '../world.ts';

const base = `http://${HOST}`;
let world: TestWorld;

before(async () => {
  const apps = tableApps('a'.repeat(32));
  world = await testWorld({ seed: { ...seed, apps: [...seed.apps, ...apps] } });
});
after(() => world.close());

for (const pair of redirectTable.pairs) {
  test(`${pair.id}: the dialog of ${pair.app} ${pair.verdict}s ${JSON.stringify(pair.requested)} (${pair.why})`, async () => {
    const own = tableAppIds[pair.app] as string;
    const requested = pair.requested
      .replaceAll('{APP_ID}', own)
      .replaceAll('{OTHER_APP_ID}', '5999')
      .replaceAll('{WWW_URL}', base)
      .replaceAll('{STATIC_URL}', base);
    const written = await rows(world, 'interactions');
    world.log.length = 0;
    const browser = new Browser(world);
    await browser.ask(dialogUrl({ client_id: own, redirect_uri: requested }));
    if (pair.verdict === 'allow') {
      assert.equal(browser.page.status, 200);
      assert.match(browser.heading(), /^Log in to continue to /);
      return;
    }
    assert.equal(browser.page.status, 400);
    assert.equal(browser.page.location, undefined);
    assert.deepEqual(browser.forms(), []);
    assert.ok(!browser.page.html.includes('evil.example'), 'a denied address is not shown');
    assert.equal(await rows(world, 'interactions'), written);
    assert.deepEqual(reasons(world, 'dialog.blocked'), ['redirect_uri']);
  });
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Browser, dialogUrl, HOST } from '../browser.ts';
import { reasons, rows } from '../dialog-journey.ts';
import { seed, type TestWorld, testWorld } from '../world.ts';

interface Row {
  mode: 'live' | 'development';
  type: 'web' | 'native';
  embedded_browser_login: boolean;
  native_login: boolean;
  sdk_domains?: string[];
  ios_suffixes?: string[];
  android_packages?: string[];
  registered: string[];
}

const table = JSON.parse(readFileSync(new URL('../data/redirect-uris.json', import.meta.url), 'utf8')) as {
  apps: Record<string, Row>;
  pairs: { id: string; app: string; requested: string; verdict: 'allow' | 'deny'; why: string }[];
};
const ids: Record<string, string> = { LIVE: '5001', DEV: '5002', NATIVE: '5003' };
const base = `http://${HOST}`;
let world: TestWorld;

before(async () => {
  const apps = Object.entries(table.apps).map(([name, row]) => ({
    id: ids[name] as string,
    secret: 'a'.repeat(32),
    clientToken: 'b'.repeat(32),
    name,
    mode: row.mode,
    type: row.type,
    settings: {
      redirectUris: row.registered,
      embeddedBrowserLogin: row.embedded_browser_login,
      nativeLogin: row.native_login,
      sdkDomains: row.sdk_domains ?? [],
      jsSdkLogin: row.sdk_domains !== undefined,
      iosSuffixes: row.ios_suffixes ?? [],
      androidPackages: row.android_packages ?? [],
    },
  }));
  world = await testWorld({ seed: { ...seed, apps: [...seed.apps, ...apps] } });
});
after(() => world.close());

for (const pair of table.pairs) {
  test(`${pair.id}: the dialog of ${pair.app} ${pair.verdict}s ${JSON.stringify(pair.requested)} (${pair.why})`, async () => {
    const own = ids[pair.app] as string;
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

// These tests run packages of others, unmodified, that log people in from a page: each loads the JavaScript SDK, or opens
// the dialog, at the real address. Bundled as a website would bundle it, and opened in Chromium.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileScript, compileTemplate, parse } from 'vue/compiler-sfc';
import type { Browser, Page } from 'playwright-core';
import { build, type Plugin } from 'vite';
import { apps, people, worldWithApp } from '../../src/stage/cast.ts';
import { goOn, openChromium, PATIENCE, typePassword } from '../chromium.ts';
import { type MetaHosts, openMetaHosts } from '../meta-hosts.ts';
import { SHOP, type SitePages, siteOf } from './sdk-site.ts';

const ID = JSON.stringify(apps.shop.id);

/** The programs of the website, one for each package. Each has one button, `#go`, and ends with `window.me`. */
const programs: Record<string, string> = {
  '@greatsumini/react-facebook-login 3.4.0': `
    import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import FacebookLogin from '@greatsumini/react-facebook-login';
    createRoot(document.getElementById('root')).render(createElement(FacebookLogin, {
      appId: ${ID}, scope: 'public_profile,email', fields: 'name,email,picture',
      onSuccess: (answer) => { window.token = answer.accessToken },
      onFail: (error) => { window.failed = JSON.stringify(error) },
      onProfileSuccess: (profile) => { window.me = profile },
      render: ({ onClick }) => createElement('button', { id: 'go', onClick }, 'Enter'),
    }));`,
  'vue3-facebook-login 1.0.2': `
    import { createApp, h } from 'vue';
    import FacebookLogin from 'vue3-facebook-login/src/facebook-login.vue';
    createApp({ render: () => h(FacebookLogin, {
      appId: ${ID}, id: 'go',
      onLoggedIn: () => FB.api('/me', { fields: 'name,email' }, (profile) => { window.me = profile }),
      onLoginFailed: () => { window.failed = 'no' },
    }) }).mount('#root');`,
  'fb-sdk-wrapper 1.1.0': `
    import * as Facebook from 'fb-sdk-wrapper';
    const ready = Facebook.load().then(() => Facebook.init({ appId: ${ID}, version: 'v24.0' }));
    document.getElementById('root').innerHTML = '<button id="go" disabled>Enter</button>';
    const button = document.getElementById('go');
    ready.then(() => { button.disabled = false });
    button.onclick = () => Facebook.login({ scope: 'email' })
      .then(() => Facebook.api('/me', { fields: 'name,email' }))
      .then((profile) => { window.me = profile }, (error) => { window.failed = String(error) });`,
  'hellojs 1.21.4': `
    import hello from 'hellojs';
    hello.init({ facebook: ${ID} }, { redirect_uri: '${SHOP}/' });
    document.getElementById('root').innerHTML = '<button id="go">Enter</button>';
    document.getElementById('go').onclick = () => hello('facebook').login({ scope: 'email' })
      .then(() => hello('facebook').api('me', { fields: 'name,email' }))
      .then((profile) => { window.me = profile }, (error) => { window.failed = JSON.stringify(error) });`,
};

/** A component of Vue is published as its source: it is compiled as Vue's own tools do, without its pictures. */
const vueComponents: Plugin = {
  name: 'vue-components',
  resolveId: (id) => (id.endsWith('.png') ? '\0picture' : undefined),
  load: (id) => (id === '\0picture' ? 'export default ""' : undefined),
  transform(code, id) {
    if (!id.endsWith('.vue')) return undefined;
    const { descriptor } = parse(code, { filename: id });
    const script = compileScript(descriptor, { id: 'one' }).content.replace('export default', 'const component =');
    const source = descriptor.template?.content ?? '';
    const template = compileTemplate({ id: 'one', filename: id, source }).code;
    return `${script}\n${template}\nexport default { ...component, render };`;
  },
};

/** One package uses this function of lodash without listing it. */
const lodash: Plugin = {
  name: 'lodash',
  resolveId: (id) => (id === 'lodash' ? '\0lodash' : undefined),
  load: (id) =>
    id === '\0lodash' ? 'export const defaults = (to, ...from) => Object.assign(to, ...from.reverse())' : undefined,
};

/** Bundles a program into one script, in memory. */
async function bundled(program: string): Promise<string> {
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? '\0entry' : undefined),
    load: (id) => (id === '\0entry' ? program : undefined),
  };
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [entry, vueComponents, lodash],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry', output: { format: 'iife' } } },
  });
  const [first] = [result].flat();
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  return chunk?.code ?? '';
}

describe('a page that logs people in by', () => {
  const pages: SitePages = new Map();
  let meta: MetaHosts;
  let browser: Browser;
  before(async () => {
    const seed = worldWithApp('shop', {
      jsSdkLogin: true,
      sdkDomains: ['shop.example'],
      redirectUris: [`${SHOP}/`],
    });
    meta = await openMetaHosts({ seed }, { 'shop.example': siteOf(pages) });
    browser = await openChromium(meta.chromium);
  });
  after(async () => {
    await browser?.close();
    await meta?.close();
  });

  /** Opens a dialog by the button of the page, logs Ana in, and waits until the page knows who she is. */
  async function whoIs(page: Page): Promise<unknown> {
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#go')]);
    await typePassword(popup, 'ana');
    await goOn(popup);
    await page.waitForFunction('window.me || window.failed');
    assert.equal(await page.evaluate('window.failed'), undefined);
    return page.evaluate('window.me');
  }

  for (const [name, program] of Object.entries(programs))
    it(`${name} knows who logged in`, async () => {
      const script = await bundled(program);
      pages.set(
        '/',
        `<!doctype html><title>Shop</title><div id="root"></div><script type="module">${script.replaceAll('</', '<\\/')}</script>`,
      );
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(PATIENCE);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${SHOP}/`);
      await page.waitForLoadState('networkidle');
      const me = await whoIs(page);
      assert.ok(typeof me === 'object' && me !== null && 'name' in me);
      assert.equal(me.name, people.ana.name);
      assert.deepEqual(errors, []);
      // The next one meets a person who has allowed nothing.
      assert.ok('id' in me);
      await meta.world.delete(`/${String(me.id)}/permissions`, {
        access_token: `${apps.shop.id}|${apps.shop.secret}`,
      });
      await page.context().close();
    });
});

// A session ends while a form is open: what was ticked and chosen there is set again after the log-in, for the same person
// and no other.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { elementsOf } from '../../../src/headless/read-html.ts';
import { paths, routes } from '../../../src/site/index.ts';
import type { Browser } from '../../browser.ts';
import { cast, type TestWorld } from '../../world.ts';
import { formShown } from './session-forms.ts';

const { ana, ben } = cast;
const SESSION = '__Host-hp_session';
const withChoices = routes.flatMap((route) => (route.method === 'POST' && route.chosen ? [route] : []));

interface Choice {
  name: string;
  value: string;
  checked: boolean;
  radio: boolean;
}

/** The ticks and radio buttons of the forms that go to `action`, but for the one that says who started it. */
function choices(browser: Browser, action: string): Choice[] {
  return elementsOf(browser.page.html, 'form')
    .filter((form) => form.attributes.action === action)
    .flatMap(({ inner }) => elementsOf(inner, 'input'))
    .filter(({ attributes: { type = '', name } }) => ['checkbox', 'radio'].includes(type) && name !== 'started')
    .map(({ attributes: { type, name = '', value = '', checked } }) => ({
      name,
      value,
      checked: checked !== undefined,
      radio: type === 'radio',
    }));
}

/** The other way round: every tick changes, and of the radio buttons the last one is chosen. */
function turned(before: readonly Choice[]): Choice[] {
  const last = before.findLast(({ radio }) => radio)?.value;
  return before.map((one) => ({ ...one, checked: one.radio ? one.value === last : !one.checked }));
}

const sent = (browser: Browser, action: string, wanted: readonly Choice[]) =>
  browser.form(
    action,
    Object.fromEntries(
      [...new Set(wanted.map(({ name }) => name))].map((name) => {
        const values = wanted.filter((one) => one.name === name && one.checked).map(({ value }) => value);
        return [name, values.length === 0 ? null : values];
      }),
    ),
  );

const logsIn = (browser: Browser, person: { email: string; password: string }) => {
  const action = browser.page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'))?.action ?? '';
  return browser.send(browser.form(action, { email: person.email, password: person.password, decision: 'continue' }));
};

async function shown(t: TestContext, path: string): Promise<{ world: TestWorld; browser: Browser }> {
  const scene = await formShown(path);
  t.after(() => scene.world.close());
  return scene;
}

/** Goes on to the form, where a dialog asks somebody who logs in anew for the steps before it once more. */
async function onTo(browser: Browser, path: string): Promise<void> {
  if (path !== paths.dialogConsent && browser.page.forms.some(({ action }) => action === paths.dialogConsent))
    await browser.send(browser.form(paths.dialogConsent, { decision: 'continue' }));
  if (path === paths.deviceConfirm && browser.heading() === 'Log in on a device') await browser.press('Continue');
}

test('every form of pages without scripts that has ticks or radio buttons keeps them', () => {
  assert.deepEqual(
    withChoices.map(({ path }) => path).sort(),
    [
      paths.dialogConsent,
      paths.dialogBusiness,
      paths.dialogPages,
      paths.deviceConfirm,
      paths.appPages,
      paths.removeApp,
    ].sort(),
  );
});

for (const { path } of withChoices)
  test(`what was chosen in ${path} is set again after the log-in`, async (t) => {
    const { world, browser } = await shown(t, path);
    const before = choices(browser, path);
    assert.ok(before.length > 0, 'there is something to choose');
    const wanted = turned(before);
    const form = sent(browser, path, wanted);
    const elsewhere = browser.at(world);
    await elsewhere.open(paths.settings);
    await elsewhere.press('Log out');
    await browser.send(form);
    if (browser.heading() === 'Your session has ended') {
      assert.match(browser.page.innerText, /your choices are set again/);
      await browser.follow('Log in and go on');
    }
    await logsIn(browser, ana);
    await onTo(browser, path);
    assert.deepEqual(choices(browser, path), wanted, browser.page.url);
    const { url } = browser.page;
    browser.cookies.delete(SESSION);
    await browser.logIn(ben);
    await browser.open(url);
    assert.notDeepEqual(choices(browser, path), wanted, 'another person sees nothing of it');
  });

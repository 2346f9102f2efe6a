// A session ends while a form is open: whatever was typed is on the page that says so, and in the form again after the
// log-in. Every form that is shown to a session goes through these tests, by the table of routes.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { elementsOf } from '../../../src/headless/read-html.ts';
import { paths, routes } from '../../../src/site/index.ts';
import { digest } from '../../acts.ts';
import { Browser } from '../../browser.ts';
import { reasons } from '../../dialog-journey.ts';
import { cast, type TestWorld } from '../../world.ts';
import { formShown } from './session-forms.ts';

const { ana, ben } = cast;
const SESSION = '__Host-hp_session';
const TYPED = '__Host-hp_typed';
const SECRET = 'not-to-be-repeated-7';
const forms = routes.filter((route) => route.method === 'POST').filter(({ holder }) => holder === 'session');
const withText = forms.filter(({ typed }) => typed !== undefined);

/** Text as people and attackers type it: markup, right to left, letters of four bytes. */
const hostile = (name: string): string => `${name} "><script>alert(1)</script> ‮שלום 🙂&amp;`;

interface Input {
  name: string;
  type: string;
  secret: boolean;
  value: string;
}

/** The fields to type into, of all forms of the page that go to `action`. */
function inputs(browser: Browser, action: string): Input[] {
  return elementsOf(browser.page.html, 'form')
    .filter((form) => form.attributes.action === action)
    .flatMap(({ inner }) => elementsOf(inner, 'input'))
    .map(({ attributes: { name = '', type = 'text', autocomplete, value = '' } }) => ({
      name,
      type,
      value,
      secret: type === 'password' || autocomplete === 'one-time-code',
    }))
    .filter(({ name, type }) => name !== '' && !['hidden', 'checkbox', 'radio'].includes(type));
}

async function shown(t: TestContext, path: string): Promise<{ world: TestWorld; browser: Browser }> {
  const scene = await formShown(path);
  t.after(() => scene.world.close());
  return scene;
}

/** Fills in every field, as the form stands when its session ends. */
const typedInto = (browser: Browser, path: string) =>
  browser.form(
    path,
    Object.fromEntries(inputs(browser, path).map(({ name, secret }) => [name, secret ? SECRET : hostile(name)])),
  );

const logsIn = (browser: Browser, person: { email: string; password: string } = ana) => {
  const action = browser.page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'))?.action ?? '';
  return browser.send(browser.form(action, { email: person.email, password: person.password, decision: 'continue' }));
};

const ways: Readonly<Record<string, (browser: Browser) => void>> = {
  'was logged out in another window': ({ cookies }) => void cookies.delete(SESSION),
  'was ended from another device': ({ cookies }) => void cookies.set(SESSION, 'A'.repeat(43)),
  'went with all cookies': ({ cookies }) => cookies.clear(),
};

test('forms that take text are among those that are tested here', () => {
  assert.ok(forms.length >= 26 && withText.length >= 4);
});

for (const { path, typed = {} } of forms)
  test(`WP-03: a form to ${path} whose session ended changes nothing, repeats no secret, and leads back`, async (t) => {
    const { world, browser } = await shown(t, path);
    const text = inputs(browser, path).filter(({ secret }) => !secret);
    assert.deepEqual([...new Set(text.map(({ name }) => name))], Object.keys(typed), 'the route names its text');
    const texts = Object.keys(typed).map(hostile);
    const form = typedInto(browser, path);
    const before = await digest(world);
    for (const [how, end] of Object.entries(ways)) {
      world.log.length = 0;
      end(browser);
      const answer = await browser.post(form);
      assert.equal(await digest(world), before, how);
      assert.equal(reasons(world, 'web.csrf_rejected').length, 1, how);
      const log = JSON.stringify(world.log);
      assert.ok(![answer.html, answer.location, log].some((place) => place?.includes(SECRET)), how);
      assert.ok(!`${answer.html}${log}${decodeURIComponent(answer.location ?? '')}`.includes('<script>alert'), how);
      if (answer.location !== undefined) {
        assert.match(answer.location, /^\/dialog\/oauth\/continue\?/, 'a dialog goes on by itself');
        continue;
      }
      assert.equal(answer.status, 403);
      assert.equal(browser.heading(), 'Your session has ended');
      const values = elementsOf(answer.html, 'input').map(({ attributes }) => attributes.value);
      for (const one of texts) assert.ok(values.includes(one), `${one} is lost`);
    }
    if (browser.page.location !== undefined) return;
    await browser.follow('Log in and go on');
    assert.equal(browser.heading(), 'Log in');
    await logsIn(browser);
    assert.equal(browser.page.status, 200, browser.page.url);
  });

for (const { path, typed = {} } of withText)
  test(`what was typed into ${path} is in the form again after the log-in, and gone once it was sent`, async (t) => {
    const { world, browser } = await shown(t, path);
    const form = typedInto(browser, path);
    ways['was ended from another device']?.(browser);
    await browser.send(form);
    if (browser.heading() === 'Your session has ended') await browser.follow('Log in and go on');
    // A wrong password in between loses nothing either.
    await logsIn(browser, { ...ana, password: 'wrong-password' });
    assert.match(browser.heading(), /^Log in/);
    await logsIn(browser);
    // A dialog asks somebody who logs in anew for everything once more.
    if (browser.page.forms.some(({ action }) => action === paths.dialogConsent))
      await browser.send(browser.form(paths.dialogConsent, { decision: 'continue' }));
    const filled = () =>
      Object.fromEntries(
        inputs(browser, path)
          .filter(({ secret }) => !secret)
          .map(({ name, value }) => [name, value]),
      );
    const expected = Object.fromEntries(Object.keys(typed).map((name) => [name, hostile(name)]));
    assert.deepEqual(filled(), expected, browser.page.url);
    assert.ok(!browser.page.html.includes(SECRET));
    // The page can be loaded again; whoever else logs in at this browser sees nothing of it.
    const { url } = browser.page;
    await browser.open(url);
    assert.deepEqual(filled(), expected);
    const cookie = browser.cookies.get(TYPED) ?? '';
    assert.ok(cookie.length > 0 && !Buffer.from(cookie, 'base64url').toString('latin1').includes('script'));
    const other = browser.at(world);
    other.cookies.delete(SESSION);
    await other.logIn(ben);
    await other.open(url);
    assert.ok(!other.page.html.includes('alert(1)'), 'another person');
    const elsewhere = new Browser(world);
    await elsewhere.logIn(ana);
    elsewhere.cookies.set(TYPED, cookie);
    await elsewhere.open(url);
    assert.ok(!elsewhere.page.html.includes('alert(1)'), 'another browser');
    await browser.post(browser.form(path, Object.fromEntries(Object.keys(typed).map((name) => [name, 'x']))));
    assert.equal(browser.cookies.has(TYPED), false);
  });

test('a form that stood open over a new log-in of the same person is refused, and filled in again', async (t) => {
  const { browser } = await shown(t, '/pages/create');
  const form = typedInto(browser, '/pages/create');
  browser.cookies.delete(SESSION);
  await browser.logIn(ana);
  await browser.send(form);
  assert.equal(browser.page.status, 403);
  await browser.follow('Go on');
  assert.ok(browser.page.innerText.includes('The form still has everything you typed before you were logged out.'));
  assert.equal(inputs(browser, '/pages/create')[0]?.value, hostile('name'));
});

test('what was typed is kept for an hour', async (t) => {
  const { world, browser } = await shown(t, '/pages/create');
  const form = typedInto(browser, '/pages/create');
  browser.cookies.delete(SESSION);
  await browser.send(form);
  await world.clock.advance(3600);
  await browser.logIn(ana);
  await browser.open('/pages/create');
  assert.equal(inputs(browser, '/pages/create')[0]?.value, '');
});

for (const { path, typed = {} } of withText)
  test(`WP-03: nobody else makes ${path} show text: the form proves that this browser was shown it`, async (t) => {
    const { world, browser } = await shown(t, path);
    const form = typedInto(browser, path);
    const attacker = new Browser(world);
    await attacker.logIn(ben);
    await attacker.open('/settings/email');
    const foreign = Object.fromEntries(attacker.form('/settings/email').fields).typed_by ?? '';
    browser.cookies.delete(SESSION);
    const plain = { origin: undefined, 'sec-fetch-site': undefined } as unknown as Record<string, string>;
    const without = { ...form, fields: form.fields.filter(([name]) => name !== 'typed_by') };
    const by = (value: string) => ({ ...form, fields: [...without.fields, ['typed_by', value] as [string, string]] });
    const posts = {
      'no proof': () => browser.post(without),
      'the proof of another browser': () => browser.post(by(foreign)),
      'an invented proof': () => browser.post(by(`${ana.id}.${'A'.repeat(43)}.${'A'.repeat(43)}`)),
      'from another website': () => browser.post(form, { headers: { origin: 'https://evil.example' } }),
      'from a page of another site': () => browser.post(form, { headers: { 'sec-fetch-site': 'cross-site' } }),
      'another browser': () => attacker.post(form),
      'a program without cookies': () => new Browser(world).post(form, { headers: plain }),
    };
    for (const [what, post] of Object.entries(posts)) {
      const answer = await post();
      assert.notEqual(answer.status, 200, what);
      for (const name of Object.keys(typed)) assert.ok(!answer.innerText.includes(hostile(name)), what);
      assert.ok(!answer.html.includes('alert(1)') && !browser.cookies.has(TYPED), what);
    }
  });

test('text that is too long to be kept is still on the page that refuses it', async (t) => {
  const { browser } = await shown(t, '/pages/create');
  const form = browser.form('/pages/create');
  let noise = '';
  for (let at = 0; noise.length < 60_000; at++) noise += (at * 2_654_435_761).toString(36);
  browser.cookies.delete(SESSION);
  for (const [text, kept] of [
    ['é'.repeat(60_000), true],
    [noise, false],
  ] as const) {
    browser.cookies.delete(TYPED);
    await browser.send({ ...form, fields: [...form.fields, ['name', text]] });
    assert.ok(elementsOf(browser.page.html, 'input').some(({ attributes }) => attributes.value === text));
    assert.equal(browser.cookies.has(TYPED), kept);
    assert.equal(browser.page.innerText.includes('Copy it before you go on.'), !kept);
  }
});

// Somebody pastes a megabyte into a field: into each one that a page without scripts or a form of the console has. It is
// answered as any wrong value is, and nothing of it is stored (IV-05).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { graph } from '../../src/entries/declarations.ts';
import { elementsOf } from '../../src/headless/read-html.ts';
import { paths, routes } from '../../src/site/index.ts';
import { digest } from '../acts.ts';
import { Browser, type Form } from '../browser.ts';
import { type Desk, desk } from '../dashboard.ts';
import { shopDialog } from '../dialog-journey.ts';
import { formShown } from '../site/sessions/session-forms.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const MEGABYTE = 'm'.repeat(1_000_000);
/** A page repeats a value at most this often: in the field that it was typed into. */
const LONGEST_PAGE = MEGABYTE.length + 100_000;

const posts = routes.filter((route) => route.method === 'POST');

/** Names of the fields that somebody can type into. */
const namesIn = (browser: Browser, action: string): string[] =>
  elementsOf(browser.page.html, 'form')
    .filter(({ attributes }) => attributes.action === action)
    .flatMap(({ inner }) => elementsOf(inner, 'input'))
    .filter(({ attributes: { type = 'text' } }) => !['hidden', 'checkbox', 'radio'].includes(type))
    .flatMap(({ attributes: { name = '' } }) => (name === '' ? [] : [name]));

/** Sends the form with a megabyte in each field in turn. */
async function paste(world: TestWorld, browser: Browser, names: readonly string[], form: (name: string) => Form) {
  const before = await digest(world);
  for (const name of names) {
    const page = await browser.post(form(name));
    assert.ok(page.status < 500, `${name}: ${page.status}`);
    assert.ok(page.html.length < LONGEST_PAGE, `${name}: ${page.html.length} characters`);
    assert.ok((page.location ?? '').length < 2000, `${name} is in an address`);
    assert.ok(!JSON.stringify(world.log).includes('mmmmmmmm'), `${name} is in the log`);
  }
  assert.equal(await digest(world), before);
}

for (const { path } of posts.filter(({ holder }) => holder === 'session'))
  test(`IV-05: a megabyte in each field of ${path} changes nothing`, async (t) => {
    const { world, browser } = await formShown(path);
    t.after(() => world.close());
    const { page } = browser;
    const names = namesIn(browser, path);
    await paste(world, browser, names, (name) => {
      browser.page = page;
      return browser.form(path, { ...Object.fromEntries(names.map((one) => [one, 'x'])), [name]: MEGABYTE });
    });
  });

/** Fields of the forms that nobody need be logged in for, in the order in which they would be refused. */
const strangerFields = [
  'name',
  'email',
  'password',
  'new_password',
  'birthday',
  'code',
  'pending',
  'next',
  'key',
  'decision',
];

for (const { path } of posts.filter(({ holder }) => holder === 'browser'))
  test(`IV-05: a megabyte in each field of ${path} changes nothing`, async (t) => {
    const world = await testWorld({ settings: { openSignUp: true } });
    t.after(() => world.close());
    const browser = new Browser(world);
    await browser.open(path.startsWith('/dialog/') ? shopDialog() : paths.logIn);
    const [own] = browser.forms();
    const fields = own?.fields.filter(([name]) => name === 'csrf' || name === 'interaction') ?? [];
    assert.ok(fields.length > 0);
    await paste(world, browser, strangerFields, (name) => ({ action: path, fields: [...fields, [name, MEGABYTE]] }));
  });

describe('IV-05: the forms of the console', () => {
  let world: TestWorld;
  let ben: Desk;
  before(async () => {
    world = await testWorld();
    ben = await desk(world, cast.ben);
    await ben.confirm(cast.ben.password);
  });
  after(() => world.close());

  const targets: Readonly<Record<string, string>> = { user: 'me', app: cast.shop.id, page: cast.bakery.id };
  const calls = [...graph.nodes.values()].flatMap(({ name, edges }) =>
    edges
      .filter(({ method }) => method === 'POST')
      .map((edge) => ({
        path: `/${targets[name] ?? '1'}${edge.name === '' ? '' : `/${edge.name}`}`,
        params: Object.keys(edge.params ?? {}),
      })),
  );

  test('every parameter of every call that changes something is refused where it is longer than 65,536 characters', async () => {
    assert.ok(calls.length > 60, `${calls.length}`);
    const before = await digest(world);
    for (const { path, params } of calls)
      for (const [at, name] of params.entries()) {
        // Long enough to be refused is quick to send; one field of each form gets the whole megabyte.
        const { status, body } = await ben.post(path, { [name]: at === 0 ? MEGABYTE : MEGABYTE.slice(0, 65_537) });
        assert.equal(status, 400, `${path} ${name}: ${status}`);
        assert.match(body.error.message, /too long/);
        assert.deepEqual(Object.keys(body), ['error'], `${path} ${name}`);
      }
    assert.equal(await digest(world), before);
  });

  test('every text setting of an app has an end of its own below that', async () => {
    const stored = async () => JSON.stringify((await ben.get(`/${cast.shop.id}`)).body).length;
    const before = await stored();
    for (const { path, params } of calls.filter(({ path }) => path.startsWith(`/${cast.shop.id}/`)))
      for (const name of params) {
        const { status } = await ben.post(path, { [name]: MEGABYTE.slice(0, 65_536) });
        assert.ok(status < 500, `${path} ${name}: ${status}`);
      }
    assert.ok((await stored()) - before < 65_536);
  });
});

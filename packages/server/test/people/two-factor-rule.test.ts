// A business that requires a second factor refuses some things to those who have none, and it does so for as long as it
// holds. Source: the text of subcode 492; decision 0022.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Browser } from '../browser.ts';
import { type BusinessScene, businessScene, code, idFor, lantern, tokenOf } from '../businesses/business-scene.ts';
import { turnOn } from './second-factor.ts';
import { cast } from '../world.ts';

/** Lantern asks it of these; Ben has been assigned the garden. */
async function scene(t: TestContext, rule: 'none' | 'admin_required' | 'all_required'): Promise<BusinessScene> {
  const made = await businessScene(t);
  const { world, ana, ben } = made;
  const assigned = {
    user: await idFor(world, ben),
    tasks: 'CREATE_CONTENT,ANALYZE',
    business: lantern.id,
    access_token: ana,
  };
  assert.equal((await world.post(`/${cast.garden.id}/assigned_users`, assigned)).status, 200);
  if (rule !== 'none') await require(made, rule);
  return made;
}

async function require({ world, ana }: BusinessScene, rule: string): Promise<void> {
  assert.equal((await world.post(`/${lantern.id}`, { two_factor_type: rule, access_token: ana })).status, 200);
}

const pageToken = async ({ world }: BusinessScene, token: string, page: string = cast.garden.id): Promise<string> =>
  (await world.get(`/${page}?fields=access_token&access_token=${token}`)).body.access_token;

const subcode = async ({ world }: BusinessScene, token: string): Promise<[number, number | undefined]> => {
  const { body } = await world.get(`/me?fields=id&access_token=${token}`);
  return [body.error?.code, body.error?.error_subcode];
};

const works = [undefined, undefined];
const refused = [190, 492];

async function turnOnFor({ world }: BusinessScene, person: { email: string; password: string }): Promise<void> {
  const browser = new Browser(world);
  await browser.logIn(person);
  await turnOn(browser, person);
}

test('all_required: Page tokens of people without a second factor answer 190/492 and are made no more; with one they go on', async (t) => {
  const made = await scene(t, 'none');
  const { world, ana, ben } = made;
  const tokens = [await pageToken(made, ana), await pageToken(made, ben)];
  await require(made, 'all_required');
  for (const token of tokens) assert.deepEqual(await subcode(made, token), refused);
  const debug = (
    await world.get(`/debug_token?input_token=${tokens[1]}&access_token=${cast.shop.id}|${cast.shop.secret}`)
  ).body.data;
  assert.deepEqual([debug.is_valid, debug.error.subcode], [false, 492]);
  assert.match(debug.error.message, /Two Factor Authentication/);
  assert.equal(await pageToken(made, ben), undefined);
  const listed = (await world.get(`/me/accounts?access_token=${ben}`)).body.data.find(
    (one: { id: string }) => one.id === cast.garden.id,
  );
  assert.deepEqual([listed?.name, listed?.access_token], [cast.garden.name, undefined]);
  await turnOnFor(made, cast.ben);
  assert.deepEqual(await subcode(made, tokens[1] as string), works, 'the same token: it never died');
  assert.equal(await pageToken(made, ben), tokens[1]);
  assert.deepEqual(await subcode(made, tokens[0] as string), refused, 'everybody for themselves');
});

test('admin_required asks administrators alone', async (t) => {
  const made = await scene(t, 'none');
  const tokens = [await pageToken(made, made.ana), await pageToken(made, made.ben)];
  await require(made, 'admin_required');
  assert.deepEqual(await subcode(made, tokens[0] as string), refused);
  assert.deepEqual(await subcode(made, tokens[1] as string), works);
});

test('it is about the Pages that the business owns: others, and their tokens, are as before', async (t) => {
  const made = await scene(t, 'all_required');
  assert.deepEqual(await subcode(made, await pageToken(made, made.ana, cast.bakery.id)), works);
});

test('system users are asked for none', async (t) => {
  const made = await scene(t, 'none');
  const token = await tokenOf(made, made.officeId);
  const page = await pageToken(made, token);
  await require(made, 'all_required');
  assert.deepEqual(await subcode(made, page), works);
  assert.deepEqual(code(await made.world.get(`/${lantern.id}/system_users?access_token=${token}`)), [200, undefined]);
});

test('calls about the business and with tasks on its Pages name what is missing; leaving and listing need no second factor', async (t) => {
  const made = await scene(t, 'all_required');
  const { world, ana, ben } = made;
  for (const reply of [
    await world.get(`/${lantern.id}?access_token=${ben}`),
    await world.get(`/${lantern.id}/business_users?access_token=${ana}`),
    await world.post(`/${lantern.id}`, { name: 'Other', access_token: ana }),
    await world.post(`/${made.clerkId}/access_tokens`, {
      business_app: cast.shop.id,
      scope: 'pages_show_list',
      access_token: ana,
    }),
    await world.get(`/${cast.garden.id}/roles?access_token=${ana}`),
    await world.post(`/${cast.garden.id}/assigned_users`, {
      user: await idFor(world, ben),
      tasks: 'ANALYZE',
      access_token: ana,
    }),
  ]) {
    const { error } = reply.body;
    assert.deepEqual([reply.status, error.code, error.error_subcode, error.is_transient], [400, 415, 2_859_009, false]);
    assert.match(error.message, /^Two factor authentication required\. /);
    assert.match(error.error_data.hash, /^\d+$/);
  }
  assert.deepEqual((await world.get(`/me/businesses?access_token=${ben}`)).body.data, [
    { id: lantern.id, name: lantern.name },
  ]);
  await turnOnFor(made, cast.ana);
  assert.equal((await world.get(`/${lantern.id}?access_token=${ana}`)).body.name, 'Lantern');
  assert.equal((await world.post(`/${lantern.id}`, { two_factor_type: 'none', access_token: ana })).status, 200);
  assert.equal(
    (await world.get(`/${lantern.id}?access_token=${ben}`)).body.name,
    'Lantern',
    'nobody is asked any more',
  );
});

test('who is not in the business learns nothing by the rule', async (t) => {
  const made = await scene(t, 'all_required');
  assert.equal(code(await made.world.get(`/${lantern.id}?access_token=${made.cleo}`))[1], 100);
});

test('turning it off again refuses the same token anew', async (t) => {
  const made = await scene(t, 'none');
  const browser = new Browser(made.world);
  await browser.logIn(cast.ben);
  const { recovery } = await turnOn(browser, cast.ben);
  const token = await pageToken(made, made.ben);
  await require(made, 'all_required');
  assert.deepEqual(await subcode(made, token), works);
  await browser.open('/settings/two-factor');
  await browser.send(
    browser.form('/settings/two-factor/change', {
      password: cast.ben.password,
      code: recovery[0] ?? '',
      decision: 'turn_off',
    }),
  );
  assert.deepEqual(await subcode(made, token), refused);
});

test('two_fac_status tells who has one, to those in the business', async (t) => {
  const made = await scene(t, 'none');
  await turnOnFor(made, cast.ben);
  const { data } = (
    await made.world.get(`/${lantern.id}/business_users?fields=name,two_fac_status&access_token=${made.ana}`)
  ).body;
  assert.deepEqual(data.map((one: { name: string; two_fac_status: string }) => [one.name, one.two_fac_status]).sort(), [
    [cast.ana.name, 'disabled'],
    [cast.ben.name, 'enabled'],
  ]);
});

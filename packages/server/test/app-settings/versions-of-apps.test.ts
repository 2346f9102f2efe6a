// Calls whose path names no version are of the version that their app chose, and what happens to ended versions happens
// to them too.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { settings } from '../acts.ts';
import { cast, testWorld } from '../world.ts';

const { ana, shop } = cast;

/** A world in which the app Shop chose a version that has ended. */
async function open(t: TestContext, given: NonNullable<Parameters<typeof testWorld>[0]>['settings']) {
  const world = await testWorld({ settings: given });
  t.after(() => world.close());
  await settings(world, shop.id, { defaultVersion: 'v3.3' });
  return { world, token: await world.login(shop.id, ana.id) };
}

const warned = 'The call has been auto-upgraded to v21.0 as v3.3 has been deprecated.';
const client = `client_id=${shop.id}&client_secret=${shop.secret}&grant_type=client_credentials`;

test('with endedVersions=serve the version of the app serves, whether it has ended or not', async (t) => {
  const { world, token } = await open(t, { endedVersions: 'serve' });
  const { status, headers } = await world.get(`/me?access_token=${token}`);
  assert.deepEqual(
    [status, headers['facebook-api-version'], headers['X-Ad-Api-Version-Warning']],
    [200, 'v3.3', undefined],
  );
});

test('with endedVersions=upgrade the oldest living version serves, and says so', async (t) => {
  const { world, token } = await open(t, { endedVersions: 'upgrade' });
  for (const path of [`/me?access_token=${token}`, `/oauth/access_token?${client}`]) {
    const { status, headers } = await world.get(path);
    assert.deepEqual(
      [status, headers['facebook-api-version'], headers['X-Ad-Api-Version-Warning']],
      [200, 'v21.0', warned],
      path,
    );
  }
  const named = await world.get(`/v25.0/me?access_token=${token}`);
  assert.equal(named.headers['X-Ad-Api-Version-Warning'], undefined, 'a path that names a version is of that version');
});

test('with endedVersions=refuse such a call is refused like one that names the version', async (t) => {
  const { world, token } = await open(t, { endedVersions: 'refuse' });
  for (const path of [`/me?access_token=${token}`, `/v3.3/me?access_token=${token}`, `/oauth/access_token?${client}`]) {
    const { status, body } = await world.get(path);
    assert.deepEqual([status, body.error?.code], [400, 2635], path);
  }
  const batch = await world.post('/', { access_token: token, batch: '[{"relative_url":"me"}]' });
  assert.deepEqual(
    batch.body.map(({ code }: { code: number }) => code),
    [400],
  );
  assert.equal((await world.get(`/v25.0/me?access_token=${token}`)).status, 200);
});

test('with retiredBefore a version that an app chose before is refused', async (t) => {
  const { world, token } = await open(t, { retiredBefore: 'v20.0' });
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.code, 2635);
});

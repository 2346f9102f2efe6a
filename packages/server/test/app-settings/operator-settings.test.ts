// The operator finishes an app by its settings, as text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appActs, appNamed, appSettingTexts, readAppSettings, setAppSettings } from '../../src/entries/operator.ts';
import { appSettingRows } from '@hallpass/protocol';
import { settingKinds } from '../../src/apps/setting-kinds.ts';
import { AppId } from '../../src/store/ids.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const id = AppId.of(cast.draft.id);
let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const valueOf = async (name: string): Promise<string | undefined> => {
  const app = await appNamed(t.server.installation, id);
  return app && appSettingTexts(app).find((one) => one.name === name)?.value;
};

test('going live says each thing that is missing, and works when it is set', async () => {
  await assert.rejects(appActs.live.run(t.server.installation, id, { kind: 'operator' }), {
    message: /needs a privacy policy \(privacy_policy_url\) and a contact e-mail address \(contact_email\)/,
  });
  const given = { privacy_policy_url: 'https://tide.example/privacy', contact_email: 'Crew@Tide.example' };
  const { settings } = readAppSettings(given) as { settings: object };
  await setAppSettings(t.server.installation, id, settings, { kind: 'operator' });
  assert.equal(await valueOf('contact_email'), 'crew@tide.example');
  assert.equal(await appActs.live.run(t.server.installation, id, { kind: 'operator' }), true);
});

test('lists, switches and what is cleared are written as text and shown as it', async () => {
  const given = {
    redirect_uris: 'http://127.0.0.1/cb, https://tide.example/cb',
    enforce_https: 'false',
    contact_email: '',
  };
  const { settings } = readAppSettings(given) as { settings: object };
  await setAppSettings(t.server.installation, id, settings, { kind: 'operator' });
  assert.equal(await valueOf('redirect_uris'), 'http://127.0.0.1/cb,https://tide.example/cb');
  assert.deepEqual([await valueOf('enforce_https'), await valueOf('contact_email')], ['false', '']);
});

test('every value that cannot be is named, and nothing is written', () => {
  const { faults } = readAppSettings({ redirect_uris: 'tide', enforce_https: 'maybe', colour: 'red', name: '' });
  assert.match(faults?.[0] ?? '', /^redirect_uris "tide" cannot be registered/);
  assert.deepEqual(faults?.slice(1, 3), [
    'enforce_https must be true or false.',
    'There is no setting colour. `hallpass app settings` lists them all.',
  ]);
});

/** A value of each kind, as somebody writes it on the command line. */
const samples: Record<keyof typeof settingKinds, string> = {
  flag: 'true',
  redirect_uris: 'https://tide.example/cb',
  hosts: 'tide.example',
  suffixes: 'tide',
  packages: 'example.tide.table',
  networks: '203.0.113.0/24',
  login_type: 'business',
  marketing_tier: 'standard',
  permissions: 'public_profile,email,pages_show_list',
  version: 'v24.0',
  other_version: 'v24.0',
  words: 'Tools',
  line: 'Why it asks',
  address: 'https://tide.example/here',
  receiver: 'https://tide.example/gone',
  email: 'crew@tide.example',
  namespace: 'tidetable',
  restrictions: '{"age":"18+"}',
};

test('every setting of an app can be set by its name, is shown as it was written, and can be set to what is shown', async () => {
  for (const [, { name, kind }] of appSettingRows) {
    const read = readAppSettings({ [name]: samples[kind] });
    assert.deepEqual(read.faults ?? [], [], name);
  }
  const app = await appNamed(t.server.installation, id);
  assert.ok(app);
  const shown = Object.fromEntries(appSettingTexts(app).map(({ name, value }) => [name, value]));
  assert.equal(Object.keys(shown).length, appSettingRows.length);
  assert.deepEqual(readAppSettings(shown).faults ?? [], []);
});

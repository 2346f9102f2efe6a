// Versions end by the dates of the changelog, and the clock of a world decides whether they have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionEnds } from '@hallpass/protocol';
import { emulator } from './outside.ts';

const WARNING = 'x-ad-api-version-warning';
const before = (version: string): number => (versionEnds.find(([name]) => name === version)?.[1] ?? 0) - 60;

for (const [setting, after] of [
  ['serve', { status: 200, version: 'v22.0', warning: null, code: undefined }],
  ['upgrade', { status: 200, version: 'v23.0', warning: /auto-upgraded to v23\.0 as v22\.0/, code: undefined }],
  ['refuse', { status: 400, version: 'v22.0', warning: null, code: 2635 }],
] as const)
  test(`a clock that is moved over the end of a version has the sunset: ${setting}`, async (t) => {
    const it = await emulator({ at: before('v22.0'), settings: { endedVersions: setting } });
    t.after(() => it.close());
    const elsewhere = await it.worlds.create('elsewhere', { at: before('v22.0') });
    const [app] = it.seed.world.apps;
    const ask = async (world: string) => {
      const token = encodeURIComponent(`${app?.id}|${app?.secret}`);
      const headers = { 'x-hallpass-world': world };
      const response = await fetch(`${it.url}/v22.0/app?access_token=${token}`, { headers });
      const body = (await response.json()) as { error?: { code: number } };
      return { status: response.status, headers: response.headers, code: body.error?.code };
    };
    assert.equal((await ask('main')).headers.get('facebook-api-version'), 'v22.0');
    await it.clock.advance(120);
    const { status, headers, code } = await ask('main');
    assert.deepEqual([status, headers.get('facebook-api-version'), code], [after.status, after.version, after.code]);
    if (after.warning) assert.match(headers.get(WARNING) ?? '', after.warning);
    else assert.equal(headers.get(WARNING), null);
    const there = await ask(elsewhere.name);
    assert.deepEqual([there.status, there.headers.get('facebook-api-version')], [200, 'v22.0']);
    await it.reset();
    assert.equal((await ask('main')).headers.get('facebook-api-version'), 'v22.0');
  });

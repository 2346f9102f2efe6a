// Settings of an app hold only what their kind allows, whoever writes them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appSettingRows } from '@hallpass/protocol';
import { readSetting, settingKinds } from './setting-kinds.ts';

test('each setting may hold its own default, and no name on the wire stands twice', () => {
  for (const [key, { kind, default: value }] of appSettingRows) assert.deepEqual(readSetting(kind, value), value, key);
  assert.equal(new Set(appSettingRows.map(([, { name }]) => name)).size, appSettingRows.length);
});

test('a value of another shape is no value of a setting', () => {
  for (const [key, { kind }] of appSettingRows) {
    const { holds } = settingKinds[kind];
    for (const [shape, value] of Object.entries({ flag: true, text: '', list: [] }))
      assert.equal(readSetting(kind, value) !== undefined, shape === holds, `${key} and a ${shape}`);
    for (const strange of [null, 1, {}, [1], [null], ['', '']])
      if (holds !== 'list' || !Array.isArray(strange) || strange.length > 0)
        assert.equal(readSetting(kind, strange), undefined, `${key} and ${JSON.stringify(strange)}`);
  }
});

test('each kind has its stored form, and refuses what cannot be one', () => {
  assert.equal(readSetting('email', ' New@Shop.example '), 'new@shop.example');
  assert.equal(readSetting('email', 'nobody'), undefined);
  assert.equal(readSetting('namespace', 'better-shop'), 'better-shop');
  for (const wrong of ['Shop', 'ab', '1shop', 'a'.repeat(21), 'my shop'])
    assert.equal(readSetting('namespace', wrong), undefined, wrong);
  assert.deepEqual(readSetting('hosts', ['shop.example', 'localhost']), ['shop.example', 'localhost']);
  for (const wrong of ['Shop.example', 'shop.example/', '-a.example', `${'a.'.repeat(126)}ab`, 'a'.repeat(254)])
    assert.equal(readSetting('hosts', [wrong]), undefined, wrong);
  assert.equal(readSetting('line', 'two\nlines'), undefined);
  assert.equal(readSetting('words', 'two\nlines'), 'two\nlines');
  assert.equal(readSetting('restrictions', '{'), undefined);
  assert.equal(readSetting('restrictions', '{"gdpr":true}'), undefined);
  assert.equal(readSetting('restrictions', ' {"location": "pt, BR"} '), '{"location":"PT,BR"}');
  assert.equal(readSetting('other_version', ''), '');
  assert.equal(readSetting('other_version', 'v1.0'), undefined);
  assert.equal(readSetting('address', 'javascript:alert(1)'), undefined);
  assert.equal(readSetting('receiver', 'http://shop.example/'), undefined);
  assert.deepEqual(readSetting('suffixes', ['kids']), ['kids']);
  assert.equal(readSetting('suffixes', ['kids1']), undefined);
});

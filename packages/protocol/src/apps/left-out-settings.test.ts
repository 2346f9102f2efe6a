// This test holds the settings against the list of those that people know from the real App Dashboard, in its order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appSettingRows } from './app-settings.ts';
import { leftOutSettings } from './left-out-settings.ts';

// biome-ignore format: a list of words
const basic = [
  'App ID', 'App Secret', 'Display name', 'Namespace', 'App domains', 'Contact email', 'Privacy Policy URL', 'Terms of Service URL',
  'Data deletion request URL', 'Data deletion instructions URL', 'App icon', 'Category', 'Business verification', 'Site URL', 'Package names (Android)',
];
// biome-ignore format: a list of words
const advanced = [
  'Native or Desktop App', 'Is App Secret Embedded in the Client', 'Upgrade All Calls', 'Upgrade Calls for App Roles', 'Alcohol', 'Age', 'GDPR',
  'Social Discovery', 'Country Restricted', 'Allowed countries', 'Unlocated use', 'Server IP Allowlist', 'Update Settings IP Allowlist',
  'Update Notification Email', 'Client Token', 'Require App Secret', 'Require 2-factor reauthorization', 'Allow API access to app settings',
  'Domain Manager', 'App Page', 'Business Manager / Ad accounts', 'Share Redirect Domain Allowlist', 'Archive', 'Delete App',
];

/** These have a part of the page of their own, or are a part of App Restrictions (app-restrictions.ts). */
// biome-ignore format: a list of words
const ownControls: ReadonlySet<string> = new Set([
  'App ID', 'App Secret', 'Display name', 'Native or Desktop App', 'Client Token', 'Archive', 'Delete App',
  'Alcohol', 'Age', 'Country Restricted', 'Allowed countries', 'Unlocated use',
]);

test('every setting of the real dashboard is here, or is left out with its reason', () => {
  const labels = new Set<string>(appSettingRows.map(([, { label }]) => label));
  const places = (label: string): number =>
    [labels.has(label), label in leftOutSettings, ownControls.has(label)].filter(Boolean).length;
  assert.deepEqual(
    [...basic, ...advanced].filter((label) => places(label) !== 1),
    [],
    'each in one place',
  );
  const known = new Set([...basic, ...advanced]);
  assert.deepEqual(
    Object.keys(leftOutSettings).filter((label) => !known.has(label)),
    [],
    'nothing is left out that was not there',
  );
  for (const [label, why] of Object.entries(leftOutSettings)) assert.match(why, /\.$/, label);
});

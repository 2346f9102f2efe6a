import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samples } from '../test/samples.ts';
import { tagsOf } from '../test/tags.ts';
import { stylesheet, stylesheetPath } from './stylesheet.ts';

test('WP-01: the stylesheet fetches nothing', () => {
  assert.doesNotMatch(stylesheet, /url\(|@import|@font-face|expression|behavior:/i);
});

test('its address changes with its content, so that browsers may keep it', () => {
  assert.match(stylesheetPath, /^\/_\/pages\.css\?v=[0-9a-f]{8}$/);
});

test('it knows dark mode, reduced motion and forced colours', () => {
  for (const query of ['prefers-color-scheme:dark', 'prefers-reduced-motion:no-preference', 'forced-colors:active'])
    assert.ok(stylesheet.includes(query), query);
});

test('outside of the media query for it nothing moves', () => {
  const still = stylesheet.replace(/@media \(prefers-reduced-motion:no-preference\)\{(?:[^{}]*\{[^{}]*\}\s*)*\}/g, '');
  assert.doesNotMatch(still, /transition|animation/);
});

test('its brackets close', () => {
  assert.equal(stylesheet.split('{').length, stylesheet.split('}').length);
});

test('every class of a page is styled, and every style is used by a page', () => {
  const used = new Set(
    samples().flatMap((sample) =>
      tagsOf(sample.html).flatMap((tag) => (tag.attributes.class ?? '').split(' ').filter(Boolean)),
    ),
  );
  const styled = new Set([...stylesheet.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name));
  /** Names that only say what a thing is. */
  const words = new Set(['person', 'normal', 'note', 'words']);
  assert.deepEqual(
    [...used].filter((one) => !styled.has(one) && !words.has(one)),
    [],
  );
  assert.deepEqual(
    [...styled].filter((one) => !used.has(one) && !one.startsWith('tone-')),
    [],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dark, light, type Palette, pairs, tones } from './palette.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const modes: [string, Palette][] = [
  ['light', light],
  ['dark', dark],
];
for (const [mode, palette] of modes) {
  test(`${mode}: everything that meets on a page has the contrast that WCAG AA asks for`, () => {
    const weak = pairs.filter(([on, under, least]) => contrast(palette[on], palette[under]) < least);
    assert.deepEqual(
      weak.map(
        ([on, under, least]) => `${on} on ${under}: ${contrast(palette[on], palette[under]).toFixed(2)} < ${least}`,
      ),
      [],
    );
  });
}

test('the white letter of an avatar can be read on every tone', () => {
  for (const tone of tones) assert.ok(contrast('#ffffff', tone) >= 4.5, tone);
});

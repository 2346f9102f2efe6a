// These rules of looks are checked by measuring a page: nothing reaches out at the side, no title and no button is cut
// off, short words of a button stand in one line, no words are in capitals by style, inputs beside each other stand on
// one line, and one act at most is the main one.
import type { Page } from 'playwright-core';

/** Finds what breaks the rules at the width that the window has, one line each. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Words with so many letters stand in one line, however narrow the window. */
    const SHORT = 18;
    const named = (one: Element): string => `“${one.textContent?.trim().slice(0, 40)}” ${one.outerHTML.slice(0, 60)}`;
    /** True for what eyes see: words for screen readers alone are one pixel wide. */
    const isSeen = (one: Element): boolean =>
      one.getBoundingClientRect().width > 1 && one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
    const window = [...document.querySelectorAll('[role=dialog]')].filter(isSeen).at(-1);
    const shown = window ?? document.querySelector('main') ?? document.body;

    const { clientWidth, scrollWidth } = document.documentElement;
    const sideways =
      scrollWidth <= clientWidth
        ? []
        : [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
            .map((one) => `reaches out at the side: ${named(one)}`);

    const isCut = (one: Element): boolean => {
      const { overflowX, overflowY } = getComputedStyle(one);
      const hides = (value: string): boolean => value === 'hidden' || value === 'clip';
      return (
        (hides(overflowX) && one.scrollWidth > one.clientWidth + 1) ||
        (hides(overflowY) && one.scrollHeight > one.clientHeight + 2)
      );
    };
    const titles = 'h1, h2, h3, legend, label, .button, .button > span, .mantine-Button-label';
    const cut = [...shown.querySelectorAll(titles)]
      .filter((one) => isSeen(one) && isCut(one))
      .map((one) => `is cut off: ${named(one)}`);

    const lines = (one: Element): number => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const tops = [...range.getClientRects()].filter(({ width }) => width > 1).map(({ bottom }) => Math.round(bottom));
      return new Set(tops.map((bottom) => Math.round(bottom / 8))).size;
    };
    const words = [
      ...shown.querySelectorAll('.button > span, .mantine-Button-label, .mantine-SegmentedControl-innerLabel'),
    ].filter(isSeen);
    const broken = words
      .filter((one) => (one.textContent?.trim().length ?? 0) <= SHORT && one.querySelector('svg') === null)
      .filter((one) => lines(one) > 1)
      .map((one) => `is broken over lines: ${named(one)}`);

    const capitals = [...shown.querySelectorAll('*')]
      .filter(
        (one) => isSeen(one) && one.childElementCount === 0 && getComputedStyle(one).textTransform === 'uppercase',
      )
      .map((one) => `is written in capitals: ${named(one)}`);

    /** Less than a line of text apart: meant to be beside each other. */
    const LINE = 24;
    const inputs = [...shown.querySelectorAll('.setting-fields > * > .mantine-Input-wrapper')].filter(isSeen);
    const uneven = inputs.flatMap((one, index) =>
      inputs
        .slice(index + 1)
        .filter((other) => {
          const apart = Math.abs(one.getBoundingClientRect().top - other.getBoundingClientRect().top);
          return apart > 1 && apart < LINE;
        })
        .map((other) => `stands lower or higher than its neighbour: ${named(other.parentElement ?? other)}`),
    );

    const main = [
      ...shown.querySelectorAll('.button:not(.quiet, .small, .danger), .mantine-Button-root[data-variant=filled]'),
    ].filter((one) => isSeen(one) && one.getAttribute('data-size') !== 'compact-sm');
    const rivals = main.length > 1 ? [`has ${main.length} main buttons: ${main.map(named).join(' and ')}`] : [];
    return [...sideways, ...cut, ...broken, ...capitals, ...uneven, ...rivals];
  });
}

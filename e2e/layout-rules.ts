// These rules of looks are checked by measuring a page: nothing reaches out at the side, no title and no button is cut
// off, short words of a button stand in one line, no word is broken, no placeholder is left in a sentence, no words are
// in capitals by style, inputs beside each other stand on one line, and one act at most is the main one.
import type { Page } from 'playwright-core';

/** Finds what breaks the rules at the width that the window has, one line each. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // A table that has no room any more takes its narrow form in the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
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

    /** Longer words (tokens, keys) may be broken anywhere: no column is as wide as they are. */
    const LONGEST = 24;
    /** True where the first and the last letter of a word stand in different lines. */
    const isBroken = (text: Text, from: number, to: number): boolean => {
      const range = document.createRange();
      const topOf = (at: number): number => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().top;
      };
      return Math.abs(topOf(from) - topOf(to - 1)) > 4;
    };
    /** Words outside of tables have more room, and larger letters: shorter ones stand in one line. */
    const LONG = 18;
    const ofProtocol = 'code, pre, textarea, .mono, .breaks, .wraps';
    const textsIn = function* (within: Element): Generator<[text: Text, parent: Element]> {
      const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode())
        if (text instanceof Text && text.parentElement && text.data.trim() !== '') yield [text, text.parentElement];
    };
    const whole = document.createRange();
    const spansLines = (text: Text): boolean => {
      whole.selectNodeContents(text);
      return whole.getClientRects().length > 1;
    };
    const brokenWords: string[] = [];
    const open: string[] = [];
    for (const [text, parent] of textsIn(shown)) {
      const mayBeOpen = /(?<![/{$])\{[a-z_]+\}(?!\})/.test(text.data);
      const mayBeBroken = spansLines(text);
      if (!mayBeOpen && !mayBeBroken) continue;
      const cell = parent.closest('.records-table td');
      if (parent.closest('.holds-token, .nowrap') || (!cell && parent.closest(ofProtocol)) || !isSeen(parent)) continue;
      if (mayBeOpen && !cell) open.push(`leaves a placeholder open: ${named(parent)}`);
      if (!mayBeBroken) continue;
      // An id goes on in the next line where a cell is the whole line already.
      for (const { 0: word, index } of text.data.matchAll(/e-mails?|[^\s_@./:&=?,#…-]+/gi))
        if (
          word.length > 1 &&
          /^[\p{L}\p{M}\p{N}-]+$/u.test(word) &&
          !/^\d{10,}$/.test(word) &&
          word.length <= (cell ? LONGEST : LONG) &&
          isBroken(text, index, index + word.length)
        )
          brokenWords.push(`breaks the word “${word}”: ${named(cell ?? parent)}`);
    }
    const reachesOut = (table: Element): string =>
      [...table.querySelectorAll('td *')]
        .filter((part) => part.getBoundingClientRect().right > table.getBoundingClientRect().right)
        .slice(0, 1)
        .map(named)
        .join('');
    const tables = [...shown.querySelectorAll('.records')]
      .filter((one) => isSeen(one) && one.scrollWidth > one.clientWidth + 1)
      .map((one) => `is a table that scrolls sideways: ${named(one)}, because of ${reachesOut(one)}`);

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
    return [...sideways, ...cut, ...broken, ...brokenWords, ...open, ...tables, ...capitals, ...uneven, ...rivals];
  });
}

// Help is laid out for a terminal: a long option stands on a line of its own, so that words beside the others are not
// squeezed into what is left, and everything wraps.
import { Help } from 'commander';

/** Columns for the names of options. */
const WIDEST = 28;
const INDENT = 2;
const SPACER = 2;

const usual = Help.prototype;

export const helpLayout: Pick<Help, 'formatItem' | 'padWidth'> = {
  padWidth: (command, helper) => Math.min(WIDEST, usual.padWidth.call(helper, command, helper)),
  formatItem(term, width, description, helper) {
    if (helper.displayWidth(term) <= width) return usual.formatItem.call(helper, term, width, description, helper);
    const before = ' '.repeat(INDENT + width + SPACER);
    const words = helper.boxWrap(description, (helper.helpWidth ?? 80) - before.length);
    return [' '.repeat(INDENT) + term, ...words.split('\n').map((line) => before + line)].join('\n');
  },
};

// Long names of the protocol, e-mail addresses and URLs go on in the next line after their punctuation, so that no word
// of them is broken.
import { Fragment } from 'react';

/** A part of a name that ends with its punctuation; a run of letters without any is one part. */
const parts = /[^_@./:&=?,#…-]*[_@./:&=?,#…-]+|[^_@./:&=?,#…-]+/g;
/** Words up to this length stay in one line: it holds dates, numbers and most names. */
const SHORT = 12;

/** Returns the parts of `text` after which a line may end: `pages_`, `read_`, `engagement`. */
const partsOf = (text: string): readonly string[] =>
  text.split(/(?<=\s)/).flatMap((word) => (word.length <= SHORT ? [word] : (word.match(parts) ?? [word])));

/** Text whose long words may continue in the next line after `_`, `@`, `.`, `/` and the like. */
export function Breakable({ text }: { text: string }) {
  return partsOf(text).map((part, index) => (
    <Fragment key={`${index} ${part}`}>
      {part}
      {/[_@./:&=?,#…-]$/.test(part) && <wbr />}
    </Fragment>
  ));
}

// This module finds where in our files a declaration stands, so that an error can name the place.

/**
 * @returns file and line of the code that called the given function, as `…/nodes/page/page.ts:42`
 * @param made the function whose caller is meant
 */
export function placeOfCaller(made: (...args: never[]) => unknown): string {
  const held: { stack?: string } = {};
  Error.captureStackTrace(held, made);
  // One shorthand may be made of another: the first line outside of their file is the entry.
  const line =
    (held.stack ?? '')
      .split('\n')
      .slice(1)
      .find((one) => !one.includes('/graph/language/schema.')) ?? '';
  // A line of a stack is `at name (file:///…/nodes/page/page.ts:42:7)`, or the same without the name and the brackets.
  const [file, row] = line.trim().split('/').slice(-DEPTH).join('/').split(':');
  return row === undefined ? 'a place unknown' : `${file}:${row}`;
}

/** Folders and file of a place that are told. */
const DEPTH = 3;

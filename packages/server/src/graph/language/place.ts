// This module finds where in our files a declaration stands, so that an error can name the place.

/** File and line, as `…/nodes/page/page.ts:42`. It is worked out when it is printed, because hardly any ever is. */
export interface Place {
  toString(): string;
}

/** A shorthand that is made of another one, and the entry that uses it. */
const FRAMES = 3;

/**
 * @returns the place of what called the given function
 * @param made the function whose caller is meant
 */
export function placeOfCaller(made: (...args: never[]) => unknown): Place {
  const held: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(held, made);
  Error.stackTraceLimit = stackTraceLimit;
  return { toString: () => placeIn(held.stack ?? '') };
}

function placeIn(stack: string): string {
  // One shorthand may be made of another: the first line outside of their file is the entry.
  const line =
    stack
      .split('\n')
      .slice(1)
      .find((one) => !one.includes('/graph/language/schema.')) ?? '';
  // A line of a stack is `at name (file:///…/nodes/page/page.ts:42:7)`, or the same without the name and the brackets.
  const [file, row] = line.trim().split('/').slice(-DEPTH).join('/').split(':');
  return row === undefined ? 'a place unknown' : `${file}:${row}`;
}

/** Folders and file of a place that are told. */
const DEPTH = 3;

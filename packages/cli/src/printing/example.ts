// Help shows examples in one form, which is made here.
/** The last lines of a command's help: one way to use it, to be pasted. */
export const example = (line: string): string => `\nExample:\n  $ ${line}`;

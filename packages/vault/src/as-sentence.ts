// Servers end some of their messages with a stop and some without one; here another sentence often follows.

/** The text with a stop at its end, where it has none. */
export const asSentence = (text: string): string => {
  const plain = text.trimEnd();
  return '.!?:'.includes(plain.at(-1) ?? '.') ? plain : `${plain}.`;
};

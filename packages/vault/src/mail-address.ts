// An address that mails go to is checked where it is given, so that nobody waits for a mail that has nowhere to go.

/** An address that a mail can be sent to: one, without a name and without anything that a header could misread. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s<>()[\]\\,;:@"]{1,64}@[^\s<>()[\]\\,;:@"]+\.[^\s<>()[\]\\,;:@".]+$/.test(text);

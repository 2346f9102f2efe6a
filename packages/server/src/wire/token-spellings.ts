// An emulator that was ordered to give tokens of another length spells them otherwise than they are sealed.

export interface TokenSpellings {
  /** The text in which a sealed token goes out: the same one each time. */
  given(sealed: string, of: { app: string; person: string | undefined; page: string | undefined }): string;
  /** The sealed token that a text stands for; the text itself where it is no such spelling. */
  sealed(text: string): string;
}

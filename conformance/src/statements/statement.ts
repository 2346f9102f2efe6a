// A statement is one sentence of a document, as a row of its table: the line it stands in, what it says in short, and
// what becomes of it.

/**
 * An answer as a document prints it. Text in angle brackets stands for a value: `<token>`, `<number>`, `<id>`; other
 * text stands for itself.
 */
export type Printed = string | readonly Printed[] | { readonly [key: string]: Printed };

export interface Statement {
  /** A short quotation, or the content in our words. */
  says: string;
  /** A call that the document prints, path and query as printed, with its placeholders. */
  call?: string;
  /** An answer that the document prints. A case of this statement has to compare the whole answer. */
  shows?: Printed;
  /** This is seen where the sentence is about pages: a journey in a browser shows it, `e2e/documents.test.ts`. */
  inBrowser?: string;
  /** The reason why nothing can be seen from outside. */
  nothingToTest?: string;
}

/** A document's table: the key is the document, the line, and the number of the sentence where a line has several. */
export type StatementsOf<Document extends string> = Readonly<Record<`${Document}:${number}`, Statement>>;

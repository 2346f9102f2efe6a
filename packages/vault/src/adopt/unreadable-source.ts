/** A file, database or address holds no table of the product; the sentence says why, and never quotes a value of it. */
export class UnreadableSource extends Error {
  override readonly name = 'UnreadableSource';
}

// Records of CSV as databases write it (RFC 4180): fields in quotes may hold separators, line ends and quotes written twice.
import { LONGEST_RECORD } from './lines.ts';

interface CsvRecord {
  fields: string[];
  /** The line on which it begins. */
  line: number;
  problem?: 'too long' | 'open quote';
}

/** Programs for tables write other separators in some countries: the first line tells which. */
export const separatorIn = (head: string): string =>
  [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ',';

/** Reads records from a text that comes in pieces. No more than one record is kept, and that is bounded. */
export async function* recordsOf(pieces: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader(separator);
  for await (const piece of pieces) yield* reader.take(piece);
  yield* reader.end();
}

class RecordReader {
  readonly #separator: string;
  #fields: string[] = [];
  #field = '';
  #quoted = false;
  /** A quote was read within quotes: it ends them, unless another one follows. */
  #quoteBefore = false;
  #length = 0;
  #line = 1;
  #begun = 1;

  constructor(separator: string) {
    this.#separator = separator;
  }

  *take(piece: string): Generator<CsvRecord> {
    for (const letter of piece) {
      this.#length++;
      if (letter === '\n') this.#line++;
      if (this.#quoteBefore) {
        this.#quoteBefore = false;
        if (letter === '"') {
          this.#add(letter);
          continue;
        }
        this.#quoted = false;
      }
      if (letter === '"' && this.#quoted) this.#quoteBefore = true;
      else if (this.#quoted) this.#add(letter);
      else if (letter === '"' && this.#field === '') this.#quoted = true;
      else if (letter === this.#separator) this.#endField();
      else if (letter === '\n') yield* this.#endRecord();
      else if (letter !== '\r') this.#add(letter);
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#quoted && !this.#quoteBefore) yield { fields: this.#fields, line: this.#begun, problem: 'open quote' };
    else yield* this.#endRecord();
  }

  #add(letter: string): void {
    if (this.#length <= LONGEST_RECORD) this.#field += letter;
  }

  #endField(): void {
    if (this.#length <= LONGEST_RECORD) this.#fields.push(this.#field);
    this.#field = '';
  }

  *#endRecord(): Generator<CsvRecord> {
    this.#endField();
    const record = { fields: this.#fields, line: this.#begun };
    const tooLong = this.#length > LONGEST_RECORD;
    this.#fields = [];
    this.#length = 0;
    this.#begun = this.#line;
    if (tooLong) yield { ...record, fields: [], problem: 'too long' };
    else if (record.fields.length > 1 || record.fields[0] !== '') yield record;
  }
}

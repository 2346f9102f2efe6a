// Long texts are read piece by piece: no more of one is kept in memory than its longest line, and that is bounded.

/** Letters of one line, and of one record of CSV. */
export const LONGEST_RECORD = 1024 * 1024;

export interface Line {
  text: string;
  number: number;
  /** It is longer than can be a row: its beginning alone was kept. */
  tooLong: boolean;
  /** The text ends here, without the end of a line. */
  unfinished: boolean;
}

/** The lines of a text that comes in pieces. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = '';
  let tooLong = false;
  let number = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      const text = tooLong ? rest : rest + piece.slice(from, end);
      number++;
      yield {
        text: text.replace(/\r$/, ''),
        number,
        tooLong: tooLong || text.length > LONGEST_RECORD,
        unfinished: false,
      };
      rest = '';
      tooLong = false;
      from = end + 1;
    }
    if (!tooLong) rest += piece.slice(from);
    if (rest.length > LONGEST_RECORD) {
      tooLong = true;
      rest = rest.slice(0, 200);
    }
  }
  if (rest !== '') yield { text: rest, number: number + 1, tooLong, unfinished: true };
}

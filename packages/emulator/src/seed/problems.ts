// These checks find what is wrong with a seed file: every problem at once, each with its place in the file.

/** Keys and positions on the way into a file: `['apps', 0, 'mode']`. */
export type Path = readonly (string | number)[];

export interface Problem {
  /** The line, counted from 1. */
  line: number;
  column: number;
  /** `apps[0].mode`; empty where it is about the file as a whole. */
  path: string;
  message: string;
}

/**
 * The seed cannot be used. `message` has one line for each problem: `seed.yaml:12:5 apps[0].mode: must be live or
 * development`.
 */
export class BadSeed extends Error {
  override readonly name = 'BadSeed';
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
    super(sorted.map((problem) => inOneLine(file, problem)).join('\n'));
    this.file = file;
    this.problems = sorted;
  }
}

function inOneLine(file: string, { line, column, path, message }: Problem): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;
}

/** `['apps', 0, 'roles', 'ben@example.com']` as `apps[0].roles["ben@example.com"]`. */
export function pathInWords(path: Path): string {
  return path
    .map((part, at) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[A-Za-z_]\w*$/.test(part)) return `[${JSON.stringify(part)}]`;
      return at === 0 ? part : `.${part}`;
    })
    .join('');
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

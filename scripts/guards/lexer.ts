// Tells code, text and comment of a TypeScript file apart, so that a guard never trips over a word in a comment.
// It knows strings, templates with their `${…}`, regular expressions and comments: all that a guard needs, and no more.

/** The same text three times, of the same length and lines; what does not belong is blanked. */
interface Layers {
  /** Without comments; strings kept. */
  bare: string;
  /** Only code: strings, templates and regular expressions are blank. */
  code: string;
  /** Only what stands inside strings and templates. */
  strings: string;
}

type Kind = 'code' | 'string' | 'comment' | 'regex';

const beforeRegex =
  /(?:^|[(,=:[!&|?{;+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|yield|await|else|do))\s*$/;
const token = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|[`{}/]/g;
const regex = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const templatePart = /(?:\\[^]|\$(?!\{)|[^`\\$])*/y;

/** Cuts `text` into pieces, each of one kind, in order and without gaps. */
function pieces(text: string): Array<[Kind, string]> {
  const cut: Array<[Kind, string]> = [];
  /** One entry for each open brace: true where it closes back into a template. */
  const braces: boolean[] = [];
  let done = 0;
  const take = (kind: Kind, to: number): void => {
    if (to > done) cut.push([kind, text.slice(done, to)]);
    done = to;
  };
  /** Reads on inside a template, to its end or to the next `${`. */
  const template = (): void => {
    templatePart.lastIndex = done;
    templatePart.exec(text);
    take('string', templatePart.lastIndex);
    if (text.startsWith('${', done)) {
      take('code', done + 2);
      braces.push(true);
    } else take('code', Math.min(done + 1, text.length));
  };
  while (done < text.length) {
    token.lastIndex = done;
    const found = token.exec(text);
    if (found === null) break;
    const word = found[0];
    take('code', found.index);
    if (word.startsWith('//') || word.startsWith('/*')) take('comment', found.index + word.length);
    else if (word === '{') {
      braces.push(false);
      take('code', done + 1);
    } else if (word === '}') {
      take('code', done + 1);
      if (braces.pop() === true) template();
    } else if (word === '`') {
      take('code', done + 1);
      template();
    } else if (word === '/') {
      regex.lastIndex = done;
      if (beforeRegex.test(lastCode(cut)) && regex.test(text)) take('regex', regex.lastIndex);
      else take('code', done + 1);
    } else {
      take('code', done + 1);
      take('string', found.index + word.length - 1);
      take('code', done + 1);
    }
  }
  take('code', text.length);
  return cut;
}

/** The last piece of code before this place, as far as needed to tell a division from a regular expression. */
function lastCode(cut: Array<[Kind, string]>): string {
  const last = cut.findLast(([kind, part]) => kind !== 'comment' && part.trim() !== '');
  if (last === undefined) return '';
  return last[0] === 'code' ? last[1].slice(-20) : 'x';
}

const blank = (part: string): string => part.replace(/[^\n]/g, ' ');

export function layers(text: string): Layers {
  const cut = pieces(text);
  const only = (...kinds: Kind[]): string =>
    cut.map(([kind, part]) => (kinds.includes(kind) ? part : blank(part))).join('');
  return { bare: only('code', 'string', 'regex'), code: only('code'), strings: only('string') };
}

/** Every regular expression that is written out in a file, with its line. */
export function patternsOf(text: string): { line: number; source: string; flags: string }[] {
  let line = 1;
  return pieces(text).flatMap(([kind, part]) => {
    const at = line;
    line += part.split('\n').length - 1;
    if (kind !== 'regex') return [];
    const end = part.lastIndexOf('/');
    return [{ line: at, source: part.slice(1, end), flags: part.slice(end + 1) }];
  });
}

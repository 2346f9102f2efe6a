// Reads the commands of a page of the guide, and what the page says that they print.

/** Commands that stand together, and the block behind them that says what is printed. */
export interface PageStep {
  /** Number of the line at which the commands begin. */
  line: number;
  /** `js` is a file of tests, `sh` a piece of a shell session, `file` a program that its first line names. */
  language: 'sh' | 'js' | 'file';
  commands: string;
  printed: string | undefined;
  /** The dialog that a person has gone through before these commands, as the page names it last. */
  dialog: Dialog | undefined;
}

/** A dialog that a reader opens in a browser. Its twin in the test is a call of the control interface. */
interface Dialog {
  /** A word of the shell that gives its address. */
  address: string;
  /** The person, and the decisions of theirs that differ from yes, as parameters of that call. */
  decisions: readonly string[];
}

interface Block {
  line: number;
  language: string;
  text: string;
  /** A comment in front of it says that it is not run, and why. */
  skipped: boolean;
  /** Everything of the page in front of it. */
  before: string;
}

/** The first line of a program that the reader saves. */
export const FILE_NAME = /^\/\/ ([\w-]+\.mjs)$/m;

const NOT_RUN = /^<!-- not run: .+ -->$/;

function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence, language] = /^( *)(`{3,})(\w*)$/.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(indent + fence, at + 1);
    const before = lines.slice(0, at).findLast((line) => line.trim() !== '') ?? '';
    blocks.push({
      line: at + 1,
      language: language ?? '',
      text: lines
        .slice(at + 1, end)
        .map((line) => line.slice(indent.length))
        .join('\n'),
      skipped: NOT_RUN.test(before.trim()),
      before: lines.slice(0, at).join('\n'),
    });
    at = end;
  }
  return blocks;
}

/** The text behind the block with which it begins. */
const afterBlock = (text: string): string => text.replace(/^ *(`{3,})\w*\n[^]*?\n *\1$/m, '');

const dialogPattern = /<(http:\/\/localhost:4000\/\S*dialog\/oauth\?\S*)>|^(echo "\S*dialog\/oauth\?\S*")$/gm;
/** A comment says as whom the reader logs in, and what they untick: `<!-- logs in: person=Dana decline=email -->`. */
const DECISIONS = /<!-- logs in: (.+) -->/g;

/** The dialog that stands last in a text, and what the comments behind it say of the person. */
function dialogIn(text: string): Dialog | undefined {
  const last = [...text.matchAll(dialogPattern)].at(-1);
  if (last === undefined) return undefined;
  const [, link, echo] = last;
  const said = [...text.slice(last.index).matchAll(DECISIONS)].at(-1)?.[1] ?? 'person=Ana';
  return { address: link === undefined ? `"$(${echo})"` : `'${link}'`, decisions: said.split(' ') };
}

/** The steps of a page, in order. */
export function stepsOf(markdown: string): PageStep[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap(({ line, language, text, skipped, before }, at): PageStep[] => {
    const next = blocks[at + 1];
    const between = next?.before.slice(before.length) ?? '';
    const isAnswer =
      next && !next.skipped && ['text', 'json'].includes(next.language) && !/^#+ /m.test(afterBlock(between));
    const printed = isAnswer ? next.text : undefined;
    if (skipped) return [];
    if (language === 'sh') return [{ line, language, commands: text, printed, dialog: dialogIn(before) }];
    if (language !== 'js') return [];
    const rest = { line, commands: text, printed: undefined, dialog: undefined };
    if (text.includes("from 'node:test'")) return [{ ...rest, language }];
    return FILE_NAME.test(text) ? [{ ...rest, language: 'file' }] : [];
  });
}

/** Leaves out of a text what is another at each run: moments, ids, tokens, traces. */
export function withoutChance(text: string): string {
  return text
    .replace(/\p{Lu}\p{L}+ Test \p{Lu}\p{L}+/gu, '<test user>')
    .replace(/test_[0-9a-f]{16}@/g, 'test_<random>@')
    .replace(/("password":")[^"]*/g, '$1<random>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+\d{4})/g, '<moment>')
    .replace(/\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[SD]T/g, '<moment>')
    .replace(/EAA[A-Za-z0-9]*…?[A-Za-z0-9]*/g, '<token>')
    .replace(/("(?:fbtrace_id|trace)":")[^"]*/g, '$1<trace>')
    .replace(/("(?:csrf|code|user_code|machine_id|id_token|invite_link|login_url)":")[^"]*/g, '$1<random>')
    .replace(/\d{9,}\|[\w-]{20,}/g, '<app token>')
    .replace(/\d{9,}/g, '<id>')
    .replace(/ms(["']?:?) ?\d+/g, 'ms$1<ms>')
    .replace(/((?:expires|expires_in|issued_at|time|created_time|confirmed_until|now)":)\d+/g, '$1<number>')
    .replace(/[ \t\r]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** Tells whether what was printed is what the page says; `…` stands for anything within a line. */
export function isAsPrinted(actual: string, page: string): boolean {
  const pattern = withoutChance(page)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]*?');
  return new RegExp(`(?:^|\\n)${pattern}(?:\\n|$)`).test(withoutChance(actual));
}

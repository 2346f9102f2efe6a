// Reads the commands of a page of the guide, and what the page says that they print.

/** Commands that stand together, and the block behind them that says what is printed. */
export interface PageStep {
  /** Number of the line at which the commands begin. */
  line: number;
  /** `js` is a file of tests, `sh` a piece of a shell session. */
  language: 'sh' | 'js';
  commands: string;
  printed: string | undefined;
}

interface Block {
  line: number;
  language: string;
  text: string;
  /** A comment in front of it says that it is not run, and why. */
  skipped: boolean;
}

const NOT_RUN = /^<!-- not run: .+ -->$/;

function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, fence, language] = /^(`{3,})(\w*)$/.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(fence, at + 1);
    const before = lines.slice(0, at).findLast((line) => line.trim() !== '') ?? '';
    blocks.push({
      line: at + 1,
      language: language ?? '',
      text: lines.slice(at + 1, end).join('\n'),
      skipped: NOT_RUN.test(before),
    });
    at = end;
  }
  return blocks;
}

/** The steps of a page, in order. */
export function stepsOf(markdown: string): PageStep[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap(({ line, language, text, skipped }, at): PageStep[] => {
    const next = blocks[at + 1];
    const printed = next && !next.skipped && ['text', 'json'].includes(next.language) ? next.text : undefined;
    if (skipped) return [];
    if (language === 'sh') return [{ line, language, commands: text, printed }];
    return language === 'js' && text.includes("from 'node:test'")
      ? [{ line, language, commands: text, printed: undefined }]
      : [];
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
    .replace(/\d{9,}/g, '<id>')
    .replace(/ms(["']?:?) ?\d+/g, 'ms$1<ms>')
    .replace(/((?:expires|expires_in|issued_at|time|created_time)":)\d+/g, '$1<number>')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
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

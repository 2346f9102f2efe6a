// Guard: casts stay rare. `value as Type` tells the compiler to believe what nobody has checked, so the published code
// may hold only a few of them for each thousand lines.
import { isTest, sourceFiles, type TextFile } from '../../guards/files.ts';
import { type Finding, lineAt, report } from '../../guards/guard.ts';
import { layers } from '../../guards/lexer.ts';

/** Casts for each 1,000 lines above which the guard fails. */
const LIMIT = 5;

const because = `Casts stay under ${LIMIT} for each 1,000 lines of published code: check the value (\`readJson\` with a shape), narrow it, or give the function a type that fits.`;

/** Names given to what is imported or exported: `* as name` and `{ name as other }`. They are no casts. */
const renamed = /\b(?:import|export)\b(?:\s+type\b)?(?:\s+\w+\s*,)?\s*(?:\*\s*as\s+\w+|\{[^{}]*\})/g;
const cast = /\bas\s+(?!const\b)(?=[\w{([])/g;

/**
 * Every cast of a file, with its line. `as const` is none, for the compiler checks it; `as unknown as Type` counts
 * twice; what stands in comments, strings and patterns doesn't count.
 */
export function castsOf({ path, text }: TextFile): Finding[] {
  const { code } = layers(text);
  const values = code.replace(renamed, (names) => names.replace(/[^\n]/g, ' '));
  const lines = text.split('\n');
  return [...values.matchAll(cast)].map(({ index }) => {
    const line = lineAt(values, index);
    return { path, line, what: (lines[line - 1] ?? '').trim(), because };
  });
}

/** Lines as an editor numbers them; empty ones and comments count too. */
const linesOf = ({ text }: TextFile): number => text.split('\n').length - 1;

/** The casts of these files, and how many there are for each 1,000 lines. */
export function count(files: readonly TextFile[]): { casts: Finding[]; lines: number; perThousand: number } {
  const casts = files.flatMap(castsOf);
  const lines = files.reduce((sum, file) => sum + linesOf(file), 0);
  return { casts, lines, perThousand: lines === 0 ? 0 : (casts.length * 1000) / lines };
}

/** True for what is published: no tests, no scripts of the repository. */
const published = (file: TextFile): boolean => file.path.startsWith('packages/') && !isTest(file.path);

if (import.meta.main) {
  const { casts, lines, perThousand } = count(sourceFiles().filter(published));
  console.log(`${casts.length} casts in ${lines} lines: ${perThousand.toFixed(2)} for each 1,000`);
  report('casts', perThousand < LIMIT ? [] : casts);
}

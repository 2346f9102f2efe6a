// Makes `virtual:mantine-styles`: the style sheets of those components of Mantine that the console uses, with all that they are
// made of, in Mantine's own order. All styles at once would be twice as much to load, and a list by hand would miss one some day.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'virtual:mantine-styles';
/** The styles of components that the rooms below alone take: they are loaded with the first page of one. */
const ROOMS = 'virtual:mantine-styles/rooms';
/** Rollup's mark for modules that are no files. */
const resolved = (name: string): string => `\0${name}`;

const rooms = /[\\/]pages[\\/](?:apps|business|emulator|settings|vault)[\\/]/;

/** True for the files of dashboards, which nobody opens first. */
export const isInRoom = (path: string): boolean => rooms.test(path);

/** Every page needs these, whatever components it has. */
const always = ['baseline', 'default-css-variables', 'global'];

const core = dirname(dirname(fileURLToPath(import.meta.resolve('@mantine/core'))));
const packagesBeside = ['notifications', 'spotlight'].map((name) => join(dirname(core), name, 'esm'));

interface NamedImport {
  from: string;
  /** Each name as its package calls it, and as the file calls it. */
  names: readonly (readonly [exported: string, local: string])[];
}

/** Every `import { … } from '…'` of a file. */
function namedImports(text: string): NamedImport[] {
  return text.split('import {').flatMap((part, index) => {
    const end = part.indexOf('}');
    const [, from] = /^ from ["']([^"'\n]+)["']/.exec(part.slice(end + 1)) ?? [];
    if (index === 0 || end < 0 || from === undefined) return [];
    const names = part
      .slice(0, end)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => name.split(' as '))
      .map(([exported = '', local = exported]) => [exported, local] as const);
    return [{ from, names }];
  });
}

/** Names that a file takes from `@mantine/core`. */
export const namesFrom = (text: string): string[] =>
  namedImports(text)
    .filter(({ from }) => from === '@mantine/core')
    .flatMap(({ names }) => names.map(([exported]) => exported));

/** The file of each name that the package exports. */
function filesByName(): Map<string, string> {
  const imports = namedImports(readFileSync(join(core, 'esm/index.mjs'), 'utf8'));
  return new Map(
    imports.flatMap(({ from, names }) => names.map(([, local]) => [local, join(core, 'esm', from)] as const)),
  );
}

/** A file and everything of the package that it imports, directly or not. */
function reached(files: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from\s*"(\.[^"]+)"/g))
      open.push(resolve(dirname(file), path));
  }
  return seen;
}

const classesIn = (text: string): string[] => text.match(/\bm_[0-9a-f]+\b/g) ?? [];

/** Names of the style sheets for these components, in the order in which Mantine's one big sheet has them. */
export function stylesOf(names: Iterable<string>): string[] {
  const files = filesByName();
  const modules = [...reached([...names].flatMap((name) => files.get(name) ?? []))].filter((file) =>
    file.endsWith('.module.mjs'),
  );
  const used = new Set(modules.flatMap((file) => classesIn(readFileSync(file, 'utf8'))));
  const places = new Map<string, number>();
  for (const [index, name] of classesIn(readFileSync(join(core, 'styles.css'), 'utf8')).entries())
    if (!places.has(name)) places.set(name, index);
  const sheets = globSync('*.css', { cwd: join(core, 'styles') }).filter((name) => !name.endsWith('.layer.css'));
  const placed = sheets.flatMap((sheet) => {
    const classes = classesIn(readFileSync(join(core, 'styles', sheet), 'utf8'));
    const place = Math.min(...classes.map((name) => places.get(name) ?? Number.POSITIVE_INFINITY));
    return classes.some((name) => used.has(name)) ? [{ name: sheet.slice(0, -'.css'.length), place }] : [];
  });
  return [...always, ...placed.toSorted((a, b) => a.place - b.place).map(({ name }) => name)];
}

/** Names of all components of Mantine that files of the console and Mantine's other packages take. */
export function usedNames(source: string, wanted: (path: string) => boolean = () => true): Set<string> {
  const ours = globSync('**/*.{ts,tsx}', { cwd: source })
    .map((path) => join(source, path))
    .filter(wanted);
  const theirs = packagesBeside.flatMap((folder) =>
    globSync('**/*.mjs', { cwd: folder }).map((path) => join(folder, path)),
  );
  return new Set([...ours, ...theirs].flatMap((path) => namesFrom(readFileSync(path, 'utf8'))));
}

/** The plugin for Vite. @param source folder of the console's source */
export const mantineStyles = (source: string) => ({
  name: 'mantine-styles',
  resolveId: (id: string) => (id === NAME || id === ROOMS ? resolved(id) : undefined),
  load(id: string) {
    if (id !== resolved(NAME) && id !== resolved(ROOMS)) return undefined;
    const first = stylesOf(usedNames(source, (path) => !isInRoom(path)));
    const sheets = id === resolved(NAME) ? first : stylesOf(usedNames(source)).filter((name) => !first.includes(name));
    return sheets.map((name) => `import '@mantine/core/styles/${name}.css';`).join('\n');
  },
  /** Every page of a room brings the styles of the rooms along. */
  transform: (code: string, id: string) =>
    isInRoom(id) && id.endsWith('.tsx') ? { code: `import '${ROOMS}';\n${code}`, map: null } : undefined,
});

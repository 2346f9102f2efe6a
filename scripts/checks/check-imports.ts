// Guard: imports follow the table of packages and the levels inside the server, the console and the vault. The rules are
// data, in guards/import-rules.ts.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { isTest, readText, repositoryFiles, sourceFiles, type TextFile } from '../guards/files.ts';
import { type Finding, lineAt, report } from '../guards/guard.ts';
import {
  consoleLevels,
  declarationFolders,
  levels,
  ofEngine,
  packageRules,
  reasons,
  sharedRoom,
  vaultLevels,
} from '../guards/import-rules.ts';
import { layers } from '../guards/lexer.ts';

/** A package.json says this about imports: the parts it exports, and the packages it lists. */
export interface Listed {
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  /** Installed by whoever wants what needs them. */
  peerDependencies?: Record<string, string>;
}

const statement =
  /\b(?:import|export)\b(?:[\w\s{},*$]+?\bfrom)?\s*(?:\(\s*)?(['"])([^'"\n]+)\1|\brequire\s*\(\s*(['"])([^'"\n]+)\3/g;

/** Lists what a file imports, with where: `import`, `export … from`, `import()`, `import('x').T` and `require()`. */
export function importsOf(file: TextFile): Array<{ name: string; line: number }> {
  const { bare, code } = layers(file.text);
  const inCode = [...bare.matchAll(statement)].filter((match) => /\w/.test(code[match.index] ?? ''));
  return inCode.map((match) => ({ name: match[2] ?? match[4] ?? '', line: lineAt(file.text, match.index) }));
}

/** The first folder of a path, or the name of a file that stands in none. */
const partOf = (path: string): string => path.replace(/(?:\/.*|\.tsx?)$/, '');

/**
 * The reason that forbids one file of the server to import another, if there is one. Paths are from
 * `packages/server/src/`.
 */
function insideServer(from: string, to: string): string | undefined {
  const room = (path: string): string => path.split('/')[1] ?? '';
  const level = (path: string): number => levels.findIndex((parts) => parts.includes(partOf(path)));
  if (level(from) === -1 || level(to) === -1) return reasons.noLevel;
  if (ofEngine.files.includes(to) && ofEngine.notIn.includes(partOf(from))) return reasons.engine;
  if (partOf(from) !== partOf(to)) return level(to) < level(from) ? undefined : reasons.level;
  if (posix.basename(from) === 'index.ts') return undefined;
  if (declarationFolders.includes(partOf(from))) return reasons.declarations;
  return partOf(from) === 'nodes' && room(to) !== room(from) && room(to) !== sharedRoom ? reasons.rooms : undefined;
}

/** The reason that forbids one file of the console to import another. Paths are from `packages/console/src/`. */
function insideConsole(from: string, to: string): string | undefined {
  const level = (path: string): number => consoleLevels.findIndex((parts) => parts.includes(partOf(path)));
  if (level(from) === -1 || level(to) === -1) return reasons.consoleLevel;
  if (partOf(from) !== partOf(to)) return level(to) < level(from) ? undefined : reasons.consoleLevel;
  const room = (path: string): string => /^pages\/([^/]+)\//.exec(path)?.[1] ?? '';
  return partOf(from) === 'pages' && room(from) !== room(to) ? reasons.consoleLevel : undefined;
}

/** The reason that forbids one file of the vault to import another. Paths are from `packages/vault/src/`. */
function insideVault(from: string, to: string): string | undefined {
  const level = (path: string): number => vaultLevels.findIndex((parts) => parts.includes(partOf(path)));
  if (level(from) === -1 || level(to) === -1) return reasons.vaultLevel;
  return partOf(from) === partOf(to) || level(to) < level(from) ? undefined : reasons.vaultLevel;
}

/** Tests of the whole, and its measurements. */
const fromOutside: readonly string[] = ['bench', 'conformance', 'e2e'];

/** The reason that forbids `path` to import `name`, if there is one. `listed(folder)` gives a folder's package.json. */
export function judge(path: string, name: string, listed: (folder: string) => Listed): string | undefined {
  const folder = /^(packages\/[^/]+|[^/]+)\//.exec(path)?.[1] ?? '';
  const own = folder.startsWith('packages/') ? folder.slice('packages/'.length) : undefined;
  const rule = own === undefined ? undefined : packageRules[own];
  const may = [...(rule?.may ?? []), ...(isTest(path) ? (rule?.testsMay ?? []) : [])];
  if (name.startsWith('.')) {
    const target = posix.join(posix.dirname(path), name);
    // A tool that tests of a package are made with serves the tests of those that may import it, too, and those that look
    // from outside.
    const tool = /^packages\/([^/]+)\/test\/(?!.*\.test\.ts$)/.exec(target)?.[1];
    if (tool !== undefined && isTest(path) && (fromOutside.includes(folder) || may.includes(tool))) return undefined;
    if (!target.startsWith(`${folder}/`)) return reasons.door;
    if (rule?.bundled && target.endsWith('.css')) return undefined;
    if (!/\.(tsx?|json)$/.test(target)) return reasons.extension;
    for (const [inside, judged] of [
      ['packages/server/src/', insideServer],
      ['packages/console/src/', insideConsole],
      ['packages/vault/src/', insideVault],
    ] as const)
      if (path.startsWith(inside) && target.startsWith(inside) && !isTest(path))
        return judged(path.slice(inside.length), target.slice(inside.length));
    return undefined;
  }
  const inPackage = path.slice(folder.length + 1);
  const inNode =
    rule === undefined ||
    isTest(path) ||
    (rule.runs === 'node'
      ? rule.anywhere === undefined || !inPackage.startsWith(rule.anywhere)
      : (rule.inNode ?? []).includes(inPackage));
  // The build of a bundled package makes such a module.
  if (name.startsWith('virtual:') && rule?.bundled) return undefined;
  if (name.startsWith('node:')) return inNode ? undefined : reasons.browser;
  if (builtinModules.includes(name)) return reasons.builtin;
  const packageName = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  const ours = packageName.startsWith('@hallpass/') ? packageName.slice('@hallpass/'.length) : undefined;
  if (ours !== undefined) {
    if (name !== packageName && !(`.${name.slice(packageName.length)}` in (listed(`packages/${ours}`).exports ?? {})))
      return reasons.door;
    if (ours === own) return undefined;
    if (rule === undefined) return undefined; // conformance, e2e, bench and scripts look at the whole house from outside
    if (!may.includes(ours)) return rule.because;
    const only = rule.onlyPart?.[ours];
    if (only !== undefined && name !== only) return rule.because;
  }
  const here = listed(folder);
  const known = {
    ...here.dependencies,
    ...here.peerDependencies,
    ...(isTest(path) || rule === undefined || rule.bundled
      ? { ...here.devDependencies, ...listed('').devDependencies }
      : {}),
  };
  return packageName in known ? undefined : reasons.listed;
}

function findings(files: readonly TextFile[], listed: (folder: string) => Listed): Finding[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap(({ name, line }) => {
      const because = judge(file.path, name, listed);
      return because === undefined ? [] : [{ path: file.path, line, what: `imports ${name}`, because }];
    }),
  );
}

/** Packages whose TypeScript configuration is for another place than the table says. `read` gives a configuration's text. */
export function misplaced(read: (path: string) => string | undefined): Finding[] {
  return Object.entries(packageRules).flatMap(([name, { runs }]) => {
    const path = `packages/${name}/tsconfig.json`;
    const right = read(path)?.includes(`"../../tsconfig.${runs}.json"`);
    return right ? [] : [{ path, line: 0, what: `does not extend tsconfig.${runs}.json`, because: reasons.place }];
  });
}

if (import.meta.main) {
  const paths = repositoryFiles();
  const listed = (folder: string): Listed => {
    const path = posix.join(folder, 'package.json');
    return paths.includes(path) ? (JSON.parse(readText(path).text) as Listed) : {};
  };
  const read = (path: string): string | undefined => (paths.includes(path) ? readText(path).text : undefined);
  report('imports', [
    ...findings([...sourceFiles(), ...paths.filter((path) => path.endsWith('.tsx')).map(readText)], listed),
    ...misplaced(read),
  ]);
}

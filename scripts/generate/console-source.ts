// This module finds what the pages of the console call, read from their sources: the routes name the file of each page,
// the imports of that file lead to its parts, and each literal that looks like a path of the Graph is a call. In such a
// path the name of the variable says what the id is of: `/${appId}/roles`, `/${business.id}/owned_pages`.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const source = join(import.meta.dirname, '../../packages/console/src');

/** A call as a page writes it: `node` is as its variable says, e.g. `app` or `me`. */
export interface ConsoleCall {
  method: string;
  node: string;
  /** Path behind the id, without a slash in front. */
  rest: string;
  /** The file in which it stands, from the sources of the console on. */
  file: string;
}

interface ConsolePage {
  /** Its address, or what it is called where it has none. */
  name: string;
  calls: ConsoleCall[];
}

/** An example in a comment is no call. */
const comments = /^\s*(?:\/\/|\/?\*).*$/gm;

const texts = new Map<string, string>();
function textOf(file: string): string {
  const known = texts.get(file) ?? readFileSync(file, 'utf8').replace(comments, '');
  texts.set(file, known);
  return known;
}

const imports = /(?:^|\n)(?:import|export)\s+(?!type\b)[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g;

/** A file with everything that it imports of the console; the files of other pages are theirs. */
function withParts(entry: string): Set<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file) || !existsSync(file)) continue;
    found.add(file);
    for (const [, named, loaded] of textOf(file).matchAll(imports)) {
      const other = join(dirname(file), named ?? loaded ?? '');
      if (/\.tsx?$/.test(other)) open.push(other);
    }
  }
  return found;
}

const id = String.raw`(?:me|(?:act_)?\$\{[^}]+\})`;
const graphPath = new RegExp(
  String.raw`(?:'(GET|POST|DELETE)',\s*)?(['\x60])\/(${id})((?:\/(?:[\w-]+|\$\{[^}]+\}))*)(?:\?[^'\x60]*)?\2`,
  'g',
);

/** `${appId}` and `${app.id}` are of an app, `${systemUserId}` of a system_user. */
function nodeNamed(segment: string): string {
  if (segment === 'me') return 'me';
  const [, expression = ''] = /\$\{(.*)\}/.exec(segment) ?? [];
  const [name = ''] = /\w+(?=\)*$)/.exec(expression.replace(/\.id\b/g, '')) ?? [];
  return name
    .replace(/Id$/, '')
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/^_/, '');
}

function callsIn(file: string): ConsoleCall[] {
  return [...textOf(file).matchAll(graphPath)].map(([, method = 'GET', , first = '', rest = '']) => ({
    method,
    node: nodeNamed(first),
    rest: rest.slice(1),
    file: relative(source, file),
  }));
}

/** The lists of routes: each address with the file that it loads. */
const routeFiles = (): string[] => [join(source, 'router.tsx'), ...globSync(join(source, 'pages/**/routes.{ts,tsx}'))];

function routesIn(file: string): { name: string; entry: string }[] {
  let address = '';
  return [...textOf(file).matchAll(/'(\/[^']*)'|import\('(\.[^']+)'\)/g)].flatMap(([, path, loaded]) => {
    if (path !== undefined) address = path;
    return loaded === undefined ? [] : [{ name: address, entry: join(dirname(file), loaded) }];
  });
}

export function consolePages(): ConsolePage[] {
  const routes = routeFiles().flatMap(routesIn);
  return [...routes, { name: 'Ctrl K', entry: join(source, 'shell/finder.tsx') }].map(({ name, entry }) => ({
    name,
    calls: [...withParts(entry)].flatMap(callsIn),
  }));
}

// This module finds which exported names a file declares, and which names of other files it uses.
import { posix } from 'node:path';
import { lineAt } from './guard.ts';
import type { TextFile } from './files.ts';
import { layers } from './lexer.ts';

/** A name that a file exports where it declares it. */
interface ExportedName {
  path: string;
  name: string;
  line: number;
}

/** Names that a file takes from somewhere; `*` stands for all of them. */
interface UsedNames {
  /** A path from the root, or `packages/<name>/` for a package of ours. */
  from: string;
  names: readonly string[];
}

const declared =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;
const named = /\b(?:import|export)\b(?: type)?\s*(?:[\w$]+\s*,\s*)?\{([^{}]*)\}\s*from\s*(['"])([^'"\n]+)\2/g;
const namespace = /\bimport\b(?: type)?\s*\*\s*as\s+([\w$]+)\s*from\s*(['"])([^'"\n]+)\2/g;
const everything = /\bexport\s*\*\s*from\s*(['"])([^'"\n]+)\1/g;
const loaded =
  /(?:\b(?:const|let)\s+(?:\{([^{}]*)\}|([\w$]+))\s*=\s*await\s+)?\bimport\s*\(\s*(['"])([^'"\n]+)\3\s*\)(?:\s*\.\s*([A-Z][\w$]*))?/g;

export function exportedNames({ path, text }: TextFile): ExportedName[] {
  const { bare } = layers(text);
  return [...bare.matchAll(declared)].map((match) => ({ path, name: match[1] ?? '', line: lineAt(text, match.index) }));
}

/** `a, type b, c as d` and `a: b` begin with the names that the other file knows. */
const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((one) => /^\s*(?:type\s+(?!as\b))?([\w$]+)/.exec(one)?.[1] ?? '')
    .filter((name) => name !== '');

/** The names that are read from an object: all, where it is handed on as a whole. */
function membersOf(object: string, text: string): string[] {
  const places = [
    ...text.matchAll(new RegExp(`(?<![\\w$.])${object.replaceAll('$', '\\$')}\\b(?:\\??\\.([\\w$]+))?`, 'g')),
  ];
  // The first place is the import itself.
  const members = places.slice(1).map((match) => match[1] ?? '*');
  return members.includes('*') ? ['*'] : members;
}

function fileOf(path: string, name: string): string | undefined {
  if (name.startsWith('.')) return posix.join(posix.dirname(path), name);
  const own = /^@hallpass\/([\w-]+)/.exec(name)?.[1];
  return own === undefined ? undefined : `packages/${own}/`;
}

/** Lists what a file takes from other files of the repository. */
export function usedNames({ path, text }: TextFile): UsedNames[] {
  const { bare } = layers(text);
  const found: [string | undefined, readonly string[]][] = [
    ...[...bare.matchAll(named)].map((match): [string | undefined, string[]] => [match[3], namesIn(match[1] ?? '')]),
    ...[...bare.matchAll(namespace)].map((match): [string | undefined, string[]] => [
      match[3],
      membersOf(match[1] ?? '', bare),
    ]),
    ...[...bare.matchAll(everything)].map((match): [string | undefined, string[]] => [match[2], ['*']]),
    ...[...bare.matchAll(loaded)].map((match): [string | undefined, string[]] => {
      const [, list, object, , from, member] = match;
      if (list !== undefined) return [from, namesIn(list)];
      if (object !== undefined) return [from, membersOf(object, bare)];
      return [from, [member ?? '*']];
    }),
  ];
  return found.flatMap(([name, names]) => {
    const from = name === undefined ? undefined : fileOf(path, name);
    return from === undefined ? [] : [{ from, names }];
  });
}

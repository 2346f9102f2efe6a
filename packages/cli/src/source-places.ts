// The built command is a few files in which hundreds of modules stand on one line. A stack that is printed all the same
// names the file and the line of the source. The maps beside the files are read when a stack is, which is when something
// has gone wrong; Node's own way would read them at every start.
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceOrigin } from 'node:module';
import { fileURLToPath } from 'node:url';

/** So many places are remembered, so that a mistake that is met again and again does not read maps each time. */
const REMEMBERED = 1000;

/** A place in a file, as a line of a stack says it. */
const placeInFile = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/**
 * Makes a function that puts the places of sources in the place of those in built files, in the text of a stack.
 *
 * @param folder the address of the folder in which the built files and their maps lie, with a slash at its end
 */
export function sourcePlaces(folder: string): (stack: string) => string {
  const remembered = new Map<string, string>();
  return (stack) => {
    const maps = new Map<string, SourceMap | undefined>();
    const mapOf = (file: string): SourceMap | undefined => {
      if (!maps.has(file)) maps.set(file, readMap(file));
      return maps.get(file);
    };
    return stack.replace(placeInFile, (place, file: string, line: string, column: string) => {
      if (!file.startsWith(folder)) return place;
      const known = remembered.get(place);
      if (known !== undefined) return known;
      const origin = mapOf(file)?.findOrigin(Number(line), Number(column));
      const named =
        origin && isFound(origin) ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
      if (remembered.size < REMEMBERED) remembered.set(place, named);
      return named;
    });
  };
}

/** Node answers with an empty object where a map says nothing about a place. */
const isFound = (origin: SourceOrigin | object): origin is SourceOrigin => 'fileName' in origin;

/** A map that is missing or broken hides no stack: its places then stay as they are. */
function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Lets the stacks of all errors of this process name sources. */
export function nameSources(): void {
  const named = sourcePlaces(new URL('command/', import.meta.url).href);
  const lineOf = (site: { toString(): string }): string => `    at ${site.toString()}`;
  Error.prepareStackTrace = (error, sites) =>
    named([Error.prototype.toString.call(error), ...sites.map(lineOf)].join('\n'));
}

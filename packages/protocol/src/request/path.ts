// This module reads the path of a Graph call: an optional version, then names. Each path has one spelling (threats
// IV-11): doubled slashes, dot segments, encoded letters, `;`, backslashes and words in another case name nothing. One
// final slash is cut here, before anything looks at the path, for three official SDKs and many programs write node
// calls so (restfb/restfb#1379): one handler and one check stay.
import { compareVersions, isVersion, parseVersion, type Version, versions } from '../apps/versions.ts';
import { graphError } from '../errors/refusal.ts';
import { ownCopy } from './own-copy.ts';

export interface PathParts {
  /** Undefined where the path names none. */
  readonly version: Version | undefined;
  /** Decoded, after the version; empty for the root. */
  readonly segments: readonly string[];
}

const REMEMBERED = 2000;
const LONGEST_REMEMBERED = 200;
const remembered = new Map<string, PathParts>();

/** Splits a path as it came. The parts are frozen and may be the same object for equal paths. */
export function readPath(path: string): PathParts {
  const found = remembered.get(path);
  if (found) return found;
  if (path.length > LONGEST_REMEMBERED) return split(path);
  const own = ownCopy(path);
  const parts = split(own);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(own, parts);
  return parts;
}

/** Letters, digits and what ids are made of may stand in a segment as they are. */
const plain = /^[A-Za-z0-9_.~!$&'()*+,=:@|-]+$/;
const escape = /%[0-9A-Fa-f]{2}/g;
const unreserved = /[A-Za-z0-9_.~-]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const neverInside = /[/\\;%\u0000-\u001f\u007f]/;
const word = /^[A-Za-z_]+$/;
const upperCase = /[A-Z]/;
/**
 * A number with escapes of controls or of other bytes behind it: an id that nobody has, as it stands (threats IV-06).
 */
const brokenId = /^\d[^/\\;]*%(?:[01][0-9A-Fa-f]|7[Ff]|[89A-Fa-f][0-9A-Fa-f])/;
const likeVersion = /^v\d+(?:\.\d+)*$/i;
const plainVersion = /^v(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

function split(path: string): PathParts {
  const unknown = () => graphError('path.unknown', { path: path.replace(/^\//, '') });
  if (path !== '' && path[0] !== '/') throw unknown();
  const pieces = path.split('/').slice(1);
  const version = parseVersion(pieces[0] ?? '');
  if (version) {
    pieces.shift();
    if (likeVersion.test(pieces[0] ?? '')) throw unknown();
  } else if (likeVersion.test(pieces[0] ?? ''))
    throw tooOld(pieces[0] ?? '') ? graphError('version.retired', { newest: versions.newest }) : unknown();
  // The root of a version may be written with and without a slash: clients join their parts in every way.
  if (pieces.every((piece) => piece === '')) return Object.freeze({ version, segments: Object.freeze([]) });
  if (pieces.at(-1) === '') pieces.pop();
  const segments = pieces.map((piece) => {
    const text = plain.test(piece) ? piece : brokenId.test(piece) ? piece : decoded(piece);
    if (text === undefined || text === '.' || text === '..' || (word.test(text) && upperCase.test(text)))
      throw unknown();
    return text;
  });
  return Object.freeze({ version, segments: Object.freeze(segments) });
}

function tooOld(version: string): boolean {
  return plainVersion.test(version) && !(isVersion(version) && compareVersions(version, versions.oldest) >= 0);
}

/** Undefined where the segment is spelled in a way that is not the one. */
function decoded(piece: string): string | undefined {
  if (!plain.test(piece.replace(escape, '_'))) return undefined;
  for (const [code] of piece.matchAll(escape))
    if (unreserved.test(String.fromCharCode(Number.parseInt(code.slice(1), 16)))) return undefined;
  try {
    const text = decodeURIComponent(piece);
    return neverInside.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

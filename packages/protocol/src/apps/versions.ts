// The Graph has these versions. House decision: every vN.N from v2.0 up to the newest is served and named in
// Facebook-API-Version; a call without a version gets the default of its app.

export const versions = {
  newest: 'v26.0',
  /** Apps that chose no version call this one. */
  default: 'v25.0',
  oldest: 'v2.0',
} as const;

/** A version that is served, as it is written in a path: `v25.0`. */
export type Version = `v${number}.${number}`;

const form = /^v(0|[1-9]\d?)\.(0|[1-9]\d?)$/;

/** Versions that were read once: there are no more of them than the form allows. */
const read = new Map<string, readonly [major: number, minor: number]>();

function parts(version: string): readonly [major: number, minor: number] | undefined {
  const known = read.get(version);
  if (known) return known;
  const match = form.exec(version);
  if (!match) return undefined;
  const found = [Number(match[1]), Number(match[2])] as const;
  read.set(version, found);
  return found;
}

/** True when a text is spelled like a version, one that is served or not. */
export const isVersion = (text: unknown): text is Version => typeof text === 'string' && form.test(text);

/** Less than 0 where `a` is older than `b`, 0 where they are the same. Both must be versions. */
export function compareVersions(a: Version, b: Version): number {
  const [majorA, minorA] = parts(a) ?? [0, 0];
  const [majorB, minorB] = parts(b) ?? [0, 0];
  return majorA - majorB || minorA - minorB;
}

/**
 * The version that a path segment or setting names; undefined for another spelling, and for one older or newer than is
 * served.
 */
export function parseVersion(text: string): Version | undefined {
  if (!isVersion(text)) return undefined;
  return compareVersions(text, versions.oldest) >= 0 && compareVersions(text, versions.newest) <= 0 ? text : undefined;
}

/**
 * When versions ended or will end, epoch seconds, oldest first; those before them ended earlier. Source: the changelog
 * of the Graph.
 */
export const versionEnds: readonly (readonly [Version, number])[] = [
  ['v19.0', Date.UTC(2026, 4, 21) / 1000],
  ['v20.0', Date.UTC(2026, 8, 24) / 1000],
  ['v21.0', Date.UTC(2027, 0, 21) / 1000],
  ['v22.0', Date.UTC(2027, 4, 20) / 1000],
  ['v23.0', Date.UTC(2027, 9, 8) / 1000],
  ['v24.0', Date.UTC(2028, 1, 18) / 1000],
  ['v25.0', Date.UTC(2028, 6, 29) / 1000],
];

/** The oldest version that has not ended at a moment (epoch seconds); the newest where all others have. */
export function oldestLiving(now: number): Version {
  return versionEnds.find(([, end]) => now < end)?.[0] ?? versions.newest;
}

/** When a version ends, epoch seconds: undefined for the newest, and the first known end for those before it. */
export function endOfVersion(version: Version): number | undefined {
  return versionEnds.find(([name]) => compareVersions(version, name) <= 0)?.[1];
}

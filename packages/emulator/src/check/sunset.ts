// The versions of the Graph that a command calls, and the day on which each ends.
import { compareVersions, DAY, endOfVersion, type Version } from '@hallpass/protocol';
import type { CheckedCall } from './check-call.ts';

interface SunsetRow {
  version: Version;
  /** Calls that name it. */
  calls: number;
  /** Some of them, by name. */
  of: string[];
  /** `2027-01-21`; undefined where no end is announced. */
  ends: string | undefined;
  /** Whole days from now to the end; undefined where none is announced. */
  days: number | undefined;
  /** It ends within the days that were asked about. */
  soon: boolean;
}

export interface SunsetReport {
  /** Versions that end within so many days are too old. */
  within: number;
  /** Oldest first. */
  versions: SunsetRow[];
  /** Calls of the Graph without a version: the app's default serves them, which changes by itself. */
  unnamed: number;
}

/** Names of calls that are told of a version. */
const MOST_NAMES = 5;

/** @param now epoch seconds; @param within days */
export function sunsetOf(calls: readonly CheckedCall[], now: number, within: number): SunsetReport {
  const asked = calls.filter(({ dialog }) => dialog === undefined);
  const byVersion = Map.groupBy(asked, ({ version }) => version);
  const versions = [...byVersion].flatMap(([version, of]): SunsetRow[] => {
    if (version === undefined) return [];
    const end = endOfVersion(version);
    const days = end === undefined ? undefined : Math.floor((end - now) / DAY);
    return [
      {
        version,
        calls: of.length,
        of: [...new Set(of.map(({ name }) => name))].slice(0, MOST_NAMES),
        ends: end === undefined ? undefined : new Date(end * 1000).toISOString().slice(0, 10),
        days,
        soon: days !== undefined && days < within,
      },
    ];
  });
  return {
    within,
    versions: versions.toSorted((a, b) => compareVersions(a.version, b.version)),
    unnamed: byVersion.get(undefined)?.length ?? 0,
  };
}

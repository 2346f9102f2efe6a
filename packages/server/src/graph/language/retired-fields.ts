// These fields were real once. Programs still ask for them, so they are known: mostly nothing is said of them, as the
// documents have it, and a few are refused with error 12 from a version on, because callers report that answer.
import { compareVersions, graphError, type Version } from '@hallpass/protocol';

export interface RetiredField {
  /** The first version that refuses it; undefined where no version does. */
  refusedFrom?: Version;
  /** The name that the error gives it from a version on; before, and where nothing is said, it is `{name} field`. */
  feature?: { name: string; from: Version };
}

export type RetiredFields = Readonly<Record<string, RetiredField>>;

/** Fields of which nothing is said, in any version. */
export const leftOut = (names: readonly string[]): RetiredFields => Object.fromEntries(names.map((name) => [name, {}]));

/**
 * Fields that are refused from a version on. Before it nothing is said of them, or their value where the node has them
 * among its fields.
 */
export const refusedFrom = (
  version: Version,
  names: readonly string[],
  feature?: RetiredField['feature'],
): RetiredFields =>
  Object.fromEntries(
    names.map((name) => [name, { refusedFrom: version, ...(feature === undefined ? {} : { feature }) }]),
  );

/** @throws GraphError version.gone where the version of the call refuses the field */
export function passOver(name: string, { refusedFrom: from, feature }: RetiredField, version: Version): void {
  if (from === undefined || compareVersions(version, from) < 0) return;
  const called = feature && compareVersions(version, feature.from) >= 0 ? feature.name : `${name} field`;
  throw graphError('version.gone', { feature: called, version: from });
}

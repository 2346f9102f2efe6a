// These fields were real once. Programs still ask for them, so they are known: mostly nothing is said of them, as the
// documents have it, and a few are refused with error 12 from a version on, because callers report that answer.
import { compareVersions, graphError, type Version } from '@hallpass/protocol';

export interface RetiredField {
  /** The first version that refuses it; undefined where no version does. */
  refusedFrom?: Version;
  /** The name that the error gives it; `{name} field` unless said otherwise. */
  feature?: string;
}

export type RetiredFields = Readonly<Record<string, RetiredField>>;

/** Fields of which nothing is said, in any version. */
export const leftOut = (names: readonly string[]): RetiredFields => Object.fromEntries(names.map((name) => [name, {}]));

/** Fields that are refused from a version on, and of which nothing is said before. */
export const refusedFrom = (version: Version, names: readonly string[], feature?: string): RetiredFields =>
  Object.fromEntries(
    names.map((name) => [name, { refusedFrom: version, ...(feature === undefined ? {} : { feature }) }]),
  );

/** @throws GraphError version.gone where the version of the call refuses the field */
export function passOver(
  name: string,
  { refusedFrom: from, feature = `${name} field` }: RetiredField,
  version: Version,
): void {
  if (from !== undefined && compareVersions(version, from) >= 0)
    throw graphError('version.gone', { feature, version: from });
}

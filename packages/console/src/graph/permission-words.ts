// The permissions and their plain words in the browser, loaded when they are first needed.
import {
  isAboutPages,
  oldNames,
  type PermissionGroup,
  permissions,
  retiredPermissions,
  systemUserAllowed,
} from '@hallpass/protocol';

export interface PermissionWord {
  name: string;
  title: string;
  words: string;
  group: PermissionGroup;
  /** Others that asking for it asks for as well. */
  dependsOn: readonly string[];
}

export const permissionWords: readonly PermissionWord[] = Object.entries(permissions).map(
  ([name, { title, words, group, dependsOn }]) => ({
    name,
    title,
    words,
    group,
    dependsOn,
  }),
);

/** A name that guides of earlier years still use. */
export interface EarlierPermission {
  name: string;
  /** The permissions that it stands for today; empty where nothing took its place. */
  means: readonly string[];
  /** The first version that doesn't have it, where nothing took its place. */
  endedWith?: string | undefined;
}

const earlier: readonly EarlierPermission[] = [
  ...Object.entries(oldNames).map(([name, means]) => ({ name, means })),
  ...[...retiredPermissions].map(([name, endedWith]) => ({ name, means: [], endedWith })),
];

/** The name of earlier years that was typed, once it's typed as a whole. */
export const earlierPermission = (typed: string): EarlierPermission | undefined =>
  earlier.find(({ name }) => name === typed.trim().toLowerCase());

export { isAboutPages };

/** Tells whether a configuration of Login for Business may ask for it. */
export const inConfigurations = (name: string): boolean => systemUserAllowed.has(name) || name === 'email';

// These are the permissions and their plain words in the browser, loaded when they are first needed.
import { type PermissionGroup, permissions } from '@hallpass/protocol';

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

// This module makes addresses of pages and forms out of the table of routes, for tests that go through all of them.

/** The variable parts of a path hold these: one value that the pattern of the part takes. */
const values: Readonly<Record<string, string>> = { version: 'v25.0', name: 'p-1.svg', page: 'apps/1', locale: 'en_US' };

/** A path of the table of routes with something in its variable parts. */
export const routePath = (path: string): string =>
  path.replaceAll(/:(\w+)(?:\{(?:[^{}]|\{[^{}]*\})*\})?/g, (_, part: string) => values[part] ?? '1');

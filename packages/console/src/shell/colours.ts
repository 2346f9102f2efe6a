// Remembers whether somebody wants light or dark, in a cookie: pages that the server draws without scripts look the same
// then (packages/server/src/site/cookies.ts).
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

const NAME = '__Host-hp_colours';
const YEAR = 365 * 86_400;

function chosen(): MantineColorScheme | undefined {
  for (const part of document.cookie.split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === NAME && (value === 'light' || value === 'dark')) return value;
  }
  return undefined;
}

function remember(scheme: MantineColorScheme): void {
  const [value, age] = scheme === 'auto' ? ['', 0] : [scheme, YEAR];
  // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store API is missing in browsers of last year
  document.cookie = `${NAME}=${value}; Path=/; Secure; SameSite=Lax; Max-Age=${age}`;
}

/** Other windows see the choice when they open their next page. */
export const colourManager: MantineColorSchemeManager = {
  get: (fallback) => chosen() ?? fallback,
  set: remember,
  subscribe() {},
  unsubscribe() {},
  clear: () => remember('auto'),
};

// The table of redirect addresses says for each app and address whether the dialog may send a person there. Its apps are
// made here, so that every suite plants the same ones.
import { readFileSync } from 'node:fs';
import type { SeedApp } from '../src/operator/seed-world.ts';

export interface TableApp {
  mode: 'live' | 'development';
  type: 'web' | 'native';
  embedded_browser_login: boolean;
  native_login: boolean;
  sdk_domains?: string[];
  ios_suffixes?: string[];
  android_packages?: string[];
  registered: string[];
}

interface RedirectTable {
  apps: Record<string, TableApp>;
  pairs: { id: string; app: string; requested: string; verdict: 'allow' | 'deny'; why: string }[];
}

export const redirectTable = JSON.parse(
  readFileSync(new URL('data/redirect-uris.json', import.meta.url), 'utf8'),
) as RedirectTable;

/** The ids of the apps of the table, by their names in it. */
export const tableAppIds: Readonly<Record<string, string>> = { LIVE: '5001', DEV: '5002', NATIVE: '5003' };

/** The apps of the table as a seed plants them. `secret` is that of each of them. */
export const tableApps = (secret: string, roles: SeedApp['roles'] = []): SeedApp[] =>
  Object.entries(redirectTable.apps).map(([name, row]) => ({
    id: tableAppIds[name] as string,
    secret,
    clientToken: 'b'.repeat(32),
    name,
    mode: row.mode,
    type: row.type,
    roles,
    settings: {
      redirectUris: row.registered,
      embeddedBrowserLogin: row.embedded_browser_login,
      nativeLogin: row.native_login,
      sdkDomains: row.sdk_domains ?? [],
      jsSdkLogin: row.sdk_domains !== undefined,
      iosSuffixes: row.ios_suffixes ?? [],
      androidPackages: row.android_packages ?? [],
    },
  }));

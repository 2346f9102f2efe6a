// This module finds the built SDK, for a server that sends it: what `npm run build` or the first `npm start` left in
// `dist/web`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The scripts, each as the text of one file. */
export interface SdkFiles {
  /** The script that a page of an app loads. A server writes its own addresses into it. */
  script: string;
  /** The same, with its names and line breaks. */
  debug: string;
  /** The script of the relay page, which tells the page of an app what the dialog answered. */
  relay: string;
}

/** Works in the repository and in the installed package alike. */
const folder = ['../dist/web', '../web']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** @returns undefined where the SDK was not built */
export function sdkFiles(): SdkFiles | undefined {
  if (folder === undefined) return undefined;
  const paths = ['sdk.js', 'debug.js', 'relay.js'].map((name) => join(folder, name));
  if (!paths.every((path) => existsSync(path))) return undefined;
  const [script = '', debug = '', relay = ''] = paths.map((path) => readFileSync(path, 'utf8'));
  return { script, debug, relay };
}

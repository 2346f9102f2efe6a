// This module finds the built console, for a server that sends it: what `npm run build` or the first `npm start` left
// in `dist/web`. A vault has another document than a platform; the files below it are shared.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ConsoleFile {
  type: string;
  body: Uint8Array;
  /** The body as Brotli makes it; absent where the build wrote none. */
  brotli?: Uint8Array;
}

export interface ConsoleFiles {
  /** The document of every page; `nonce` is what its scripts and styles carry. */
  html(nonce: string): string;
  /**
   * By path below `/console/`, e.g. `assets/index-1a2b3c.js`. Names change with the content, so they may be kept for
   * good.
   */
  assets: ReadonlyMap<string, ConsoleFile>;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  json: 'application/json; charset=utf-8',
};

/** Works in the repository and in the installed package alike. */
const folder = ['../dist/web', '../web']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

const documents = { platform: 'index.html', vault: 'vault.html' } as const;

/** @param of whose console it is @returns undefined where the console was not built */
export function consoleFiles(of: keyof typeof documents = 'platform'): ConsoleFiles | undefined {
  const name = documents[of];
  if (folder === undefined || !existsSync(join(folder, name))) return undefined;
  const text = readFileSync(join(folder, name), 'utf8');
  const assets = new Map<string, ConsoleFile>();
  const names = new Set(readdirSync(join(folder, 'assets')));
  for (const one of names) {
    const type = types[one.slice(one.lastIndexOf('.') + 1)];
    if (type === undefined) continue;
    const path = join(folder, 'assets', one);
    const body = readOnce(path);
    const brotli = names.has(`${one}.br`) ? readOnce(`${path}.br`) : undefined;
    assets.set(`assets/${one}`, {
      type,
      get body() {
        return body();
      },
      get brotli() {
        return brotli?.();
      },
    });
  }
  return { html: (nonce) => text.replaceAll('__NONCE__', nonce), assets };
}

/** Most files are for pages that few people open: each is read when a browser first asks for it, and kept. */
function readOnce(path: string): () => Uint8Array {
  let bytes: Uint8Array | undefined;
  return () => (bytes ??= readFileSync(path));
}

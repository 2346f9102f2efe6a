// Lays beside each built file the same as Brotli makes it. To press so hard takes seconds: a server has no time for it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** The plugin for Vite. */
export const brotli = () => ({
  name: 'brotli',
  writeBundle({ dir = '' }: { dir?: string | undefined }, bundle: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(bundle).filter((one) => /\.(?:js|css)$/.test(one))) {
      const body = readFileSync(join(dir, name));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      };
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(body, { params }));
    }
  },
});

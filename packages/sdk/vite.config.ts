// Builds the JavaScript SDK into `dist/web`: `sdk.js`, which pages load, and the script of the relay page. Each of them is
// one file that imports nothing. `vite build --mode debug` builds `debug.js`: the same with its names and line breaks.
import { defineConfig } from 'vite';

export default defineConfig(({ mode }) => {
  const name = mode === 'production' ? 'sdk' : mode;
  return {
    root: import.meta.dirname,
    build: {
      outDir: 'dist/web',
      emptyOutDir: false,
      // Chromium, Firefox and Safari of the last three years run this.
      target: 'es2022',
      minify: name !== 'debug',
      modulePreload: false,
      rolldownOptions: {
        input: `src/${name === 'relay' ? 'relay' : 'sdk'}.ts`,
        output: { format: 'iife', entryFileNames: `${name}.js` },
      },
    },
  };
});

// Builds the console into `dist/web`: hashed files under /console/, and a document with a placeholder for the nonce of
// each answer: index.html for a platform or emulator, vault.html for a vault.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { brotli } from './src/build/brotli.ts';
import { mantineStyles } from './src/build/mantine-styles.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), mantineStyles(join(import.meta.dirname, 'src')), brotli()],
  // Packages of ours are read from their sources; the other names are those that Vite uses by itself.
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  // The server puts a new nonce in its place at each answer.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2024',
    // Names of files to load ahead would stand in the first file for every page there is: only styles have to.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed) => needed.filter((name) => name.endsWith('.css')),
    },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: ['index.html', 'vault.html'].map((name) => join(import.meta.dirname, name)),
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            // The words of the protocol are big: each page loads those that it shows.
            { name: 'app-settings', test: /protocol[\\/]src[\\/]apps[\\/]app-settings/, priority: 2 },
            { name: 'words', test: /protocol[\\/]src[\\/](?:keys|apps|tokens|signing|wire)/, priority: 1 },
            { name: 'errors', test: /protocol[\\/]src[\\/]errors[\\/]/ },
            { name: 'permissions', test: /protocol[\\/]src[\\/]permissions[\\/]/ },
            // Inputs that every page with a form has: one file of them is smaller than ten.
            {
              name: 'inputs',
              test: /@mantine[\\/]core[\\/]esm[\\/]components[\\/](?:Input|InputBase|InlineInput|TextInput|PasswordInput|Combobox|Select|Checkbox|SegmentedControl|Pill|PillsInput|FloatingIndicator)[\\/]/,
            },
          ],
        },
      },
    },
  },
});

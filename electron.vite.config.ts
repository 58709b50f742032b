import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Bundled: all that is plain JavaScript, so that a start reads few files. Not bundled: native code and what finds its own files. */
const external = [
  '@napi-rs/canvas',
  '@node-rs/argon2',
  'better-sqlite3',
  'electron-updater',
  'heic-decode',
  'pdfjs-dist',
];

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external: external.flatMap((name) => [name, new RegExp(`^${name}/`)]),
        input: {
          index: 'electron/main/index.ts',
          backend: 'electron/backend/utility.ts',
          portal: 'portal/server/process.ts',
          'browser-host': 'electron/browser-host/index.ts',
          cli: 'cli/index.ts',
          'pdf-worker': 'electron/backend/pdf/worker.ts',
        },
        // Chunks lie beside the entries: `../migrations` from import.meta.url is then right in every file of out/main.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        // A sandboxed preload is loaded as CommonJS and may require nothing but electron: one file, no chunks.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      sourcemap: true,
      // The content policy allows neither inline scripts nor data: addresses.
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: 'renderer/index.html' } },
    },
  },
});

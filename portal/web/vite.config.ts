import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Decoders for pictures in scanned papers, as scripts that pdf.js loads when it meets one: the policy of these pages
 * allows no WebAssembly.
 */
const DECODERS = ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'];

function pdfDecoders(): Plugin {
  const folder = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'wasm');
  return {
    name: 'pdf-decoders',
    generateBundle() {
      for (const name of DECODERS)
        this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source: readFileSync(join(folder, name)) });
    },
  };
}

/**
 * The page of people: served by the portal from out/portal-web, with a policy that allows nothing inline. Built from the
 * project's folder; paths are relative to it.
 */
export default defineConfig({
  root: 'portal/web',
  base: '/',
  plugins: [react(), pdfDecoders()],
  // A worker of its own file, as the policy wants it; a module, so that it can load a decoder.
  worker: { format: 'es' },
  build: {
    outDir: '../../out/portal-web',
    emptyOutDir: true,
    // Two pages: that of a deal, and that of an intake link. What both use is loaded by both.
    rolldownOptions: {
      input: {
        index: resolve('portal/web/index.html'),
        begin: resolve('portal/web/begin.html'),
        worker: resolve('portal/web/offline/worker.ts'),
      },
      // A browser asks for a service worker by one name for ever.
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // What draws papers: it comes when the first one is opened.
    chunkSizeWarningLimit: 600,
  },
});

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page of people: served by the portal from out/portal-web, with a policy that allows nothing inline. Built from the
 * project's folder; paths are relative to it.
 */
export default defineConfig({
  root: 'portal/web',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../out/portal-web',
    emptyOutDir: true,
    // Two pages: that of a deal, and that of an intake link. What both use is loaded by both.
    rolldownOptions: { input: ['portal/web/index.html', 'portal/web/begin.html'].map((file) => resolve(file)) },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});

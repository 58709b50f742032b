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
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});

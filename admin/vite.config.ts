import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the API listens while the panel is developed with hot reload (`vite admin`). */
const API_ORIGIN = 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/admin/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Data URIs would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: { '/api': API_ORIGIN, '/auth': API_ORIGIN },
  },
});

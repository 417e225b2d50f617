import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Builds the web app into dist/web; in development the API is the server on its usual port. */
export default defineConfig({
  root: path('./src/web'),
  publicDir: path('./src/web/public'),
  plugins: [react()],
  server: { port: 7271, strictPort: true, proxy: { '/api': process.env['PLUMBLINE_URL'] ?? 'http://127.0.0.1:7270' } },
  build: {
    outDir: path('./dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Every asset is a file: the content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Texts of all modules in one file per language, fetched once somebody is inside an organization.
            { name: 'texts-en', test: /modules[\\/][^\\/]+[\\/]web[\\/]locales[\\/]en\.json$/ },
            { name: 'texts-de', test: /modules[\\/][^\\/]+[\\/]web[\\/]locales[\\/]de\.json$/ },
          ],
        },
      },
    },
  },
})

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/**
 * A module's texts asked for with `?nav` are only those its `labelKey`s name: what the frame shows before any page. The
 * rest comes with the first page of a module.
 */
const navTexts: Plugin = {
  name: 'nav-texts',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('.json?nav')) return null
    const file = id.slice(0, -'?nav'.length)
    const texts = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    const index = await readFile(file.replace(/locales[\\/]\w+\.json$/, 'index.ts'), 'utf8').catch(() => '')
    const some: Record<string, unknown> = {}
    for (const [, key = ''] of index.matchAll(/labelKey: '\w+:([\w.]+)'/g)) {
      const path = key.split('.')
      const last = path.pop() ?? ''
      const home = path.reduce<Record<string, unknown>>((at, part) => {
        at[part] ??= {}
        return at[part] as Record<string, unknown>
      }, some)
      const own = path.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], texts)
      for (const name of [last, `${last}_one`, `${last}_other`]) {
        const text = (own as Record<string, unknown>)[name]
        if (text !== undefined) home[name] = text
      }
    }
    return { code: `export default ${JSON.stringify(some)}`, moduleType: 'js' }
  },
}

/** Builds the web app into dist/web; in development the API is the server on its usual port. */
export default defineConfig({
  root: path('./src/web'),
  publicDir: path('./src/web/public'),
  plugins: [navTexts, react()],
  server: {
    port: 7271,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/readyz'].map((path) => [path, process.env['PLUMBLINE_URL'] ?? 'http://127.0.0.1:7270']),
    ),
  },
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
            // Names in the navigation, and texts of all modules: one file each per language.
            { name: 'nav-en', test: /locales[\\/]en\.json\?nav$/ },
            { name: 'nav-de', test: /locales[\\/]de\.json\?nav$/ },
            { name: 'texts-en', test: /modules[\\/][^\\/]+[\\/]web[\\/]locales[\\/]en\.json$/ },
            { name: 'texts-de', test: /modules[\\/][^\\/]+[\\/]web[\\/]locales[\\/]de\.json$/ },
          ],
        },
      },
    },
  },
})

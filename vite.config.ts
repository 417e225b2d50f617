import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
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

const squeezed = [
  ['.br', (data: Buffer) => promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })],
  ['.gz', (data: Buffer) => promisify(gzip)(data, { level: 9 })],
] as const

/** Keeps scripts and styles compressed beside themselves, so that the server only has to send them. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))
    await Promise.all(
      names.map(async (name) => {
        const data = await readFile(join(dir, name))
        if (data.length < 1000) return
        await Promise.all(
          squeezed.map(async ([ending, squeeze]) => writeFile(join(dir, name + ending), await squeeze(data))),
        )
      }),
    )
  },
}

/** Builds the web app into dist/web; in development the API is the server on its usual port. */
export default defineConfig({
  root: path('./src/web'),
  publicDir: path('./src/web/public'),
  plugins: [navTexts, react(), compressed],
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

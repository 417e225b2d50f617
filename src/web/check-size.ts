import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** What a build manifest says of one file. */
interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
}

/** First page: at most this many bytes of JavaScript after gzip. */
export const limit = 300_000

/**
 * JavaScript files a page loads: the entry, what it imports, and the page's own chunks with what they import.
 * @param starts manifest keys: the entry and the lazily loaded parts the page always needs
 */
export function filesOf(manifest: Readonly<Record<string, Chunk>>, starts: readonly string[]): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const walk = (key: string): void => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`The build manifest has no ${key}.`)
    files.add(chunk.file)
    chunk.imports?.forEach(walk)
  }
  starts.forEach(walk)
  return files
}

/** What each kind of first page needs besides the entry. */
const pages: Record<string, readonly string[]> = {
  'sign-in': ['pages/sign-in-page.tsx'],
  'set-up': ['pages/set-up-page.tsx'],
  overview: ['shell/shell.tsx', 'pages/overview-page.tsx'],
}

/** The JavaScript of each kind of first page in the built web app, in bytes after gzip, and how much it may be. */
export function firstPages(): { readonly name: string; readonly bytes: number; readonly limit: number }[] {
  const dist = new URL('../../dist/web/', import.meta.url)
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>
  // Texts of modules' pages come with the first of those pages; the frame needs only the names in the navigation.
  const texts = Object.keys(manifest).filter((key) => /^(\.\.\/ui\/)?locales\/en\.json$|en\.json\?nav$/.test(key))
  return Object.entries(pages).map(([name, parts]) => {
    const wanted = name === 'overview' ? texts : texts.filter((key) => !key.endsWith('?nav'))
    const files = filesOf(manifest, ['index.html', ...parts, ...wanted])
    let bytes = 0
    for (const file of files) bytes += gzipSync(readFileSync(new URL(file, dist))).length
    return { name, bytes, limit }
  })
}

function main(): number {
  const sizes = firstPages()
  for (const { name, bytes } of sizes) {
    const line = {
      name: `web first page: ${name}`,
      value: Math.round(bytes / 1000),
      unit: 'kB gzip',
      limit: limit / 1000,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  const worst = Math.max(...sizes.map(({ bytes }) => bytes))
  if (worst <= limit) return 0
  process.stderr.write(`The first page needs ${worst} bytes of JavaScript after gzip; at most ${limit} are allowed.\n`)
  return 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main()

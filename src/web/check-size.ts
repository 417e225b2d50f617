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

function main(): number {
  const dist = new URL('../../dist/web/', import.meta.url)
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>
  // Texts of modules' pages come with the first of those pages; the frame needs only the names in the navigation.
  const texts = Object.keys(manifest).filter((key) => /^(\.\.\/ui\/)?locales\/en\.json$|en\.json\?nav$/.test(key))
  let worst = 0
  for (const [name, parts] of Object.entries(pages)) {
    const wanted = name === 'overview' ? texts : texts.filter((key) => !key.endsWith('?nav'))
    const files = filesOf(manifest, ['index.html', ...parts, ...wanted])
    let size = 0
    for (const file of files) size += gzipSync(readFileSync(new URL(file, dist))).length
    worst = Math.max(worst, size)
    process.stdout.write(
      `${JSON.stringify({ name: `web first page: ${name}`, value: Math.round(size / 1000), unit: 'kB gzip', limit: limit / 1000 })}\n`,
    )
  }
  if (worst <= limit) return 0
  process.stderr.write(`The first page needs ${worst} bytes of JavaScript after gzip; at most ${limit} are allowed.\n`)
  return 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main()

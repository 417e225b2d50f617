import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importSentences } from '#kernel/import/sentences.ts'
import { namespaceOf } from '#web/i18n.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** All texts of the interface: `risk/de` → key → text. */
export function readTexts(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const texts = new Map<string, Map<string, string>>()
  for (const path of globSync('**/locales/*.json', { cwd: root })) {
    const { namespace, language } = namespaceOf(`../${path}`)
    const name = `${namespace}/${language}`
    // A namespace may stand in several files, fetched at different times.
    const known = texts.get(name) ?? new Map<string, string>()
    for (const [key, text] of flatten(JSON.parse(readFileSync(root + path, 'utf8')))) known.set(key, text)
    texts.set(name, known)
  }
  // The importer's English sentences stand where it makes them.
  for (const [code, text] of Object.entries(importSentences)) texts.get('imports/en')?.set(`refusals.${code}`, text)
  return texts
}

function flatten(tree: unknown, prefix = ''): [string, string][] {
  if (typeof tree === 'string') return [[prefix, tree]]
  return Object.entries(tree as Record<string, unknown>).flatMap(([key, value]) =>
    flatten(value, prefix === '' ? key : `${prefix}.${key}`),
  )
}

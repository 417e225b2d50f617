import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTexts } from '#testing/texts.ts'
import { namespaceOf } from './i18n.ts'
import { hardCoded, pseudo } from './pseudo.ts'

const src = new URL('../', import.meta.url).pathname
const all = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((path) => join('../', path))
const read = (path: string): string => readFileSync(join(src, path.replace('../', '')), 'utf8')

const texts = readTexts()
const namespaces = [...new Set([...texts.keys()].map((key) => key.split('/')[0] ?? ''))]
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{[^}]+\}\}|<\/?\w+>/g)].map(([one]) => one).sort()

describe.each(namespaces)('texts of %s', (namespace) => {
  const en = texts.get(`${namespace}/en`) ?? new Map<string, string>()
  const de = texts.get(`${namespace}/de`) ?? new Map<string, string>()

  test('English and German have the same keys', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('the same placeholders stand in both', () => {
    const differing = [...en].filter(
      ([key, text]) =>
        // What a refusal may leave out is held by the test of the refusals.
        !key.startsWith('refusals.') && String(placeholders(text)) !== String(placeholders(de.get(key) ?? '')),
    )
    expect(differing).toEqual([])
  })

  test('no text is empty', () => {
    expect([...en, ...de].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

/** Keys a source file asks for: literal ones, and the fixed beginning of templates. */
function keysIn(path: string): { key: string; prefix: boolean }[] {
  const source = read(path).replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const home = namespaceOf(`${path.split('/').slice(0, -1).join('/')}/en.json`).namespace
  const own = new Map<string, string>()
  for (const [, name = '', namespace = ''] of source.matchAll(/const (\w+) = useText\('([\w-]+)'\)/g)) {
    own.set(name, namespace)
  }
  const full = (name: string, key: string): string => (key.includes(':') ? key : `${own.get(name) ?? home}:${key}`)
  return [
    ...[...source.matchAll(/\b(t|own)\(\s*'([^']+)'/g)].map(([, name = '', key = '']) => ({
      key: full(name, key),
      prefix: false,
    })),
    ...[...source.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)].map(([, key = '']) => ({ key: full('t', key), prefix: true })),
    ...[...source.matchAll(/labelKey: '([^']+)'/g)].map(([, key = '']) => ({ key: full('', key), prefix: false })),
  ]
}

test('every key used in code exists', () => {
  const known = [...texts].filter(([name]) => name.endsWith('/en'))
  const keys = new Set(known.flatMap(([name, map]) => [...map.keys()].map((key) => `${name.slice(0, -3)}:${key}`)))
  const missing = all
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts') && /\/(web|ui)\//.test(path))
    .flatMap((path) =>
      keysIn(path)
        .filter(({ key, prefix }) =>
          prefix ? ![...keys].some((one) => one.startsWith(key)) : !keys.has(key) && !keys.has(`${key}_other`),
        )
        .map(({ key }) => `${path}: ${key}`),
    )
  expect(missing).toEqual([])
})

describe('pseudo-locale', () => {
  test('accents and lengthens, and keeps placeholders', () => {
    expect(pseudo('Sign in')).toBe('⟦Šíğñ íñ ~⟧')
    expect(pseudo('Until {{date}}')).toMatch(/^⟦Úñţíļ \{\{date\}\}( ~)+⟧$/)
  })

  test('finds text that was never translated, and leaves data alone', () => {
    expect(hardCoded(['⟦Šáṽé ~⟧', 'Save', 'Acme GmbH', '12 %', '⟦Ýéš⟧ 3'], ['Acme GmbH'])).toEqual(['Save'])
  })
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wordsOf } from './record-words.ts'

const src = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, src), 'utf8')
// What every row has and the trail leaves out.
const bookkeeping = new Set(['id', 'orgId', 'version', 'live'])

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const snake = (name: string): string => name.replaceAll(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

const fieldsOf = (namespace: string): object => {
  const path = namespace === 'web' ? 'web/locales/en.json' : `modules/${namespace}/web/locales/en.json`
  return (JSON.parse(read(path)) as { fields?: object }).fields ?? {}
}

test('every field the audit trail may show has a name in words', () => {
  const tables = [...read('platform/db/schema.generated.ts').matchAll(/export interface (\w+) \{\n([\s\S]*?)\n\}/g)]
  const nameless = tables.flatMap(([, table = '', body = '']) => {
    const namespace = wordsOf(snake(table))
    if (namespace === null) return []
    const named = fieldsOf(namespace)
    return [...body.matchAll(/^ {2}(\w+):/gm)]
      .map(([, column = '']) => camel(column))
      .filter((column) => !bookkeeping.has(column) && !Object.hasOwn(named, column))
      .map((column) => `${table}.${column}`)
  })
  expect(tables.length).toBeGreaterThan(30)
  expect(nameless).toEqual([])
})

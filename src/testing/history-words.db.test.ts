import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import type { FieldKind } from '#platform/ledger/field-kind.ts'
import { namespaceOfType } from '#web/record-words.ts'
import { testDatabase } from './database.ts'
import { type EmittedAction, emittedActions } from './ledger-actions.ts'

// Whatever can be written to the ledger can be told, in every language: checked without anybody remembering to.

const languages = ['en', 'de'] as const
const records = modules.flatMap((one) => one.records)
const types = new Set(records.map((one) => one.type))
const src = new URL('../', import.meta.url).pathname

const loaded = new Map<string, unknown>()
function textOf(language: string, namespace: string, key: string): unknown {
  const folder = namespace === 'web' ? 'web' : namespace === 'ui' ? 'ui' : `modules/${namespace}/web`
  const path = `${src}${folder}/locales/${language}.json`
  if (!loaded.has(path)) loaded.set(path, JSON.parse(readFileSync(path, 'utf8')))
  return key
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], loaded.get(path))
}
const missing = (namespace: string, key: string): string[] =>
  languages
    .filter((language) => typeof textOf(language, namespace, key) !== 'string')
    .map((one) => `${one} ${namespace}:${key}`)

const fieldsOf = (type: string): [string, FieldKind][] =>
  Object.entries(records.find((one) => one.type === type)?.fields ?? {})

/** Columns per table as the generated schema has them, in the names of the API. */
function columnsOfSchema(): Map<string, string[]> {
  const source = readFileSync(`${src}platform/db/schema.generated.ts`, 'utf8')
  const tables = new Map<string, string[]>()
  for (const [, name = '', body = ''] of source.matchAll(/export interface (\w+) \{\n([^}]*)\}/g)) {
    const table = name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
    tables.set(
      table,
      [...body.matchAll(/^ {2}(\w+):/gm)].map(([, column = '']) => column),
    )
  }
  return tables
}

describe('columns', () => {
  const schema = columnsOfSchema()

  test('each column of a record is told by a kind or declared internal', () => {
    const undeclared = [...types].flatMap((type) => {
      const declared = new Set(fieldsOf(type).map(([field]) => field))
      const columns = schema.get(type)?.filter((column) => !['id', 'orgId', 'version'].includes(column))
      return (columns ?? ['no such table'])
        .filter((column) => !declared.has(column))
        .map((column) => `${type}.${column}`)
    })
    expect(undeclared).toEqual([])
  })

  test('no kind is declared for a column that is gone', () => {
    const gone = [...types].flatMap((type) =>
      fieldsOf(type)
        .filter(([field]) => schema.get(type)?.includes(field) !== true)
        .map(([field]) => `${type}.${field}`),
    )
    expect(gone).toEqual([])
  })

  test('a field that is told has a label in every language', () => {
    const unlabelled = [...types].flatMap((type) => {
      const said = new Set((records.find((one) => one.type === type)?.partOf ?? []).map(({ column }) => column))
      return fieldsOf(type)
        .filter(
          ([field, { kind }]) =>
            kind !== 'internal' && !said.has(field.replaceAll(/[A-Z]/g, (a) => `_${a.toLowerCase()}`)),
        )
        .flatMap(([field]) => {
          const namespace = namespaceOfType(type)
          const special = missing(namespace, `fieldsOf.${type}.${field}`)
          return special.length === 0 ? [] : missing(namespace, `fields.${field}`)
        })
    })
    expect([...new Set(unlabelled)]).toEqual([])
  })

  test('every value the database allows for a word has one in every language', async () => {
    const t = await testDatabase()
    const { rows } = await t.owner.query<{ type: string; rule: string }>(
      `select conrelid::regclass::text as type, pg_get_constraintdef(oid) as rule from pg_constraint where contype = 'c'`,
    )
    await t.close()
    let seen = 0
    const wordless = rows.flatMap(({ type, rule }) => {
      const [, column = '', list = ''] = /^CHECK \(\((\w+) = ANY \(ARRAY\[([^\]]+)\]\)\)\)$/.exec(rule) ?? []
      const field = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      const kind = fieldsOf(type).find(([name]) => name === field)?.[1]
      if (kind?.kind !== 'word') return []
      const [namespace = '', group = ''] = kind.words.split(':')
      seen++
      return [...list.matchAll(/'([^']+)'/g)].flatMap(([, value = '']) => missing(namespace, `${group}.${value}`))
    })
    expect(wordless).toEqual([])
    expect(seen).toBeGreaterThan(20)
  })

  test('hashes, approved states and priorities are internal', () => {
    const told = [...types].flatMap((type) =>
      fieldsOf(type)
        .filter(
          ([field, { kind }]) => kind !== 'internal' && /hash|sha256|material|priority|seq|rows$|mapping/i.test(field),
        )
        .map(([field]) => `${type}.${field}`),
    )
    expect(told).toEqual([])
  })

  test('a record names its headline among the fields that are told', () => {
    for (const { type, headline } of records) {
      if (headline === undefined) continue
      expect([type, fieldsOf(type).find(([field]) => field === headline)?.[1].kind]).not.toEqual([type, 'internal'])
    }
  })
})

describe('actions', () => {
  let emitted: { actions: EmittedAction[]; unclear: string[] }
  beforeAll(() => {
    emitted = emittedActions()
  }, 120_000)

  const keyOf = (type: string, action: string): string => `actions.${type}.${action.slice(action.indexOf('.') + 1)}`

  test('they are found in the code', () => {
    const found = emitted.actions.map(({ type, action }) => `${type} ${action}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'risk_approval risk.accepted',
        'risk_control risk.unlinked',
        'control control.excluded',
        'unit unit.placed',
        'import_run import.confirmed',
      ]),
    )
    expect(new Set(found).size).toBeGreaterThan(120)
  })

  test('type and action of a change are literal, so that its sentence can be looked for', () => {
    // Taking an import back touches records of any type, with one sentence for all.
    expect(emitted.unclear).toEqual(['src/platform/import/server/undo-import.ts: entry.recordType'])
    expect(emitted.actions.filter(({ type }) => type === null).map(({ action }) => action)).toEqual(['import.undone'])
    expect(missing('web', 'actions.any.undone')).toEqual([])
  })

  test('each has a sentence in every language', () => {
    const unsaid = emitted.actions.flatMap(({ type, action }) =>
      type !== null && types.has(type) ? missing(namespaceOfType(type), keyOf(type, action)) : [],
    )
    expect([...new Set(unsaid)]).toEqual([])
  })

  test('a sentence mentions only what an entry holds', () => {
    const wrong = emitted.actions.flatMap(({ type, action }) => {
      if (type === null || !types.has(type)) return []
      const known = new Set(['other', 'name', 'what', 'fields', ...fieldsOf(type).map(([field]) => field)])
      return languages.flatMap((language) => {
        const sentence = String(textOf(language, namespaceOfType(type), keyOf(type, action)))
        return [...sentence.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name = '']) =>
          known.has(name) ? [] : [`${type} ${action}: ${name}`],
        )
      })
    })
    expect(wrong).toEqual([])
  })
})

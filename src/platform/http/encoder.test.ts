import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { modules } from '#app/modules.ts'
import { id, instant, line, date as localDate, prose } from '#platform/contract/schemas.ts'
import { definitionOf, type Encoder, encoderOf } from './encoder.ts'
import { listWriterOf } from './write-list.ts'

const uuid = fc.uuid({ version: 7 })
const texts = [
  '',
  'R-12',
  ' spaced ',
  'a'.repeat(64),
  '2026-03-31',
  'sample@example.com',
  'NUL \u0000',
  '\ud800',
  '日本 \u{1f512}',
]
const misfits = [undefined, null, 3.5, Number.NaN, Infinity, 'x', true, 12n, {}, [], [1], new Date(0), Symbol.iterator]

// What a use-case might return for a schema: fitting values, now and then something that does not fit anywhere.
function valueFor(schema: z.core.$ZodType, wrong: number): fc.Arbitrary<unknown> {
  const def = definitionOf(schema)
  const right = (): fc.Arbitrary<unknown> => {
    switch (def.type) {
      case 'string':
        return fc.constantFrom(...texts)
      case 'number':
        return fc.oneof(fc.integer({ min: -3, max: 2000 }), fc.double())
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'unknown':
        return fc.jsonValue()
      case 'literal':
        return fc.constantFrom(...def.values)
      case 'enum':
        return fc.constantFrom(...Object.values(def.entries))
      case 'custom':
        return fc.oneof(
          uuid,
          uuid,
          fc.constant('2026-03-31'),
          fc.constant('2026-03-31T10:00:00.000Z'),
          fc.constantFrom(...texts),
        )
      case 'nullable':
        return fc.option(valueFor(def.innerType, wrong))
      case 'optional':
        return fc.option(valueFor(def.innerType, wrong), { nil: undefined })
      case 'array':
        return fc.array(valueFor(def.element, wrong), { maxLength: 3 })
      case 'record':
        return fc.dictionary(
          'entries' in definitionOf(def.keyType)
            ? (valueFor(def.keyType, 0) as fc.Arbitrary<string>)
            : fc.string({ maxLength: 8 }),
          valueFor(def.valueType, wrong),
          { maxKeys: 12 },
        )
      case 'union':
        return fc.oneof(...def.options.map((option) => valueFor(option, wrong)))
      case 'object':
        return fc.record({
          ...Object.fromEntries(Object.entries(def.shape).map(([key, member]) => [key, valueFor(member, wrong)])),
          // Rows carry more than a response shows; it must not leave.
          notInTheContract: fc.constant('secret'),
        })
      case 'default':
      case 'prefault':
        return valueFor(def.innerType, wrong)
      case 'pipe':
        return valueFor(def.out, wrong)
      default:
        throw new Error(`No values for ${def.type}.`)
    }
  }
  return wrong === 0
    ? right()
    : fc.oneof({ weight: wrong, arbitrary: right() }, { weight: 1, arbitrary: fc.constantFrom(...misfits) })
}

function outcome(work: () => unknown): { value: unknown } | { issues: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { issues: error instanceof z.ZodError ? error.issues : String(error) }
  }
}

const sameFor = (schema: z.ZodType, encode: Encoder, wrong: number): fc.IProperty<[unknown]> =>
  fc.property(valueFor(schema, wrong), (value) => {
    expect(outcome(() => encode(value))).toStrictEqual(outcome(() => schema.encode(value)))
  })

// Records share one schema among many routes; each schema once.
const responses = [
  ...new Map(
    modules
      .flatMap((one) => one.useCases)
      .flatMap(({ contract: { name, response } }) =>
        response === null || response === 'file' ? [] : [[response, name] as const],
      ),
  ),
]

describe('a compiled encoder answers as the schema does', () => {
  test.each(responses.map(([schema, name]) => [name, schema] as const))('%s', (_name, schema) => {
    const encode = encoderOf(schema)
    fc.assert(sameFor(schema, encode, 0), { numRuns: 8 })
    fc.assert(sameFor(schema, encode, 60), { numRuns: 5 })
  })
})

describe('a list written row by row is what its schema would have said', () => {
  const writers = responses.flatMap(([schema, name]) => {
    const write = listWriterOf(schema)
    return write === null ? [] : [[name, schema, write] as const]
  })
  test('the registers are such lists', () => {
    const names = writers.map(([name]) => name)
    expect(names).toEqual(expect.arrayContaining(['risk.list', 'asset.list', 'control.list', 'person.list']))
  })
  test.each(writers)('%s', (_name, schema, write) => {
    const same = (wrong: number): fc.IProperty<[unknown]> =>
      fc.property(valueFor(schema, wrong), (value) => {
        const [written, encoded] = [
          outcome(() => write(value).toString()),
          outcome(() => JSON.stringify(schema.encode(value))),
        ]
        if ('value' in encoded) expect(written).toStrictEqual(encoded)
        else expect(written).not.toHaveProperty('value')
      })
    fc.assert(same(0), { numRuns: 8 })
    fc.assert(same(60), { numRuns: 5 })
  })
  test('a record with a version is no list, whatever it holds', () => {
    expect(listWriterOf(z.object({ version: z.number(), items: z.array(z.string()) }))).toBeNull()
  })
  test('of many rows, and of none', () => {
    const schema = z.object({ items: z.array(z.object({ id: id('risk') })), total: z.number() })
    const write = listWriterOf(schema)
    for (const count of [0, 1, 49, 50, 51, 100, 237]) {
      const items = Array.from({ length: count }, () => ({ id: '01a020c2-8bf4-7756-a78d-1b602d7f9c75' as never }))
      const value = { items, total: count }
      expect(write?.(value).toString()).toBe(JSON.stringify(schema.encode(value)))
    }
  })
})

describe('small schemas, many values', () => {
  test.each([
    ['id', id('risk')],
    ['instant', instant()],
    ['date', localDate()],
    ['line, which trims', line(10)],
    ['prose', prose(5)],
    ['optional members', z.object({ a: z.string().optional(), b: id('risk').nullable().optional() })],
    ['array with a limit', z.array(id('risk')).max(2)],
    ['record', z.record(z.enum(['a', 'b']), z.number().int())],
    ['union', z.union([z.object({ mode: z.literal('a') }), z.object({ mode: z.literal('b'), at: instant() })])],
  ])('%s', (_name, schema: z.ZodType) => {
    const encode = encoderOf(schema)
    fc.assert(sameFor(schema, encode, 5), { numRuns: 300 })
  })
})

test('what the contract does not name does not leave', () => {
  const encode = encoderOf(z.object({ items: z.array(z.object({ id: id('risk') })) }))
  const row = { id: '01a020c2-8bf4-7756-a78d-1b602d7f9c75', passwordHash: 'secret' }
  expect(encode({ items: [row], more: 1 })).toStrictEqual({ items: [{ id: 'risk_01a020c28bf47756a78d1b602d7f9c75' }] })
})

test('a schema that only decodes is refused as by itself', () => {
  const schema = z.object({ a: z.string().transform(Number) })
  expect(() => encoderOf(schema)({ a: 1 })).toThrow(/transform/i)
})

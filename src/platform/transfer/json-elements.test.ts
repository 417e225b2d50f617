import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonMalformed, jsonElements } from './json-elements.ts'

async function elementsOf(text: string, piece: number, largest = 1e6): Promise<[string, unknown][]> {
  const bytes = Buffer.from(text)
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const found: [string, unknown][] = []
  for await (const element of jsonElements(chunks(), ['tables'], largest)) {
    found.push([element.path.join('.'), JSON.parse(element.text)])
  }
  return found
}

const key = fc.string({ maxLength: 5 }).filter((text) => !['tables', '__proto__'].includes(text))

test('a document comes apart into its values, wherever the pieces end and however it is laid out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        meta: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.dictionary(key, fc.jsonValue())),
        tables: fc.dictionary(key, fc.array(fc.jsonValue(), { maxLength: 4 })),
        ledger: fc.array(fc.jsonValue(), { maxLength: 4 }),
      }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(undefined, 2, '\t'),
      async (document, piece, space) => {
        const expected = [
          ['meta', document.meta],
          ...Object.entries(document.tables).flatMap(([name, rows]) => rows.map((row) => [`tables.${name}`, row])),
          ...document.ledger.map((entry) => ['ledger', entry]),
        ]
        const text = JSON.stringify(document, null, space)
        expect(await elementsOf(text, piece)).toEqual(JSON.parse(JSON.stringify(expected)))
      },
    ),
  )
})

test.each([
  ['', 'breaks off'],
  ['{"ledger": [1, 2', 'breaks off'],
  ['{"ledger": [1, 2]', 'breaks off'],
  ['{"ledger": [1 2]}', 'unexpected'],
  ['{"ledger": [,]}', 'unexpected'],
  ['{"a": 1,}', 'unexpected'],
  ['{"a" 1}', 'unexpected'],
  ['[1]', 'unexpected'],
  ['PK', 'unexpected'],
  ['{} {}', 'unexpected'],
])('%s is no document', async (text, why) => {
  await expect(elementsOf(text, 3)).rejects.toThrow(JsonMalformed)
  await expect(elementsOf(text, 3)).rejects.toThrow(why)
})

test('a value without end is not collected for ever', async () => {
  await expect(elementsOf(`{"ledger": ["${'x'.repeat(5000)}"]}`, 512, 4000)).rejects.toThrow('larger than')
})

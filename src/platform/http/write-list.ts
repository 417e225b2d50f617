import type { z } from 'zod'
import { definitionOf, type Encoder, encoderOf } from './encoder.ts'

/** Turns a response into the bytes that leave, or throws the schema's own error. */
export type ListWriter = (value: unknown) => Buffer

/**
 * A writer for responses that are an object with `items`: the bytes of `JSON.stringify(schema.encode(value))`, made row
 * by row, so that of a register of ten thousand only the bytes grow. Null for every other schema, and for a record with
 * a version, which its answer also tells in a header.
 */
export function listWriterOf(schema: z.ZodType, encodeRest: Encoder = encoderOf(schema)): ListWriter | null {
  const def = definitionOf(schema as z.core.$ZodType)
  if (def.type !== 'object' || def.checks?.length || def.catchall) return null
  if ('version' in def.shape) return null
  const items = def.shape['items']
  const list = items === undefined ? null : definitionOf(items)
  if (list?.type !== 'array' || list.checks?.length) return null
  const encodeItem = encoderOf(list.element as z.ZodType)
  return (value) => {
    const { items: given } = value as { items?: unknown }
    if (!Array.isArray(given)) throw new Error('A response with items was made without them.')
    const rest = encodeRest({ ...(value as object), items: [] }) as Record<string, unknown>
    const members: Buffer[] = []
    for (const [name, member] of Object.entries(rest)) {
      if (member === undefined) continue
      const text = name === 'items' ? '' : JSON.stringify(member)
      members.push(Buffer.from(`${members.length === 0 ? '{' : ','}${JSON.stringify(name)}:${text}`))
      if (name === 'items') members.push(...rows(given, encodeItem))
    }
    members.push(Buffer.from(members.length === 0 ? '{}' : '}'))
    return Buffer.concat(members)
  }
}

// Some rows at a time: one buffer each would be a hundred thousand of them.
const together = 50

function* rows(items: readonly unknown[], encode: (value: unknown) => unknown): Generator<Buffer> {
  for (let from = 0; from < items.length; from += together) {
    const texts = items.slice(from, from + together).map((item) => JSON.stringify(encode(item)))
    yield Buffer.from(`${from === 0 ? '[' : ','}${texts.join(',')}`)
  }
  yield Buffer.from(items.length === 0 ? '[]' : ']')
}

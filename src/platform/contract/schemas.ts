import { z } from 'zod'
import { fromWireId, type Id, toWireId } from '#kernel/id.ts'
import { type Instant, type LocalDate, parseDate } from '#kernel/time.ts'

/** NUL breaks jsonb and text columns, a lone surrogate breaks canonical JSON: both are refused at the door. */
export const storable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed()

export const notStorable = 'contains a character that cannot be stored (NUL or half a surrogate pair)'

/** Any text a person types. Every string field of the API starts from this one. */
export const text = (max: number) =>
  z
    .string()
    .max(max, { error: `is longer than ${max} characters` })
    .refine(storable, { error: notStorable })

/** Text that must not be blank, of as many lines as it takes: a reason, a justification. Outer white space is removed. */
export const filled = (max: number) => text(max).trim().min(1, { error: 'is empty' })

// Line and paragraph separators break lines as well as the control characters do.
const controls = /[\p{Cc}\u2028\u2029]/u

/**
 * Text of one line that must not be blank: a name, a title. Outer white space is removed. Line breaks and other control
 * characters are refused: in a document or a letter what follows would read as something the organization says.
 */
export const line = (max = 200) =>
  filled(max).refine((value) => !controls.test(value), {
    error: 'contains a line break, a tab or another control character',
  })

/** Longer prose; may be empty. */
export const prose = (max = 20_000) => text(max)

/** An id of one record type: `risk_<32 hex>` outside, UUID inside. */
export function id<const Prefix extends string>(prefix: Prefix) {
  return z.codec(
    z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), { error: `is not an id of the form ${prefix}_…` }),
    z.custom<Id<Prefix>>((value) => typeof value === 'string'),
    {
      decode: (wire) => fromWireId<Prefix>(prefix, wire) as Id<Prefix>,
      encode: (uuid) => toWireId(prefix, uuid),
    },
  )
}

/** A moment: ISO 8601 in UTC with milliseconds. */
export const instant = () =>
  z.codec(
    // Text order is time order; what leaves is checked as well, so this is all the work it may be.
    z.iso.datetime().refine((value) => value >= '1000', { error: 'lies before the year 1000' }),
    z.custom<Instant>((value) => typeof value === 'string'),
    { decode: (wire) => new Date(wire).toISOString() as Instant, encode: (value) => value },
  )

/** A calendar day, `YYYY-MM-DD`. */
export const date = () =>
  z.codec(
    z.string().refine((value) => parseDate(value) !== null, { error: 'is not a date of the form YYYY-MM-DD' }),
    z.custom<LocalDate>((value) => typeof value === 'string'),
    { decode: (wire) => wire as LocalDate, encode: (value) => value },
  )

/** A SHA-256 in hex. */
export const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/)

/** Query parameters every register list understands, and the register's own filters. */
export const listQuery = <F extends z.ZodRawShape, const S extends readonly [string, ...string[]]>(
  filters: F,
  sorts: S,
) =>
  z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(10_000).default(200),
    sort: z.enum(sorts.flatMap((key) => [key, `-${key}`]) as [S[number] | `-${S[number]}`]).optional(),
    q: text(200).optional(),
    ...filters,
  })

/** A page of a register. `total` counts all records the filter leaves; `next` is the cursor of the next page. */
export const pageOf = <T extends z.ZodType, C extends z.ZodRawShape>(item: T, can: C) =>
  z.object({ items: z.array(item), total: z.number().int(), next: z.string().nullable(), can: z.object(can) })

/** A value given once or several times in a query string. */
export const several = <T extends z.ZodType<unknown, string>>(value: T) =>
  z.union([value.transform((one) => [one]), z.array(value)])

/** A person as other records show them. */
export const personRef = () => z.object({ id: id('person'), name: z.string(), active: z.boolean() })

/** What a sentence about a record or a request is made from, beside its code. */
export const facts = () =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))

/** RFC 9457 problem details as every refusal leaves the API. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  facts: facts(),
  field: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string(), code: z.string(), facts: facts() })).optional(),
  instance: z.string().optional(),
})
export type Problem = z.infer<typeof problem>

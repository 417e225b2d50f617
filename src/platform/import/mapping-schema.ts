import { z } from 'zod'
import { text } from '#platform/contract/schemas.ts'

const short = text(1000)

/** A column as people may write it: its position (from 0), its heading, or both. */
export const columnInput = z.union([
  z.number().int().min(0).max(1000),
  text(500).min(1),
  z.object({ index: z.number().int().min(0).max(1000), header: short }),
])
const columnsInput = z.union([columnInput, z.array(columnInput).max(50)])

/**
 * A mapping as it is saved and given to the command line. Only the register is needed; what is left out is guessed or
 * stays at its default. Columns may be named by heading.
 */
export const mappingSchema = z.strictObject({
  register: short,
  sheet: short.optional(),
  headerRow: z.number().int().min(1).max(2_000_000).optional(),
  /** Headings of the file it was made for, by which it is proposed for the next one of the same layout. */
  headings: z.array(short).max(500).optional(),
  columns: z.record(short, columnsInput).default({}),
  valueMaps: z.record(short, z.record(short, short.nullable())).default({}),
  levelMaps: z.record(short, z.record(short, z.number().int().min(0).max(100).nullable())).default({}),
  residualMeans: z.enum(['current', 'target']).nullable().default(null),
  dateFormat: z.enum(['dmy', 'mdy']).nullable().default(null),
  defaults: z.record(short, short).default({}),
  rows: z
    .record(
      z.string().regex(/^\d{1,7}$/),
      z.strictObject({ skip: z.boolean().exactOptional(), control: text(40).exactOptional() }),
    )
    .default({}),
  options: z
    .strictObject({
      existing: z.enum(['update', 'skip']).default('skip'),
      assessedMeans: z.enum(['inherent', 'current']).nullable().default(null),
      dimensions: z.record(short, short.nullable()).default({}),
      controlMismatch: z.enum(['number', 'title', 'skip']).nullable().default(null),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .nullable()
        .default(null),
    })
    .prefault({}),
})

import { z } from 'zod'

/** The layout this version writes and the newest it reads. */
export const transferFormat = 1

/** Name of the records within a zip file; files stand beside it as `files/<sha256>`. */
export const recordsName = 'organization.json'

const count = z.int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * What an exported organization says of itself: the member `meta`, always the first. The others are `tables` (rows by
 * table), `counters` (last number given out per reference prefix), `ledger` (entries in order) and `files`.
 */
export const transferMeta = z.object({
  product: z.literal('plumbline'),
  kind: z.literal('organization'),
  format: count,
  appVersion: z.string(),
  /** Number of the last migration of the database it was read from. */
  schema: count,
  exportedAt: z.iso.datetime({ offset: true }),
  organization: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  /** The end of the ledger: worth noting outside this file. */
  head: z.object({ seq: count, at: z.iso.datetime({ offset: true }), hash: sha256 }),
})

export type TransferMeta = z.output<typeof transferMeta>

/** A file an organization holds, named by its content. */
export const transferFile = z.object({ sha256, bytes: count })

export type TransferFile = z.output<typeof transferFile>

export const transferCounter = z.object({
  prefix: z.string().regex(/^[A-Z]{1,8}$/),
  last: z.int().min(0).max(2_147_483_647),
})

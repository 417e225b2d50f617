import { z } from 'zod'

/** The layout this version writes and the newest it reads. */
export const backupFormat = 1

const count = z.int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Segments of plain characters: a path out of the backup must not be able to leave it. */
const path = z.string().regex(/^(?:database|files)(?:\/[A-Za-z0-9_-][\w.-]*)+$/)

const memberSchema = z.object({ path, bytes: count, sha256 })
const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: count,
  /** Path of the member with its rows. */
  member: path,
})
const sequenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** Digits: a sequence counts further than a JSON number does. */
  lastValue: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
})
const fileSchema = z.object({ orgId: z.uuid(), sha256 })

/** What a backup says of itself: `manifest.json`. */
export const manifestSchema = z.object({
  product: z.literal('plumbline'),
  format: count,
  appVersion: z.string(),
  /** Number of the last migration of the database. */
  schemaVersion: count,
  createdAt: z.iso.datetime(),
  postgresVersion: z.string(),
  /** Names the key that secrets in the database are encrypted with, without telling it. The key is not in a backup. */
  keyFingerprint: z.string().nullable(),
  counts: z.object({ tables: count, rows: count, files: count, fileBytes: count }),
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
  /** Files that were already damaged in the store when the backup was made, and are not in it. */
  damagedFiles: z.array(fileSchema),
  members: z.array(memberSchema),
})

export type Manifest = z.output<typeof manifestSchema>
export type ManifestMember = z.output<typeof memberSchema>
export type ManifestTable = z.output<typeof tableSchema>
export type ManifestSequence = z.output<typeof sequenceSchema>

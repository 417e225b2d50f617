import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date, instant, sha256, text } from '#platform/contract/schemas.ts'

/** A record as histories name it; `ref` is empty for records without a reference. */
const recordRef = z.object({ type: z.string(), id: z.string(), ref: z.string(), title: z.string() })

export const historyEntry = z.object({
  /** Position in the organization's ledger. */
  seq: z.number().int(),
  at: instant(),
  actor: z.object({ name: z.string(), kind: z.enum(['person', 'token', 'system']) }),
  /** What happened, `risk.accepted`. */
  action: z.string(),
  reason: z.string().nullable(),
  /**
   * Fields that differ, in words a person reads: names instead of ids, objects and lists as JSON text. Empty for a new
   * record; for a new part of one (a link, an assignment) what it says.
   */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** The part of the record an entry is about; absent where it is about the record itself. */
  part: recordRef.optional(),
})

const cursor = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'does not belong to this list: start again without one' })
  .optional()
const limit = z.coerce.number().int().min(1).max(500).default(50)

/** What happened to one record and its parts, newest first. */
export const history = route({
  name: 'history.list',
  method: 'GET',
  path: '/orgs/:org/history',
  action: 'history.read',
  summary: 'Ledger entries of one record, newest first',
  query: z.object({ type: z.string().max(60), id: z.string().max(80), cursor, limit }),
  response: z.object({ items: z.array(historyEntry), next: z.string().nullable() }),
})

/** What happened in the whole organization, newest first: the audit trail. */
export const auditTrail = route({
  name: 'ledger.list',
  method: 'GET',
  path: '/orgs/:org/ledger',
  action: 'history.read',
  summary: 'The audit trail: ledger entries of every record the caller may read, newest first',
  query: z.object({
    /** Part of the name of who did it. */
    actor: text(200).optional(),
    /** Record type, `risk`. */
    type: z.string().max(60).optional(),
    /** `risk.accepted`, or `risk` for every action that begins so. */
    action: z.string().max(100).optional(),
    from: date().optional(),
    to: date().optional(),
    cursor,
    limit,
  }),
  response: z.object({
    items: z.array(historyEntry.omit({ part: true }).extend({ record: recordRef })),
    next: z.string().nullable(),
    can: z.object({ verify: z.boolean() }),
  }),
})

const faultKinds = ['changed', 'removed', 'inserted', 'reordered', 'headMismatch', 'rowDiffers'] as const

/** Whether the ledger is unaltered and the records are what it says. */
export const ledgerVerification = route({
  name: 'ledger.verify',
  method: 'GET',
  path: '/orgs/:org/ledger/verification',
  action: 'history.verify',
  summary: 'Recompute the chain of the ledger and compare the records with it',
  query: z.object({
    /** A sequence number and hash noted earlier, to prove that nothing up to there was rewritten as a whole. */
    seq: z.coerce.number().int().min(1).optional(),
    hash: sha256().optional(),
  }),
  response: z.object({
    entries: z.number().int(),
    ok: z.boolean(),
    /** The end of the chain: worth noting outside this installation. */
    head: z.object({ seq: z.number().int(), at: instant(), hash: z.string() }).nullable(),
    faults: z.array(z.object({ seq: z.number().int().nullable(), kind: z.enum(faultKinds), sentence: z.string() })),
  }),
  costly: true,
})

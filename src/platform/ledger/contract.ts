import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { instant } from '#platform/contract/schemas.ts'

export const historyEntry = z.object({
  /** Position in the organization's ledger. */
  seq: z.number().int(),
  at: instant(),
  actor: z.object({ name: z.string(), kind: z.enum(['person', 'token', 'system']) }),
  /** What happened, `risk.accepted`. */
  action: z.string(),
  reason: z.string().nullable(),
  /** Fields that differ, in words a person reads; objects and lists as JSON text. Empty for a new record. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

/** What happened to one record, newest first. */
export const history = route({
  name: 'history.list',
  method: 'GET',
  path: '/orgs/:org/history',
  action: 'history.read',
  summary: 'Ledger entries of one record, newest first',
  query: z.object({
    type: z.string().max(60),
    id: z.string().max(80),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  response: z.object({ items: z.array(historyEntry), next: z.string().nullable() }),
})

import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date, instant, sha256, text } from '#platform/contract/schemas.ts'

/** A record as histories name it; `ref` is empty for records without a reference. */
const recordRef = z.object({ type: z.string(), id: z.string(), ref: z.string(), title: z.string() })

const rating = z.object({
  /** `12`, or `3×4` where likelihood and consequence are not multiplied. */
  score: z.string(),
  label: z.string().nullable(),
  /** `#rrggbb` */
  color: z.string().nullable(),
  /** `likelihood`, `overall` or a dimension of the method, with the level chosen and its name. */
  axes: z.array(
    z.object({ key: z.string(), name: z.string().nullable(), value: z.number(), level: z.string().nullable() }),
  ),
})

const sides = <T extends z.ZodType>(of: T) => ({ field: z.string(), before: of.nullable(), after: of.nullable() })

/** A field that differs, before and after, told by its kind. A side is null where nothing is stated. */
export const fieldChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), ...sides(z.string()) }),
  z.object({ kind: z.enum(['date', 'instant']), ...sides(z.string()) }),
  z.object({ kind: z.literal('flag'), ...sides(z.boolean()) }),
  z.object({ kind: z.enum(['number', 'bytes']), ...sides(z.number()) }),
  /** In the smallest unit of the currency. */
  z.object({ kind: z.literal('money'), currency: z.string(), ...sides(z.number()) }),
  /** One of a fixed set; `words` names the group of the web app's texts that has a word for it. */
  z.object({ kind: z.literal('word'), words: z.string(), ...sides(z.string()) }),
  z.object({ kind: z.literal('words'), words: z.string(), ...sides(z.array(z.string())) }),
  /** How many of what. */
  z.object({ kind: z.literal('counts'), words: z.string(), ...sides(z.record(z.string(), z.number())) }),
  /** A list; `keys` of an item have words in the group `words`. */
  z.object({
    kind: z.literal('items'),
    words: z.string().nullable(),
    ...sides(z.array(z.object({ text: z.string(), keys: z.array(z.string()) }))),
  }),
  /** Another record, under the name it had then. */
  z.object({ kind: z.literal('record'), ...sides(recordRef) }),
  z.object({ kind: z.literal('rating'), ...sides(rating) }),
])

export const historyEntry = z.object({
  /** Position in the organization's ledger. */
  seq: z.number().int(),
  /** What happened, `risk.accepted`. */
  action: z.string(),
  reason: z.string().nullable(),
  /** The record that was written, under the name it has after it. */
  record: recordRef,
  /** Whether it is new; then the changes are what it says from the start. */
  isNew: z.boolean(),
  /** In the audit trail: the record this one is a part of; null for a record of its own. */
  of: recordRef.nullable(),
  /** The other records a link or part joins, each with the field it stands in: the person of a role as `personId`. */
  others: z.array(recordRef.extend({ as: z.string() })),
  /** The field that says which one it is, where the record has no name: the kind of a treatment option. */
  headline: fieldChange.nullable(),
  changes: z.array(fieldChange),
})

/** What was written in one go: one act of one person, with all it entailed. */
const event = z.object({
  /** Position of its last entry in the ledger: names the event. */
  seq: z.number().int(),
  at: instant(),
  /** The day in the organization's time zone: the one to look at for the state after it. */
  day: date(),
  actor: z.object({ name: z.string(), kind: z.enum(['person', 'token', 'system']) }),
  /** How many entries it has; `entries` holds the first of them. */
  size: z.number().int(),
  /** The principal one first. */
  entries: z.array(historyEntry),
})

const cursor = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'does not belong to this list: start again without one' })
  .optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)

/** What happened to one record and its parts, newest first. */
export const history = route({
  name: 'history.list',
  method: 'GET',
  path: '/orgs/:org/history',
  action: 'history.read',
  summary: 'What happened to one record and its parts, newest first',
  query: z.object({
    type: z.string().max(60),
    id: z.string().max(80),
    /** The last day told. */
    to: date().optional(),
    cursor,
    limit,
  }),
  response: z.object({ items: z.array(event), next: z.string().nullable() }),
})

/** What happened in the whole organization, newest first: the audit trail. */
export const auditTrail = route({
  name: 'ledger.list',
  method: 'GET',
  path: '/orgs/:org/ledger',
  action: 'history.read',
  summary: 'The audit trail: what happened to every record the caller may read, newest first',
  query: z.object({
    /** Part of the name of who did it. */
    actor: text(200).optional(),
    /** Record type, `risk`; its parts (approvals, links) come with it unless an action is given. */
    type: z.string().max(60).optional(),
    /** `risk.accepted`, `risk` for every action that begins so, `accepted` for every one that ends so. */
    action: z.string().max(100).optional(),
    from: date().optional(),
    to: date().optional(),
    cursor,
    limit,
  }),
  response: z.object({
    items: z.array(event),
    next: z.string().nullable(),
    can: z.object({ verify: z.boolean() }),
  }),
})

/** All entries of one event, in the order in which they were written. */
export const ledgerEvent = route({
  name: 'ledger.event',
  method: 'GET',
  path: '/orgs/:org/ledger/events/:seq',
  action: 'history.read',
  summary: 'Every entry of one event, page by page',
  params: z.object({ seq: z.coerce.number().int().min(1).max(999_999_999_999_999) }),
  query: z.object({ cursor, limit }),
  response: z.object({ items: z.array(historyEntry), next: z.string().nullable() }),
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

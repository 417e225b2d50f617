import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { filled, id, instant, listQuery, pageOf, personRef, prose, sha256 } from '#platform/contract/schemas.ts'
import { interfaceKinds } from './domain/boundary.ts'
import { placeableKinds, placements } from './domain/placeable.ts'
import { scopeChangeCodes } from './domain/scope-content.ts'
import { obstacleCodes, statementStatuses } from './domain/scope-statement.ts'

const statementId = z.object({ statementId: id('scope') })
/** Ids inside a content are those of the records’ own routes, with their prefix. */
const wireId = z.string()

const item = z.object({
  kind: z.enum(placeableKinds),
  id: wireId,
  ref: z.string(),
  name: z.string(),
  placement: z.enum(placements),
  reason: z.string(),
})

const content = z.object({
  items: z.array(item),
  interfaces: z.array(
    z.object({
      id: wireId,
      ref: z.string(),
      kind: z.enum(interfaceKinds),
      name: z.string(),
      counterpart: z.string(),
      controls: z.array(z.string()),
    }),
  ),
  exclusions: z.array(z.object({ id: wireId, ref: z.string(), name: z.string(), justification: z.string() })),
})

const change = z.object({
  code: z.enum(scopeChangeCodes),
  /** Record type of what changed: `site`, `scope_interface`. */
  type: z.string(),
  id: wireId,
  ref: z.string(),
  sentence: z.string(),
})

const obstacle = z.object({
  code: z.enum(obstacleCodes),
  severity: z.enum(['blocks', 'warns']),
  sentence: z.string(),
})

/** A version of the scope statement, without what the records say. */
export const statementItem = z.object({
  id: id('scope'),
  version: z.number().int(),
  /** 1, 2, 3 once approved. */
  number: z.number().int().nullable(),
  status: z.enum(statementStatuses),
  statement: z.string(),
  /** How issues (4.1) and requirements (4.2) shaped the boundary. */
  considerations: z.string(),
  preparedBy: personRef().nullable(),
  approvedAt: instant().nullable(),
  /** The name is the one at that time; the person may be unknown to the directory. */
  approvedBy: z.object({ person: personRef().nullable(), name: z.string() }).nullable(),
  supersededAt: instant().nullable(),
  stateHash: sha256().nullable(),
  can: z.object({ edit: z.boolean(), approve: z.boolean(), withdraw: z.boolean() }),
})

export const statementView = statementItem.extend({
  /** As approved; for a draft as the records say now. */
  content,
  /** What differs from the version approved before. */
  changes: z.array(change),
  previous: z.object({ number: z.number().int(), statement: z.string(), considerations: z.string() }).nullable(),
})

export const scopeView = z.object({
  approved: statementItem.nullable(),
  draft: statementItem.nullable(),
  /** What the records say now. */
  content,
  judgement: z.object({
    /** `none`: nothing was approved yet; `outOfDate`: the records say something else now. */
    state: z.enum(['none', 'current', 'outOfDate']),
    changes: z.array(change),
    notPlaced: z.array(item),
  }),
  /** What stands in the way of approving the draft, or deserves a second look; empty without a draft. */
  obstacles: z.array(obstacle),
  /** Hash of draft and content together: to be sent back by whoever approves what they see. */
  stateHash: sha256().nullable(),
  can: z.object({ edit: z.boolean(), startDraft: z.boolean(), approve: z.boolean() }),
})

const fields = { statement: prose(), considerations: prose() }

/** Routes of the scope statement (4.3). */
export const scope = {
  show: route({
    name: 'scope.show',
    method: 'GET',
    path: '/orgs/:org/scope',
    action: 'scope.read',
    summary: 'The scope: what is approved, what the records say now, and whether the two still agree',
    response: scopeView,
    timeTravel: true,
  }),
  statements: route({
    name: 'scope.list',
    method: 'GET',
    path: '/orgs/:org/scope/statements',
    action: 'scope.read',
    summary: 'Versions of the scope statement, newest first',
    query: listQuery({ status: z.enum(statementStatuses).optional() }, ['number', 'approvedAt']),
    response: pageOf(statementItem, { create: z.boolean() }),
    timeTravel: true,
  }),
  statement: route({
    name: 'scope.showStatement',
    method: 'GET',
    path: '/orgs/:org/scope/statements/:statementId',
    action: 'scope.read',
    summary: 'One version of the scope statement, and what differs from the one before',
    params: statementId,
    response: statementView,
    timeTravel: true,
  }),
  start: route({
    name: 'scope.start',
    method: 'POST',
    path: '/orgs/:org/scope/statements',
    action: 'scope.edit',
    summary: 'Start a new version as a draft; without text it begins with that of the approved one',
    body: z.object(fields).partial(),
    response: statementView,
    creates: true,
  }),
  change: route({
    name: 'scope.change',
    method: 'PATCH',
    path: '/orgs/:org/scope/statements/:statementId',
    action: 'scope.edit',
    summary: 'Change the text of the draft',
    params: statementId,
    body: z.object(fields).partial(),
    response: statementView,
    ifMatch: true,
  }),
  approve: route({
    name: 'scope.approve',
    method: 'POST',
    path: '/orgs/:org/scope/statements/:statementId/approve',
    action: 'scope.approve',
    summary: 'Approve the draft in the state one has seen; the version before is superseded',
    params: statementId,
    body: z.object({ stateHash: sha256() }),
    response: statementView,
  }),
  discard: route({
    name: 'scope.discard',
    method: 'POST',
    path: '/orgs/:org/scope/statements/:statementId/discard',
    action: 'scope.edit',
    summary: 'Discard the draft',
    params: statementId,
    body: z.object({ reason: filled(1000) }),
    response: statementView,
  }),
} as const

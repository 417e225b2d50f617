import { z } from 'zod'
import { registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import {
  date,
  filled,
  id,
  instant,
  line,
  listQuery,
  pageOf,
  personRef,
  prose,
  text,
} from '#platform/contract/schemas.ts'
import { dispositions, obligationGapKinds, obligationKinds, partyKinds } from './domain/obligation.ts'

const kind = z.enum(obligationKinds)
const obligationId = z.object({ obligationId: id('obligation') })
const partyId = z.object({ partyId: id('party') })
const reason = z.object({ reason: filled(1000) })

const fields = {
  title: line(300),
  kind,
  source: text(300),
  clause: text(200),
  jurisdiction: text(200),
  partyId: id('party').nullable(),
  requirement: prose(),
  addressed: z.enum(dispositions),
  addressedWhy: prose(2000),
  ownerId: id('person').nullable(),
  ownerText: text(200),
  appliesSince: date().nullable(),
  reviewOn: date().nullable(),
}
const { title, kind: kindField, ...optional } = fields

export const obligationView = z.object({
  id: id('obligation'),
  ref: z.string(),
  version: z.number().int(),
  title: z.string(),
  kind,
  source: z.string(),
  clause: z.string(),
  jurisdiction: z.string(),
  party: z.object({ id: id('party'), ref: z.string(), name: z.string() }).nullable(),
  requirement: z.string(),
  addressed: fields.addressed,
  addressedWhy: z.string(),
  owner: personRef().nullable(),
  ownerText: z.string(),
  appliesSince: date().nullable(),
  reviewOn: date().nullable(),
  reviewedOn: date().nullable(),
  reviewedBy: personRef().nullable(),
  reviewOverdue: z.boolean(),
  /** Whether it is a reason for controls. */
  driver: z.boolean(),
  /** What an auditor would object to, most important first. */
  gaps: z.array(z.enum(obligationGapKinds)),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), review: z.boolean(), withdraw: z.boolean() }),
})

export const partyView = z.object({
  id: id('party'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  kind: z.enum(partyKinds),
  interest: z.string(),
  /** How many obligations come from it. */
  obligations: z.number().int(),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), withdraw: z.boolean() }),
})
const partyFields = { name: line(), kind: z.enum(partyKinds), interest: prose() }

const listObligations = route({
  name: 'obligation.list',
  method: 'GET',
  path: '/orgs/:org/obligations',
  action: 'obligation.read',
  summary: 'Laws, contracts and requirements to be met',
  query: listQuery(
    {
      kind: kind.optional(),
      addressed: fields.addressed.optional(),
      ownerId: id('person').optional(),
      partyId: id('party').optional(),
      gap: z.enum(obligationGapKinds).optional(),
      withdrawn: z.stringbool().optional(),
    },
    ['ref', 'title', 'kind', 'source', 'owner', 'appliesSince', 'reviewOn', 'reviewedOn'],
  ),
  response: pageOf(obligationView, { create: z.boolean() }),
  timeTravel: true,
})

const listParties = route({
  name: 'party.list',
  method: 'GET',
  path: '/orgs/:org/interested-parties',
  action: 'obligation.read',
  summary: 'Interested parties and how many obligations come from each',
  query: listQuery({ kind: z.enum(partyKinds).optional(), withdrawn: z.stringbool().optional() }, [
    'ref',
    'name',
    'kind',
  ]),
  response: pageOf(partyView, { create: z.boolean() }),
  timeTravel: true,
})

/** Routes of obligations and interested parties. */
export const obligations = {
  list: listObligations,
  export: registerExport(listObligations, {
    name: 'obligation.export',
    path: '/orgs/:org/exports/obligations',
    action: 'obligation.export',
    summary: 'The register of obligations as a document, with the filter of its list',
  }),
  show: route({
    name: 'obligation.show',
    method: 'GET',
    path: '/orgs/:org/obligations/:obligationId',
    action: 'obligation.read',
    summary: 'One obligation',
    params: obligationId,
    response: obligationView,
    timeTravel: true,
  }),
  add: route({
    name: 'obligation.add',
    method: 'POST',
    path: '/orgs/:org/obligations',
    action: 'obligation.create',
    summary: 'Enter an obligation',
    body: z.object({ title, kind: kindField, ...z.object(optional).partial().shape }),
    response: obligationView,
    creates: true,
  }),
  change: route({
    name: 'obligation.change',
    method: 'PATCH',
    path: '/orgs/:org/obligations/:obligationId',
    action: 'obligation.edit',
    summary: 'Change an obligation, or decide whether the ISMS addresses it',
    params: obligationId,
    body: z.object(fields).partial(),
    response: obligationView,
    ifMatch: true,
  }),
  review: route({
    name: 'obligation.review',
    method: 'POST',
    path: '/orgs/:org/obligations/:obligationId/review',
    action: 'obligation.review',
    summary: 'Record that the obligation was reviewed',
    params: obligationId,
    body: z.object({ on: date(), next: date().nullable().default(null), note: text(1000).default('') }),
    response: obligationView,
  }),
  withdraw: route({
    name: 'obligation.withdraw',
    method: 'POST',
    path: '/orgs/:org/obligations/:obligationId/withdraw',
    action: 'obligation.create',
    summary: 'Take an obligation out of the register',
    params: obligationId,
    body: reason,
    response: obligationView,
  }),
  parties: listParties,
  exportParties: registerExport(listParties, {
    name: 'party.export',
    path: '/orgs/:org/exports/interested-parties',
    action: 'obligation.export',
    summary: 'Interested parties as a document, with the filter of their list',
  }),
  party: route({
    name: 'party.show',
    method: 'GET',
    path: '/orgs/:org/interested-parties/:partyId',
    action: 'obligation.read',
    summary: 'One interested party',
    params: partyId,
    response: partyView,
    timeTravel: true,
  }),
  addParty: route({
    name: 'party.add',
    method: 'POST',
    path: '/orgs/:org/interested-parties',
    action: 'obligation.create',
    summary: 'Enter an interested party',
    body: z.object({ ...partyFields, interest: partyFields.interest.default('') }),
    response: partyView,
    creates: true,
  }),
  changeParty: route({
    name: 'party.change',
    method: 'PATCH',
    path: '/orgs/:org/interested-parties/:partyId',
    action: 'obligation.create',
    summary: 'Change an interested party',
    params: partyId,
    body: z.object(partyFields).partial(),
    response: partyView,
    ifMatch: true,
  }),
  withdrawParty: route({
    name: 'party.withdraw',
    method: 'POST',
    path: '/orgs/:org/interested-parties/:partyId/withdraw',
    action: 'obligation.create',
    summary: 'Take an interested party out of the register',
    params: partyId,
    body: reason,
    response: null,
  }),
} as const

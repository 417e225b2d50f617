import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date, id, instant, line, listQuery, pageOf, prose, text } from '#platform/contract/schemas.ts'
import { personKinds, personStatuses } from './domain/person.ts'

const kind = z.enum(personKinds)
const status = z.enum(personStatuses)
const personId = z.object({ personId: id('person') })

const fields = {
  name: line(),
  email: z.email({ error: 'is not an e-mail address' }).max(254).nullable(),
  jobTitle: text(200),
  kind,
  teamId: id('team').nullable(),
  managerId: id('person').nullable(),
  startedOn: date().nullable(),
  note: prose(),
}

export const personView = z.object({
  id: id('person'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  email: z.string().nullable(),
  jobTitle: z.string(),
  kind,
  status,
  team: z.object({ id: id('team'), name: z.string() }).nullable(),
  manager: z.object({ id: id('person'), name: z.string() }).nullable(),
  startedOn: date().nullable(),
  leftOn: date().nullable(),
  note: z.string(),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean() }),
})

/** Routes of the directory. */
export const people = {
  list: route({
    name: 'person.list',
    method: 'GET',
    path: '/orgs/:org/people',
    action: 'person.read',
    summary: 'The directory of people',
    query: listQuery({ status: status.optional(), teamId: id('team').optional() }, [
      'ref',
      'name',
      'jobTitle',
      'status',
    ]),
    response: pageOf(personView, { create: z.boolean(), import: z.boolean() }),
    timeTravel: true,
  }),
  show: route({
    name: 'person.show',
    method: 'GET',
    path: '/orgs/:org/people/:personId',
    action: 'person.read',
    summary: 'One person of the directory',
    params: personId,
    response: personView,
    timeTravel: true,
  }),
  add: route({
    name: 'person.add',
    method: 'POST',
    path: '/orgs/:org/people',
    action: 'person.edit',
    summary: 'Add a person to the directory',
    body: z.object({
      ...fields,
      email: fields.email.default(null),
      jobTitle: fields.jobTitle.default(''),
      kind: kind.default('employee'),
      teamId: fields.teamId.default(null),
      managerId: fields.managerId.default(null),
      startedOn: fields.startedOn.default(null),
      note: fields.note.default(''),
    }),
    response: personView,
    creates: true,
  }),
  change: route({
    name: 'person.change',
    method: 'PATCH',
    path: '/orgs/:org/people/:personId',
    action: 'person.edit',
    summary: 'Change a person’s entry',
    params: personId,
    body: z.object(fields).partial(),
    response: personView,
    ifMatch: true,
  }),
  leave: route({
    name: 'person.leave',
    method: 'POST',
    path: '/orgs/:org/people/:personId/leave',
    action: 'person.edit',
    summary: 'Record that a person has left',
    params: personId,
    body: z.object({ on: date() }),
    response: personView,
  }),
} as const

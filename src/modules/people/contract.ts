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
  several,
  text,
} from '#platform/contract/schemas.ts'
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
  can: z.object({
    edit: z.boolean(),
    leave: z.boolean(),
    beAbsent: z.boolean(),
    comeBack: z.boolean(),
    withdraw: z.boolean(),
  }),
})

/** Something a person is answerable for, wherever it is recorded. */
export const ownedItem = z.object({
  /** In what way: `owner`, `custodian`, `teamLead`, `manager`, `ismsRole`, `signIn` … */
  duty: z.string(),
  type: z.string(),
  id: z.string(),
  /** Empty for records without a reference. */
  ref: z.string(),
  title: z.string(),
  /** Address in the web app inside the organization. */
  path: z.string(),
})

export const teamView = z.object({
  id: id('team'),
  version: z.number().int(),
  name: z.string(),
  parent: z.object({ id: id('team'), name: z.string() }).nullable(),
  lead: personRef().nullable(),
  /** People in it now, teams below left out. */
  members: z.number().int(),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), withdraw: z.boolean() }),
})

const teamFields = { name: line(), parentId: id('team').nullable(), leadId: id('person').nullable() }
const teamId = z.object({ teamId: id('team') })
const reason = z.object({ reason: filled(1000) })

const listPeople = route({
  name: 'person.list',
  method: 'GET',
  path: '/orgs/:org/people',
  action: 'person.read',
  summary: 'The directory of people',
  query: listQuery(
    {
      // Given several times, a filter lets through what fits any of its values.
      status: several(status).optional(),
      kind: several(kind).optional(),
      teamId: several(id('team')).optional(),
      managerId: id('person').optional(),
      withdrawn: z.stringbool().optional(),
    },
    ['ref', 'name', 'jobTitle', 'team', 'status', 'startedOn'],
  ),
  response: pageOf(personView, { create: z.boolean(), import: z.boolean() }),
  timeTravel: true,
})

/** Routes of the directory. */
export const people = {
  list: listPeople,
  export: registerExport(listPeople, {
    name: 'person.export',
    path: '/orgs/:org/exports/people',
    action: 'person.export',
    summary: 'The directory as a document, with the filter of its list',
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
    alsoActions: ['member.edit'],
    summary: 'Record that a person has left; the answer lists what must be given to somebody else',
    params: personId,
    body: z.object({ on: date() }),
    response: personView.extend({ owned: z.array(ownedItem) }),
  }),
  owned: route({
    name: 'person.owned',
    method: 'GET',
    path: '/orgs/:org/people/:personId/owned',
    action: 'person.read',
    summary: 'Everything a person is answerable for now',
    params: personId,
    response: z.object({ items: z.array(ownedItem) }),
    timeTravel: true,
  }),
  beAbsent: route({
    name: 'person.beAbsent',
    method: 'POST',
    path: '/orgs/:org/people/:personId/absent',
    action: 'person.edit',
    summary: 'Record that a person is away for longer',
    params: personId,
    body: z.object({ reason: text(1000).default('') }),
    response: personView,
  }),
  comeBack: route({
    name: 'person.comeBack',
    method: 'POST',
    path: '/orgs/:org/people/:personId/return',
    action: 'person.edit',
    summary: 'Take a person back who was absent or had left',
    params: personId,
    response: personView,
  }),
  withdraw: route({
    name: 'person.withdraw',
    method: 'POST',
    path: '/orgs/:org/people/:personId/withdraw',
    action: 'person.edit',
    summary: 'Take out an entry that was made by mistake',
    params: personId,
    body: reason,
    response: personView,
  }),
  teams: route({
    name: 'team.list',
    method: 'GET',
    path: '/orgs/:org/teams',
    action: 'team.read',
    summary: 'The teams of the directory',
    query: listQuery({ parentId: id('team').optional(), withdrawn: z.stringbool().optional() }, [
      'name',
      'parent',
      'lead',
    ]),
    response: pageOf(teamView, { create: z.boolean() }),
    timeTravel: true,
  }),
  team: route({
    name: 'team.show',
    method: 'GET',
    path: '/orgs/:org/teams/:teamId',
    action: 'team.read',
    summary: 'One team',
    params: teamId,
    response: teamView,
    timeTravel: true,
  }),
  addTeam: route({
    name: 'team.add',
    method: 'POST',
    path: '/orgs/:org/teams',
    action: 'team.edit',
    summary: 'Add a team',
    body: z.object({
      name: teamFields.name,
      parentId: teamFields.parentId.default(null),
      leadId: teamFields.leadId.default(null),
    }),
    response: teamView,
    creates: true,
  }),
  changeTeam: route({
    name: 'team.change',
    method: 'PATCH',
    path: '/orgs/:org/teams/:teamId',
    action: 'team.edit',
    summary: 'Change name, parent or lead of a team',
    params: teamId,
    body: z.object(teamFields).partial(),
    response: teamView,
    ifMatch: true,
  }),
  withdrawTeam: route({
    name: 'team.withdraw',
    method: 'POST',
    path: '/orgs/:org/teams/:teamId/withdraw',
    action: 'team.edit',
    summary: 'Dissolve a team nobody is in',
    params: teamId,
    body: reason,
    response: teamView,
  }),
} as const

import { z } from 'zod'
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
import { assignmentStates, mandates, roleStates } from './domain/role.ts'

const mandate = z.enum(mandates)
const roleId = z.object({ roleId: id('role') })
const assignmentId = z.object({ assignmentId: id('assignment') })
const reason = z.object({ reason: filled(1000) })

export const assignmentView = z.object({
  id: id('assignment'),
  version: z.number().int(),
  person: personRef(),
  state: z.enum(assignmentStates),
  assignedOn: date(),
  acceptedAt: instant().nullable(),
  declinedAt: instant().nullable(),
  endedOn: date().nullable(),
  can: z.object({ answer: z.boolean(), end: z.boolean() }),
})

export const roleView = z.object({
  id: id('role'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  /** Which of the two mandatory assignments of 5.3 the role carries. */
  mandate: mandate.nullable(),
  responsibilities: z.string(),
  authorities: z.string(),
  withdrawnAt: instant().nullable(),
  /** Filled only by somebody who is here and has accepted. */
  state: z.enum(roleStates),
  /** Running assignments first, then declined and ended ones. */
  assignments: z.array(assignmentView),
  can: z.object({ edit: z.boolean(), assign: z.boolean(), withdraw: z.boolean() }),
})

const wording = z.object({ name: z.string(), responsibilities: z.string(), authorities: z.string() })

export const standardRoleView = z.object({
  key: z.string(),
  mandate: mandate.nullable(),
  en: wording,
  de: wording,
  /** A role of that name is in use already. */
  adopted: z.boolean(),
})

const fields = { name: line(), mandate: mandate.nullable(), responsibilities: prose(5000), authorities: prose(5000) }

/** Routes of the ISMS roles (5.3) and who holds them. */
export const roles = {
  list: route({
    name: 'role.list',
    method: 'GET',
    path: '/orgs/:org/roles',
    action: 'role.read',
    summary: 'Roles of the ISMS with their holders, and whether the two mandatory assignments are made',
    query: listQuery(
      {
        mandate: mandate.optional(),
        holderId: id('person').optional(),
        vacant: z.stringbool().optional(),
        withdrawn: z.stringbool().optional(),
      },
      ['ref', 'name'],
    ),
    response: pageOf(roleView, { create: z.boolean() }).extend({
      /** One row per mandatory assignment of 5.3, whether or not a role carries it. */
      mandates: z.array(
        z.object({
          mandate,
          state: z.enum(roleStates),
          roles: z.array(z.object({ id: id('role'), ref: z.string(), name: z.string() })),
        }),
      ),
    }),
    timeTravel: true,
  }),
  show: route({
    name: 'role.show',
    method: 'GET',
    path: '/orgs/:org/roles/:roleId',
    action: 'role.read',
    summary: 'One role with its holders',
    params: roleId,
    response: roleView,
    timeTravel: true,
  }),
  standard: route({
    name: 'role.standard',
    method: 'GET',
    path: '/orgs/:org/roles/standard',
    action: 'role.read',
    summary: 'The roles offered to start with',
    response: z.object({ items: z.array(standardRoleView) }),
  }),
  adopt: route({
    name: 'role.adopt',
    method: 'POST',
    path: '/orgs/:org/roles/standard',
    action: 'role.edit',
    summary: 'Take over roles from those offered; what is in use already stays as it is',
    body: z.object({ keys: z.array(text(60)).max(100), language: z.enum(['en', 'de']) }),
    response: z.object({ items: z.array(roleView) }),
  }),
  add: route({
    name: 'role.add',
    method: 'POST',
    path: '/orgs/:org/roles',
    action: 'role.edit',
    summary: 'Add a role',
    body: z.object({
      name: fields.name,
      mandate: fields.mandate.default(null),
      responsibilities: fields.responsibilities.default(''),
      authorities: fields.authorities.default(''),
    }),
    response: roleView,
    creates: true,
  }),
  change: route({
    name: 'role.change',
    method: 'PATCH',
    path: '/orgs/:org/roles/:roleId',
    action: 'role.edit',
    summary: 'Change what a role says',
    params: roleId,
    body: z.object(fields).partial(),
    response: roleView,
    ifMatch: true,
  }),
  withdraw: route({
    name: 'role.withdraw',
    method: 'POST',
    path: '/orgs/:org/roles/:roleId/withdraw',
    action: 'role.edit',
    summary: 'Take a role out of use that nobody holds',
    params: roleId,
    body: reason,
    response: roleView,
  }),
  assign: route({
    name: 'role.assign',
    method: 'POST',
    path: '/orgs/:org/roles/:roleId/assign',
    action: 'role.edit',
    summary: 'Assign a role to a person, who then accepts or declines it',
    params: roleId,
    body: z.object({ personId: id('person'), on: date() }),
    response: roleView,
  }),
  accept: route({
    name: 'role.accept',
    method: 'POST',
    path: '/orgs/:org/role-assignments/:assignmentId/accept',
    action: 'role.answer',
    summary: 'Accept a role assigned to oneself',
    params: assignmentId,
    response: roleView,
  }),
  decline: route({
    name: 'role.decline',
    method: 'POST',
    path: '/orgs/:org/role-assignments/:assignmentId/decline',
    action: 'role.answer',
    summary: 'Decline a role assigned to oneself',
    params: assignmentId,
    body: reason,
    response: roleView,
  }),
  end: route({
    name: 'role.end',
    method: 'POST',
    path: '/orgs/:org/role-assignments/:assignmentId/end',
    action: 'role.edit',
    summary: 'End an assignment; the day given is the last one',
    params: assignmentId,
    body: z.object({ on: date(), reason: filled(1000) }),
    response: roleView,
  }),
} as const

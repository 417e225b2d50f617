import { date, instant, internal, record, text, word } from '#platform/ledger/field-kind.ts'
import { recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { Person } from '../domain/person.ts'
import type { IsmsRole, RoleAssignment } from '../domain/role.ts'
import type { Team } from '../domain/team.ts'

/** People own their own entry. */
export const personRecord = recordType<Person>({
  type: 'person',
  prefix: 'person',
  refPrefix: 'P',
  owners: (person) => [person.id],
  noun: 'person',
  readAction: 'person.read',
  fields: {
    ref: internal,
    name: text,
    email: text,
    jobTitle: text,
    kind: word('people:kinds'),
    status: word('people:statuses'),
    teamId: record('team'),
    managerId: record('person'),
    startedOn: date,
    leftOn: date,
    note: text,
    withdrawnAt: instant,
  },
})

export const teamRecord = recordType<Team>({
  type: 'team',
  prefix: 'team',
  refPrefix: null,
  owners: (team) => [team.leadId],
  noun: 'team',
  readAction: 'team.read',
  fields: {
    name: text,
    parentId: record('team'),
    leadId: record('person'),
    withdrawnAt: instant,
  },
})

export const roleRecord = recordType<IsmsRole>({
  type: 'isms_role',
  prefix: 'role',
  refPrefix: 'RO',
  owners: () => [],
  noun: 'role',
  readAction: 'role.read',
  fields: {
    ref: internal,
    name: text,
    mandate: word('people:values.mandate'),
    responsibilities: text,
    authorities: text,
    withdrawnAt: instant,
  },
})

/** Owned by whoever is to accept it. */
export const assignmentRecord = recordType<RoleAssignment>({
  type: 'role_assignment',
  prefix: 'assignment',
  refPrefix: null,
  owners: (assignment) => [assignment.personId],
  noun: 'role assignment',
  readAction: 'role.read',
  partOf: [
    { type: 'isms_role', column: 'role_id' },
    { type: 'person', column: 'person_id' },
  ],
  fields: {
    roleId: record('isms_role'),
    personId: record('person'),
    assignedOn: date,
    assignedBy: record('person'),
    acceptedAt: instant,
    declinedAt: instant,
    endedOn: date,
  },
})

export const peopleFindables: readonly Findable[] = [
  {
    record: personRecord,
    path: '/people',
    sql: `select id, ref, name as title, concat_ws(' ', email, job_title) as more, withdrawn_at is null as live
          from person where org_id = $1`,
  },
  {
    record: teamRecord,
    path: '/teams',
    sql: `select id, null as ref, name as title, '' as more, withdrawn_at is null as live from team where org_id = $1`,
  },
  {
    record: roleRecord,
    path: '/roles',
    sql: `select id, ref, name as title, responsibilities as more, withdrawn_at is null as live
          from isms_role where org_id = $1`,
  },
]

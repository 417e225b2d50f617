import type { Allowance, RoleTable } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'

// The one table of role × action. `all`: on every record; `own`: on records the person is answerable for.
// Roles add up: someone who is risk owner and top management has both rows.

type Row = Partial<Record<Role, Allowance>>

const manage: Row = { administrator: 'all', ismsManager: 'all' }
const administer: Row = { administrator: 'all' }
const readers: Row = {
  administrator: 'all',
  ismsManager: 'all',
  owner: 'all',
  contributor: 'all',
  topManagement: 'all',
  internalAuditor: 'all',
  externalAuditor: 'all',
}
const everyone: Row = { ...readers, employee: 'all' }
/** Managers everywhere, owners on what is theirs. */
const manageOrOwn: Row = { ...manage, owner: 'own' }
/** Registers contributors fill in as well. */
const contribute: Row = { ...manageOrOwn, contributor: 'all' }

export const roleTable: RoleTable = {
  'member.read': { administrator: 'all', ismsManager: 'all' },
  'member.edit': administer,
  'token.edit': administer,
  'history.read': readers,
  'search.read': everyone,

  'person.read': everyone,
  'person.edit': manage,
  'person.import': manage,

  'asset.read': readers,
  'asset.create': { ...manage, contributor: 'all' },
  'asset.edit': contribute,
  'asset.verify': { ...contribute, internalAuditor: 'all' },
  'asset.withdraw': manageOrOwn,
  'asset.import': manage,
  'classification.read': everyone,
  'classification.edit': manage,

  'catalogue.read': everyone,

  'obligation.read': readers,
  'obligation.create': manage,
  'obligation.edit': manageOrOwn,
  'obligation.review': manageOrOwn,
}

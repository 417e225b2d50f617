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
const insiders: Row = {
  administrator: 'all',
  ismsManager: 'all',
  owner: 'all',
  contributor: 'all',
  topManagement: 'all',
  internalAuditor: 'all',
  employee: 'all',
}
/** Managers everywhere, owners on what is theirs. */
const manageOrOwn: Row = { ...manage, owner: 'own' }
/** Registers contributors fill in as well. */
const contribute: Row = { ...manageOrOwn, contributor: 'all' }
/** Whoever may own a risk; the rule behind the act asks that it be theirs. */
const signers: Row = {
  administrator: 'own',
  ismsManager: 'own',
  owner: 'own',
  contributor: 'own',
  topManagement: 'own',
}

export const roleTable: RoleTable = {
  'member.read': { administrator: 'all', ismsManager: 'all' },
  'member.edit': administer,
  'member.enterSelf': administer,
  'token.edit': administer,
  'me.read': everyone,
  'history.read': readers,
  'search.read': everyone,
  'view.read': everyone,
  // One's own; an external auditor leaves nothing behind.
  'view.edit': insiders,
  'view.share': manage,

  'person.read': everyone,
  'person.edit': manage,
  'person.import': manage,
  'person.export': everyone,

  'asset.read': readers,
  'asset.create': { ...manage, contributor: 'all' },
  'asset.edit': contribute,
  'asset.verify': { ...contribute, internalAuditor: 'all' },
  'asset.withdraw': manageOrOwn,
  'asset.import': manage,
  'asset.export': readers,
  'classification.read': everyone,
  'classification.edit': manage,

  'catalogue.read': everyone,

  'obligation.read': readers,
  'obligation.create': manage,
  'obligation.edit': manageOrOwn,
  'obligation.review': manageOrOwn,
  'obligation.export': readers,

  'method.read': readers,
  'method.edit': manage,
  'method.approve': { administrator: 'all', topManagement: 'all' },
  'risk.read': readers,
  'risk.create': { ...manage, owner: 'all', contributor: 'all' },
  // Recording a risk as its own owner, who will sign for it.
  'risk.claim': { ...manage, owner: 'all' },
  'risk.edit': contribute,
  // Whoever owns a risk signs for it: the owner passes it on, or those who manage the register name another.
  'risk.assign': { ...manageOrOwn, contributor: 'own' },
  'risk.assess': contribute,
  'risk.treat': contribute,
  'risk.withdraw': manageOrOwn,
  // Only the owner of a risk signs for it, whatever other roles they hold.
  'risk.approvePlan': signers,
  'risk.accept': signers,
  'risk.sign': { topManagement: 'all', ismsManager: 'all' },
  'risk.import': manage,
  'risk.export': readers,
  'action.edit': contribute,
  'run.edit': manage,

  'control.read': readers,
  'control.create': manage,
  'control.edit': contribute,
  'control.decide': manage,
  'control.state': contribute,
  'control.import': manage,
  'soa.read': readers,
  'soa.propose': manage,
  'soa.issue': { topManagement: 'all', administrator: 'all' },
  'soa.export': readers,

  'history.verify': { ...manage, topManagement: 'all', internalAuditor: 'all', externalAuditor: 'all' },

  'team.read': everyone,
  'team.edit': manage,
  'role.read': everyone,
  'role.edit': manage,
  // Only the person a role is assigned to says whether they take it on.
  'role.answer': { ...signers, internalAuditor: 'own', employee: 'own' },

  'evidence.read': readers,
  'evidence.create': { ...manage, owner: 'all', contributor: 'all' },
  'evidence.edit': contribute,
  'evidence.withdraw': manageOrOwn,
  'evidence.export': readers,

  'organization.read': everyone,
  'organization.edit': manage,
  // Everything in one file, what is said in confidence included.
  'organization.export': administer,
  'structure.read': everyone,
  'structure.edit': manageOrOwn,
  'structure.export': everyone,
  'scope.read': everyone,
  'scope.edit': manage,
  'scope.approve': { administrator: 'all', topManagement: 'all' },
}

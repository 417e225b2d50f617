import type { Id, OrgId } from '#kernel/id.ts'
import { type Refusal, type Result, refuse } from '#kernel/result.ts'
import type { Role } from './roles.ts'
import type { SystemName } from './system-actors.ts'

/** Facts of the organization a request acts in. */
export interface OrgFacts {
  readonly id: OrgId
  readonly slug: string
  readonly name: string
  readonly language: string
  readonly currency: string
  readonly timeZone: string
  readonly demo: boolean
}

/** Who acts, as the session or token says. `personId` is the entry in the organization's directory, where linked. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'system'
  readonly id: Id | null
  readonly name: string
  readonly personId: Id<'person'> | null
  readonly roles: readonly Role[]
  readonly org: OrgFacts
}

/** `all`: on every record; `own`: on records the actor's person is answerable for. */
export type Allowance = 'all' | 'own'

/** Role × action: the only source of rights. */
export type RoleTable = Readonly<Record<string, Readonly<Partial<Record<Role, Allowance>>>>>

declare const granted: unique symbol

/** Proof that the role table allows an action to this actor, on all records or on own ones. */
export interface Permission {
  readonly [granted]: 'permission'
  readonly actor: Actor
  readonly action: string
  readonly allowance: Allowance
}

/** Proof that the actor may write this record. Stores accept nothing else. */
export interface Grant {
  readonly [granted]: 'grant'
  readonly actor: Actor
  readonly action: string
}

const forbidden = (actor: Actor, action: string): { ok: false; refusal: Refusal } =>
  refuse('access.forbidden', `Your role in ${actor.org.name} does not allow this (${action}).`, {
    action,
    roles: actor.roles,
  })

/** What the table allows an actor for an action: the widest of the roles held, or null. */
export function allowanceOf(table: RoleTable, actor: Actor, action: string): Allowance | null {
  if (actor.kind === 'system') return 'all'
  const row = table[action]
  if (!row) return null
  let best: Allowance | null = null
  for (const role of actor.roles) {
    const allowance = row[role]
    if (allowance === 'all') return 'all'
    if (allowance === 'own') best = 'own'
  }
  return best
}

/** Decides whether an actor may perform an action at all. Refuses with `access.forbidden`. */
export function authorize(table: RoleTable, actor: Actor, action: string): Result<Permission> {
  const allowance = allowanceOf(table, actor, action)
  if (allowance === null) return forbidden(actor, action)
  return { ok: true, value: { actor, action, allowance } as Permission }
}

/** Narrows a permission to a record, given the persons answerable for it. Refuses with `access.not_yours`. */
export function grantFor(permission: Permission, owners: readonly (Id<'person'> | null)[]): Result<Grant> {
  const { actor, action, allowance } = permission
  if (allowance === 'own' && !isOwn(actor, owners)) {
    return refuse('access.not_yours', 'You can do this only on records you own; ask the owner or an ISMS manager.', {
      action,
    })
  }
  return { ok: true, value: { actor, action } as Grant }
}

/** A grant for a record that does not exist yet. Only those allowed on all records may create. */
export function grantForNew(permission: Permission): Result<Grant> {
  const { actor, action, allowance } = permission
  if (allowance !== 'all') return forbidden(actor, action)
  return { ok: true, value: { actor, action } as Grant }
}

/** Whether one action is open to an actor on a record: what the API's `can` says. */
export function permits(
  table: RoleTable,
  actor: Actor,
  action: string,
  owners: readonly (Id<'person'> | null)[] = [],
): boolean {
  const allowance = allowanceOf(table, actor, action)
  return allowance === 'all' || (allowance === 'own' && isOwn(actor, owners))
}

function isOwn(actor: Actor, owners: readonly (Id<'person'> | null)[]): boolean {
  return actor.personId !== null && owners.includes(actor.personId)
}

/**
 * Whether some roles allow nothing that others do not allow as well, action by action: nobody hands out more than they
 * hold.
 */
export function covers(table: RoleTable, holder: readonly Role[], given: readonly Role[]): boolean {
  const rank = (row: RoleTable[string], roles: readonly Role[]): number =>
    Math.max(0, ...roles.map((role) => ({ all: 2, own: 1, none: 0 })[row[role] ?? 'none']))
  return Object.values(table).every((row) => rank(row, given) <= rank(row, holder))
}

/**
 * A grant for what people do about their own membership: set up an organization, accept an invitation. No role decides
 * it. Identity checks first that it is theirs.
 */
export function ownAct(actor: Actor, action: string): Grant {
  return { actor, action } as Grant
}

/** A grant for work nobody asked for by name: migrations of data, jobs, the demo. Says why; the ledger shows it. */
export function systemGrant(org: OrgFacts, reason: SystemName): Grant & { readonly actor: Actor } {
  const actor: Actor = { kind: 'system', id: null, name: reason, personId: null, roles: [], org }
  return { actor, action: 'system' } as Grant
}

import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { dateAt, type LocalDate } from '#kernel/time.ts'
import type { QueryOf, ResponseOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { assignmentView, roles, roleView } from '../contract-roles.ts'
import {
  assignmentState,
  assignmentStates,
  bestState,
  type IsmsRole,
  mandates,
  type RoleAssignment,
  roleState,
} from '../domain/role.ts'
import { isActive } from './reader.ts'

type View = z.output<typeof roleView>
type Held = RoleAssignment & { readonly personName: string; readonly personActive: boolean }

/** A page of roles with their holders, and the state of the two mandatory assignments. Three statements. */
export async function listRoles(
  tx: Tx,
  query: QueryOf<typeof roles.list>,
  can: Can,
): Promise<Omit<ResponseOf<typeof roles.list>, 'can'>> {
  const today = todayOf(tx)
  let rows = sqlBuilder.selectFrom('ismsRole as r').selectAll('r').where('r.orgId', '=', tx.org.id)
  rows = rows.where('r.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.mandate) rows = rows.where('r.mandate', '=', query.mandate)
  if (query.holderId) rows = rows.where(running(today, sql`a.person_id = ${query.holderId}`))
  if (query.vacant !== undefined) {
    const filled = running(today, sql`a.accepted_at is not null and ${sql.raw(isActive('p'))}`)
    rows = rows.where(query.vacant ? sql<boolean>`not ${filled}` : filled)
  }
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(sql<boolean>`(r.ref ilike ${pattern} or r.name ilike ${pattern}
      or r.responsibilities ilike ${pattern} or ${running(today, sql`p.name ilike ${pattern}`)})`)
  }
  const [found, mandated] = await Promise.all([
    page<IsmsRole>(tx, rows, query, {
      by: { ref: { sql: sql`r.ref collate people` }, name: { sql: sql`r.name collate people` } },
      id: sql`r.id`,
      first: 'ref',
    }),
    tx.rows<IsmsRole>(
      statement('select * from isms_role where org_id = $1 and mandate is not null and withdrawn_at is null', [
        tx.org.id,
      ]),
    ),
  ])
  const held = await assignments(tx, [...found.items, ...mandated])
  const stateOf = (role: IsmsRole): View['state'] => view(role, held, today, can).state
  return {
    ...found,
    items: found.items.map((role) => view(role, held, today, can)),
    mandates: mandates.map((mandate) => {
      const carrying = mandated.filter((role) => role.mandate === mandate)
      return {
        mandate,
        state: bestState(carrying.map(stateOf)),
        roles: carrying.map(({ id, ref, name }) => ({ id, ref, name })),
      }
    }),
  }
}

/** One role with its holders. Refuses with `isms_role.not_found`. Two statements. */
export async function showRole(tx: Tx, id: Id<'role'>, can: Can): Promise<View> {
  const [view] = await showRoles(tx, [id], can)
  if (view) return view
  throw new RefusalError({
    code: 'isms_role.not_found',
    message: `There is no such role in ${tx.org.name}.`,
    facts: {},
  })
}

/** Some roles with their holders, by reference. Two statements. */
export async function showRoles(tx: Tx, ids: readonly Id<'role'>[], can: Can): Promise<View[]> {
  const [rows, held] = await Promise.all([
    tx.rows<IsmsRole>(
      statement('select * from isms_role where org_id = $1 and id = any($2) order by ref collate people', [
        tx.org.id,
        ids,
      ]),
    ),
    assignments(
      tx,
      ids.map((id) => ({ id })),
    ),
  ])
  return rows.map((role) => view(role, held, todayOf(tx), can))
}

/** The day it is for the organization, or was at the date asked about. */
export const todayOf = (tx: Tx): LocalDate => dateAt(tx.now, tx.org.timeZone)

// A running assignment of role r, answered or not, for which something holds.
const running = (today: LocalDate, holds: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from role_assignment a
    join person p on p.org_id = a.org_id and p.id = a.person_id
    where a.org_id = r.org_id and a.role_id = r.id and a.declined_at is null
      and (a.ended_on is null or a.ended_on >= ${today}) and ${holds})`

function assignments(tx: Tx, of: readonly { readonly id: Id<'role'> }[]): Promise<Held[]> {
  return tx.rows<Held>(
    statement(
      `select a.*, p.name as person_name, ${isActive('p')} as person_active
       from role_assignment a join person p on p.org_id = a.org_id and p.id = a.person_id
       where a.org_id = $1 and a.role_id = any($2) order by a.assigned_on, a.id`,
      [tx.org.id, of.map((role) => role.id)],
    ),
  )
}

function view(role: IsmsRole, held: readonly Held[], today: LocalDate, can: Can): View {
  const { orgId: _orgId, ...rest } = role
  const own = held.filter((one) => one.roleId === role.id).map((one) => assignmentOf(one, today, can))
  const edit = role.withdrawnAt === null && can('role.edit')
  const runningNow = own.some((one) => one.state === 'awaiting' || one.state === 'accepted')
  return {
    ...rest,
    state: roleState(own.map((one) => ({ state: one.state, active: one.person.active }))),
    assignments: own.sort((a, b) => rank(a.state) - rank(b.state)),
    can: { edit, assign: edit, withdraw: edit && !runningNow },
  }
}

// Whoever holds the role first, then who is asked, then what is over.
const rank = (state: View['assignments'][number]['state']): number =>
  state === 'accepted' ? -1 : assignmentStates.indexOf(state)

function assignmentOf(one: Held, today: LocalDate, can: Can): z.output<typeof assignmentView> {
  const state = assignmentState(one, today)
  const { id, version, personId, personName, personActive, assignedOn, acceptedAt, declinedAt, endedOn } = one
  return {
    id,
    version,
    person: { id: personId, name: personName, active: personActive },
    state,
    assignedOn,
    acceptedAt,
    declinedAt,
    endedOn,
    can: {
      answer: state === 'awaiting' && can('role.answer', [personId]),
      end: (state === 'awaiting' || state === 'accepted') && can('role.edit'),
    },
  }
}

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { people, teamView } from '../contract.ts'
import { isActive, personRefOf } from './reader.ts'

type View = z.output<typeof teamView>

interface Row {
  readonly id: Id<'team'>
  readonly version: number
  readonly name: string
  readonly withdrawnAt: Instant | null
  readonly parentId: Id<'team'> | null
  readonly parentName: string | null
  readonly leadId: Id<'person'> | null
  readonly leadName: string | null
  readonly leadActive: boolean | null
}

const select = () =>
  sqlBuilder
    .selectFrom('team as t')
    .leftJoin('team as u', (join) => join.onRef('u.orgId', '=', 't.orgId').onRef('u.id', '=', 't.parentId'))
    .leftJoin('person as l', (join) => join.onRef('l.orgId', '=', 't.orgId').onRef('l.id', '=', 't.leadId'))
    .select([
      't.id',
      't.version',
      't.name',
      't.withdrawnAt',
      'u.id as parentId',
      'u.name as parentName',
      'l.id as leadId',
      'l.name as leadName',
      sql<boolean>`${sql.raw(isActive('l'))}`.as('leadActive'),
    ])

/** A page of teams. Two statements. */
export async function listTeams(tx: Tx, query: QueryOf<typeof people.teams>, can: Can): Promise<Page<View>> {
  let rows = select().where('t.orgId', '=', tx.org.id)
  rows = rows.where('t.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.parentId) rows = rows.where('t.parentId', '=', query.parentId)
  if (query.q) rows = rows.where(sql<boolean>`(t.name ilike ${like(query.q)} or l.name ilike ${like(query.q)})`)
  const found = await page<Row>(tx, rows, query, {
    by: {
      name: { sql: sql`t.name collate people` },
      parent: { sql: sql`u.name collate people` },
      lead: { sql: sql`l.name collate people` },
    },
    id: sql`t.id`,
    first: 'name',
  })
  const members = await memberCounts(
    tx,
    found.items.map((row) => row.id),
  )
  return { ...found, items: found.items.map((row) => view(row, members, can)) }
}

/** One team. Refuses with `team.not_found`. Two statements. */
export async function showTeam(tx: Tx, id: Id<'team'>, can: Can): Promise<View> {
  const [row, members] = await Promise.all([
    tx.first<Row>(select().where('t.orgId', '=', tx.org.id).where('t.id', '=', id)),
    memberCounts(tx, [id]),
  ])
  if (row) return view(row, members, can)
  throw new RefusalError({ code: 'team.not_found', message: `There is no such team in ${tx.org.name}.`, facts: {} })
}

async function memberCounts(tx: Tx, teams: readonly Id<'team'>[]): Promise<ReadonlyMap<Id<'team'>, number>> {
  const rows = await tx.rows<{ teamId: Id<'team'>; members: number }>(
    statement(
      `select team_id, count(*) as members from person p
       where org_id = $1 and team_id = any($2) and ${isActive('p')} group by team_id`,
      [tx.org.id, teams],
    ),
  )
  return new Map(rows.map((row) => [row.teamId, row.members]))
}

function view(
  { parentId, parentName, leadId, leadName, leadActive, ...row }: Row,
  members: ReadonlyMap<Id<'team'>, number>,
  can: Can,
): View {
  const edit = row.withdrawnAt === null && can('team.edit', [leadId])
  return {
    ...row,
    parent: parentId === null ? null : { id: parentId, name: parentName ?? '' },
    lead: personRefOf(leadId, leadName, leadActive),
    members: members.get(row.id) ?? 0,
    can: { edit, withdraw: edit },
  }
}

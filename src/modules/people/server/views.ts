import { sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { people, personView } from '../contract.ts'

type PersonView = z.output<typeof personView>
type Row = Omit<PersonView, 'team' | 'manager' | 'can'> & {
  teamId: Id<'team'> | null
  teamName: string | null
  managerId: Id<'person'> | null
  managerName: string | null
}

const select = () =>
  sqlBuilder
    .selectFrom('person as p')
    .leftJoin('team as t', (join) => join.onRef('t.orgId', '=', 'p.orgId').onRef('t.id', '=', 'p.teamId'))
    .leftJoin('person as m', (join) => join.onRef('m.orgId', '=', 'p.orgId').onRef('m.id', '=', 'p.managerId'))
    .select([
      'p.id',
      'p.ref',
      'p.version',
      'p.name',
      'p.email',
      'p.jobTitle',
      'p.kind',
      'p.status',
      'p.startedOn',
      'p.leftOn',
      'p.note',
      'p.withdrawnAt',
      't.id as teamId',
      't.name as teamName',
      'm.id as managerId',
      'm.name as managerName',
    ])

/** A page of the directory, withdrawn entries left out unless asked for. One statement. */
export async function listPeople(tx: Tx, query: QueryOf<typeof people.list>, can: Can): Promise<Page<PersonView>> {
  let rows = select().where('p.orgId', '=', tx.org.id)
  rows = rows.where('p.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.status) rows = rows.where(sql<boolean>`p.status = any(${query.status})`)
  if (query.teamId) rows = rows.where(sql<boolean>`p.team_id = any(${query.teamId}::uuid[])`)
  if (query.kind) rows = rows.where(sql<boolean>`p.kind = any(${query.kind})`)
  if (query.managerId) rows = rows.where('p.managerId', '=', query.managerId)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(p.name ilike ${pattern} or p.email ilike ${pattern} or p.job_title ilike ${pattern} or p.ref ilike ${pattern})`,
    )
  }
  const found = await page<Row>(tx, rows, query, {
    by: {
      ref: { sql: sql`p.ref collate people` },
      name: { sql: sql`p.name collate people` },
      jobTitle: { sql: sql`p.job_title collate people` },
      team: { sql: sql`t.name collate people` },
      status: { sql: sql`p.status` },
      startedOn: { sql: sql`p.started_on` },
    },
    id: sql`p.id`,
    first: 'name',
  })
  return { ...found, items: found.items.map((row) => view(row, can)) }
}

/** One person. Refuses with `person.not_found`. */
export async function showPerson(tx: Tx, id: Id<'person'>, can: Can): Promise<PersonView> {
  const row = await tx.first<Row>(select().where('p.orgId', '=', tx.org.id).where('p.id', '=', id))
  if (row) return view(row, can)
  throw new RefusalError({ code: 'person.not_found', message: `There is no such person in ${tx.org.name}.`, facts: {} })
}

function view({ teamId, teamName, managerId, managerName, ...row }: Row, can: Can): PersonView {
  const edit = row.withdrawnAt === null && can('person.edit', [row.id])
  return {
    ...row,
    team: teamId === null ? null : { id: teamId, name: teamName ?? '' },
    manager: managerId === null ? null : { id: managerId, name: managerName ?? '' },
    can: {
      edit,
      leave: edit && row.status !== 'left',
      beAbsent: edit && row.status === 'active',
      comeBack: edit && row.status !== 'active',
      withdraw: edit,
    },
  }
}

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { dateAt } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { obligations, obligationView, partyView } from '../contract.ts'
import type { Obligation } from '../domain/obligation.ts'

type View = z.output<typeof obligationView>
type PartyView = z.output<typeof partyView>

interface Row extends Obligation {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
  readonly partyRef: string | null
  readonly partyName: string | null
}

const select = () =>
  sqlBuilder
    .selectFrom('obligation as o')
    .leftJoin('person as p', (join) => join.onRef('p.orgId', '=', 'o.orgId').onRef('p.id', '=', 'o.ownerId'))
    .leftJoin('interestedParty as i', (join) => join.onRef('i.orgId', '=', 'o.orgId').onRef('i.id', '=', 'o.partyId'))
    .selectAll('o')
    .select([
      'p.name as ownerName',
      sql<boolean>`p.status <> 'left' and p.withdrawn_at is null`.as('ownerActive'),
      'i.ref as partyRef',
      'i.name as partyName',
    ])

/** A page of the register. Two statements. */
export async function listObligations(tx: Tx, query: QueryOf<typeof obligations.list>, can: Can): Promise<Page<View>> {
  let rows = select().where('o.orgId', '=', tx.org.id).where('o.withdrawnAt', 'is', null)
  if (query.kind) rows = rows.where('o.kind', '=', query.kind)
  if (query.addressed) rows = rows.where('o.addressed', '=', query.addressed)
  if (query.ownerId) rows = rows.where('o.ownerId', '=', query.ownerId)
  if (query.partyId) rows = rows.where('o.partyId', '=', query.partyId)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(o.ref ilike ${pattern} or o.title ilike ${pattern} or o.source ilike ${pattern} or o.requirement ilike ${pattern} or i.name ilike ${pattern})`,
    )
  }
  const found = await page<Row>(tx, rows, query, {
    by: {
      ref: { sql: sql`o.ref collate people` },
      title: { sql: sql`o.title collate people` },
      kind: { sql: sql`o.kind` },
      reviewOn: { sql: sql`o.review_on` },
    },
    id: sql`o.id`,
    first: 'ref',
  })
  return { ...found, items: found.items.map((row) => viewOf(tx, row, can)) }
}

/** One obligation. Refuses with `obligation.not_found`. */
export async function showObligation(tx: Tx, id: Id<'obligation'>, can: Can): Promise<View> {
  const row = await tx.first<Row>(select().where('o.orgId', '=', tx.org.id).where('o.id', '=', id))
  if (row) return viewOf(tx, row, can)
  throw new RefusalError({
    code: 'obligation.not_found',
    message: `There is no such obligation in ${tx.org.name}.`,
    facts: {},
  })
}

function viewOf(tx: Tx, row: Row, can: Can): View {
  const { ownerName, ownerActive, partyRef, partyName, ...obligation } = row
  const { orgId: _orgId, ownerId, partyId, reviewedBy: _reviewedBy, ...rest } = obligation
  const live = obligation.withdrawnAt === null
  return {
    ...rest,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '', active: ownerActive ?? false },
    party: partyId === null ? null : { id: partyId, ref: partyRef ?? '', name: partyName ?? '' },
    reviewOverdue: live && obligation.reviewOn !== null && obligation.reviewOn < dateAt(tx.now, tx.org.timeZone),
    can: {
      edit: live && can('obligation.edit', [ownerId]),
      review: live && can('obligation.review', [ownerId]),
      withdraw: live && can('obligation.create'),
    },
  }
}

/** Interested parties by name, with the number of obligations from each. */
export async function listParties(tx: Tx, can: Can): Promise<PartyView[]> {
  const rows = await tx.rows<Omit<PartyView, 'can'>>(
    statement(
      `select i.id, i.ref, i.version, i.name, i.kind, i.interest, count(o.id) as obligations
       from interested_party i
       left join obligation o on o.org_id = i.org_id and o.party_id = i.id and o.withdrawn_at is null
       where i.org_id = $1 and i.withdrawn_at is null
       group by i.id, i.ref, i.version, i.name, i.kind, i.interest order by i.name collate people`,
      [tx.org.id],
    ),
  )
  return rows.map((row) => ({ ...row, can: { edit: can('obligation.create') } }))
}

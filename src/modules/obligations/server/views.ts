import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { dateAt, type LocalDate } from '#kernel/time.ts'
import { isActive, personRefOf } from '#modules/people/server/reader.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { obligations, obligationView, partyView } from '../contract.ts'
import {
  type InterestedParty,
  isDriver,
  type Obligation,
  type ObligationGap,
  obligationGaps,
} from '../domain/obligation.ts'
import { partyRecord } from './records.ts'

type View = z.output<typeof obligationView>
type PartyView = z.output<typeof partyView>

interface Row extends Obligation {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
  readonly reviewedByName: string | null
  readonly reviewedByActive: boolean | null
  readonly partyRef: string | null
  readonly partyName: string | null
}

const select = () =>
  sqlBuilder
    .selectFrom('obligation as o')
    .leftJoin('person as p', (join) => join.onRef('p.orgId', '=', 'o.orgId').onRef('p.id', '=', 'o.ownerId'))
    .leftJoin('interestedParty as i', (join) => join.onRef('i.orgId', '=', 'o.orgId').onRef('i.id', '=', 'o.partyId'))
    .leftJoin('person as r', (join) => join.onRef('r.orgId', '=', 'o.orgId').onRef('r.id', '=', 'o.reviewedBy'))
    .selectAll('o')
    .select([
      'p.name as ownerName',
      sql<boolean>`${sql.raw(isActive('p'))}`.as('ownerActive'),
      'r.name as reviewedByName',
      sql<boolean>`${sql.raw(isActive('r'))}`.as('reviewedByActive'),
      'i.ref as partyRef',
      'i.name as partyName',
    ])

// The same conditions as obligationGaps, so that the filter finds what the entries show.
const gapFilters = (today: LocalDate): Readonly<Record<ObligationGap, RawBuilder<boolean>>> => ({
  noOwner: sql`o.owner_id is null and o.owner_text = ''`,
  ownerUnresolved: sql`o.owner_id is null and o.owner_text <> ''`,
  ownerLeft: sql`o.owner_id is not null and not ${sql.raw(isActive('p'))}`,
  notDecided: sql`o.kind = 'interestedParty' and o.addressed = 'undecided'`,
  noSource: sql`trim(o.source) = '' and o.party_id is null`,
  neverReviewed: sql`o.reviewed_on is null`,
  noReviewDate: sql`o.review_on is null`,
  reviewOverdue: sql`o.review_on < ${today}`,
})

/** A page of the register. One statement. */
export async function listObligations(tx: Tx, query: QueryOf<typeof obligations.list>, can: Can): Promise<Page<View>> {
  let rows = select().where('o.orgId', '=', tx.org.id)
  rows = rows.where('o.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where('o.kind', '=', query.kind)
  if (query.addressed) rows = rows.where('o.addressed', '=', query.addressed)
  if (query.ownerId) rows = rows.where('o.ownerId', '=', query.ownerId)
  if (query.partyId) rows = rows.where('o.partyId', '=', query.partyId)
  if (query.gap) rows = rows.where(gapFilters(todayOf(tx))[query.gap])
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
      source: { sql: sql`o.source collate people` },
      owner: { sql: sql`p.name collate people` },
      appliesSince: { sql: sql`o.applies_since` },
      reviewOn: { sql: sql`o.review_on` },
      reviewedOn: { sql: sql`o.reviewed_on` },
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
  const { ownerName, ownerActive, partyRef, partyName, reviewedByName, reviewedByActive, ...obligation } = row
  const { orgId: _orgId, ownerId, partyId, reviewedBy, ...rest } = obligation
  const live = obligation.withdrawnAt === null
  const owner = personRefOf(ownerId, ownerName, ownerActive)
  const gaps = [...obligationGaps(obligation, owner, todayOf(tx))]
  return {
    ...rest,
    owner,
    party: partyId === null ? null : { id: partyId, ref: partyRef ?? '', name: partyName ?? '' },
    reviewedBy: personRefOf(reviewedBy, reviewedByName, reviewedByActive),
    reviewOverdue: gaps.includes('reviewOverdue'),
    driver: isDriver(obligation),
    gaps,
    can: {
      edit: live && can('obligation.edit', [ownerId]),
      review: live && can('obligation.review', [ownerId]),
      withdraw: live && can('obligation.create'),
    },
  }
}

/** The day it is for the organization, or was at the date asked about. */
export const todayOf = (tx: Tx): LocalDate => dateAt(tx.now, tx.org.timeZone)

/** A page of interested parties. Two statements. */
export async function listParties(
  tx: Tx,
  query: QueryOf<typeof obligations.parties>,
  can: Can,
): Promise<Page<PartyView>> {
  let rows = sqlBuilder.selectFrom('interestedParty as i').selectAll('i').where('i.orgId', '=', tx.org.id)
  rows = rows.where('i.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where('i.kind', '=', query.kind)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(sql<boolean>`(i.ref ilike ${pattern} or i.name ilike ${pattern} or i.interest ilike ${pattern})`)
  }
  const found = await page<InterestedParty>(tx, rows, query, {
    by: {
      ref: { sql: sql`i.ref collate people` },
      name: { sql: sql`i.name collate people` },
      kind: { sql: sql`i.kind` },
    },
    id: sql`i.id`,
    first: 'name',
  })
  const counts = await obligationCounts(
    tx,
    found.items.map((one) => one.id),
  )
  return { ...found, items: found.items.map((row) => partyOf(row, counts, can)) }
}

/** One interested party. Refuses with `interested_party.not_found`. Two statements. */
export async function showParty(tx: Tx, id: Id<'party'>, can: Can): Promise<PartyView> {
  const [row, counts] = await Promise.all([tx.get(partyRecord, id), obligationCounts(tx, [id])])
  return partyOf(row, counts, can)
}

async function obligationCounts(tx: Tx, parties: readonly Id<'party'>[]): Promise<ReadonlyMap<Id<'party'>, number>> {
  const rows = await tx.rows<{ partyId: Id<'party'>; obligations: number }>(
    statement(
      `select party_id, count(*) as obligations from obligation
       where org_id = $1 and party_id = any($2) and withdrawn_at is null group by party_id`,
      [tx.org.id, parties],
    ),
  )
  return new Map(rows.map((row) => [row.partyId, row.obligations]))
}

function partyOf(
  { orgId: _orgId, ...row }: InterestedParty,
  counts: ReadonlyMap<Id<'party'>, number>,
  can: Can,
): PartyView {
  const edit = row.withdrawnAt === null && can('obligation.create')
  const count = counts.get(row.id) ?? 0
  return { ...row, obligations: count, can: { edit, withdraw: edit && count === 0 } }
}

import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { assetItem, assets, assetView, classificationView } from '../contract.ts'
import { type Asset, type AssetGap, assetGaps, assetValue } from '../domain/asset.ts'
import { drawSample } from '../domain/sample.ts'

type Item = z.output<typeof assetItem>
type View = z.output<typeof assetView>
type Ref = View['reliesOn'][number]

interface Row extends Asset {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
  readonly custodianName: string | null
  readonly custodianActive: boolean | null
  readonly classificationName: string | null
  readonly classificationRank: number | null
}

// coalesce of the highest stated property with the overall value, as assetValue does.
const value = sql`coalesce(greatest(a.confidentiality, a.integrity, a.availability), a.criticality)`

const select = () =>
  sqlBuilder
    .selectFrom('asset as a')
    .leftJoin('person as o', (join) => join.onRef('o.orgId', '=', 'a.orgId').onRef('o.id', '=', 'a.ownerId'))
    .leftJoin('person as c', (join) => join.onRef('c.orgId', '=', 'a.orgId').onRef('c.id', '=', 'a.custodianId'))
    .leftJoin('classificationLevel as l', (join) =>
      join.onRef('l.orgId', '=', 'a.orgId').onRef('l.id', '=', 'a.classificationId'),
    )
    .selectAll('a')
    .select([
      'o.name as ownerName',
      sql<boolean>`o.status <> 'left' and o.withdrawn_at is null`.as('ownerActive'),
      'c.name as custodianName',
      sql<boolean>`c.status <> 'left' and c.withdrawn_at is null`.as('custodianActive'),
      'l.name as classificationName',
      'l.rank as classificationRank',
    ])

const gapFilters: Readonly<Record<AssetGap, RawBuilder<boolean>>> = {
  noOwner: sql`a.owner_id is null and a.owner_text = ''`,
  ownerUnresolved: sql`a.owner_id is null and a.owner_text <> ''`,
  ownerLeft: sql`(o.status = 'left' or o.withdrawn_at is not null)`,
  notClassified: sql`a.classification_id is null`,
  notValued: sql`${value} is null`,
  neverVerified: sql`a.verified_on is null`,
}

/** A page of the inventory, and what is missing in all of it. Two statements. */
export async function listAssets(
  tx: Tx,
  query: QueryOf<typeof assets.list>,
  can: Can,
): Promise<Page<Item> & { gapCounts: Record<AssetGap, number> }> {
  let rows = select().where('a.orgId', '=', tx.org.id)
  rows = rows.where('a.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where(sql<boolean>`a.kind = any(${query.kind})`)
  if (query.ownerId) rows = rows.where(sql<boolean>`a.owner_id = any(${query.ownerId}::uuid[])`)
  if (query.classificationId) {
    rows = rows.where(sql<boolean>`a.classification_id = any(${query.classificationId}::uuid[])`)
  }
  if (query.lifeCycle) rows = rows.where(sql<boolean>`a.life_cycle = any(${query.lifeCycle})`)
  if (query.gap)
    rows = rows.where(
      sql<boolean>`(${sql.join(
        query.gap.map((gap) => gapFilters[gap]),
        sql` or `,
      )})`,
    )
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(a.ref ilike ${pattern} or a.name ilike ${pattern} or a.description ilike ${pattern}
        or a.category ilike ${pattern} or a.location ilike ${pattern} or o.name ilike ${pattern} or a.owner_text ilike ${pattern})`,
    )
  }
  const counting = countGaps(tx)
  const paging = page<Row>(tx, rows, query, {
    by: {
      ref: { sql: sql`a.ref collate people` },
      name: { sql: sql`a.name collate people` },
      kind: { sql: sql`a.kind` },
      value: { sql: value },
      classification: { sql: sql`l.rank` },
      owner: { sql: sql`o.name collate people` },
      verifiedOn: { sql: sql`a.verified_on` },
    },
    id: sql`a.id`,
    first: 'ref',
  })
  const [gapCounts, found] = await Promise.all([counting, paging])
  return { ...found, items: found.items.map((row) => item(row, can)), gapCounts }
}

async function countGaps(tx: Tx): Promise<Record<AssetGap, number>> {
  const counts = Object.entries(gapFilters).map(([gap, filter]) =>
    sql<number>`count(*) filter (where ${filter})`.as(gap),
  )
  const row = await tx.first<Record<AssetGap, number>>(
    select().clearSelect().select(counts).where('a.orgId', '=', tx.org.id).where('a.withdrawnAt', 'is', null),
  )
  return row ?? { noOwner: 0, ownerUnresolved: 0, ownerLeft: 0, notClassified: 0, notValued: 0, neverVerified: 0 }
}

/** One asset with its dependencies. Refuses with `asset.not_found`. Three statements. */
export async function showAsset(tx: Tx, id: Id<'asset'>, can: Can): Promise<View> {
  const [row, reliesOn, reliedOnBy] = await Promise.all([
    tx.first<Row>(select().where('a.orgId', '=', tx.org.id).where('a.id', '=', id)),
    linked(tx, 'd.asset_id', 'd.relies_on_id', id),
    linked(tx, 'd.relies_on_id', 'd.asset_id', id),
  ])
  if (row) return { ...item(row, can), reliesOn, reliedOnBy }
  throw new RefusalError({ code: 'asset.not_found', message: `There is no such asset in ${tx.org.name}.`, facts: {} })
}

function linked(tx: Tx, from: string, to: string, id: Id<'asset'>): Promise<Ref[]> {
  return tx.rows<Ref>(
    statement(
      `select a.id, a.ref, a.name, a.kind from asset_dependency d
       join asset a on a.org_id = d.org_id and a.id = ${to}
       where d.org_id = $1 and ${from} = $2 and d.live order by a.name collate people`,
      [tx.org.id, id],
    ),
  )
}

function item(row: Row, can: Can): Item {
  const { ownerName, ownerActive, custodianName, custodianActive, classificationName, classificationRank, ...asset } =
    row
  const { orgId: _orgId, ownerId, custodianId, classificationId, verifiedBy: _verifiedBy, ...rest } = asset
  const owner = ownerId === null ? null : { id: ownerId, name: ownerName ?? '', active: ownerActive ?? false }
  const owners = [ownerId, custodianId]
  return {
    ...rest,
    owner,
    custodian:
      custodianId === null ? null : { id: custodianId, name: custodianName ?? '', active: custodianActive ?? false },
    classification:
      classificationId === null
        ? null
        : { id: classificationId, name: classificationName ?? '', rank: classificationRank ?? 0 },
    value: assetValue(asset),
    gaps: [...assetGaps(asset, owner)],
    can: {
      edit: asset.withdrawnAt === null && can('asset.edit', owners),
      verify: asset.withdrawnAt === null && can('asset.verify', owners),
      withdraw: asset.withdrawnAt === null && can('asset.withdraw', owners),
    },
  }
}

/** The classification scheme, least sensitive first, with the number of assets per level. */
export async function listLevels(tx: Tx): Promise<z.output<typeof classificationView>[]> {
  return tx.rows(
    statement(
      `select l.id, l.version, l.name, l.rank, l.description, l.handling, count(a.id) as assets
       from classification_level l
       left join asset a on a.org_id = l.org_id and a.classification_id = l.id and a.withdrawn_at is null
       where l.org_id = $1 and l.withdrawn_at is null
       group by l.id, l.version, l.name, l.rank, l.description, l.handling order by l.rank`,
      [tx.org.id],
    ),
  )
}

/** A reproducible sample of the inventory, in the order drawn: from the register to reality. Two statements. */
export async function sampleAssets(
  tx: Tx,
  query: QueryOf<typeof assets.sample>,
  can: Can,
): Promise<{ population: number; seed: number; items: Item[] }> {
  const population = await tx.rows<{ id: Id<'asset'>; ref: string }>(
    statement(`select id, ref from asset where org_id = $1 and withdrawn_at is null and life_cycle <> 'retired'`, [
      tx.org.id,
    ]),
  )
  const drawn = drawSample(population, query.size, query.seed).map(({ id }) => id)
  const rows = await tx.rows<Row>(
    select().where('a.orgId', '=', tx.org.id).where(sql<boolean>`a.id = any(${drawn}::uuid[])`),
  )
  const items = new Map(rows.map((row) => [row.id, item(row, can)]))
  return {
    population: population.length,
    seed: query.seed,
    items: drawn.flatMap((id) => items.get(id) ?? []),
  }
}

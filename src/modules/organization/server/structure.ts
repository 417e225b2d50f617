import { type Compilable, sql } from 'kysely'
import type { z } from 'zod'
import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { isActive, personRefOf, requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, type UseCase, useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { organization } from '../contract.ts'
import {
  addPlaceable,
  changePlaceable,
  type Placeable,
  type PlaceableKind,
  place,
  withdrawPlaceable,
} from '../domain/placeable.ts'
import { placeableRecords } from './records.ts'

const routesOf = {
  unit: organization.units,
  site: organization.sites,
  service: organization.services,
  product: organization.products,
} as const

type Routes = (typeof routesOf)['unit']
type View = z.output<Routes['show']['response']>

interface Row extends Placeable {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
}

/** The use-cases of units, sites, services or products: the same for each. */
export function placeableUseCases(kind: PlaceableKind): readonly UseCase<unknown>[] {
  const routes = routesOf[kind]
  const record = placeableRecords[kind]
  const { refPrefix } = record
  return [
    useCase(routes.list, async ({ tx, query, can }) => ({
      ...(await listPlaceables(tx, kind, query, can)),
      can: { create: can('structure.edit') },
    })),
    useCase(routes.show, ({ tx, params, can }) => show(tx, kind, params.recordId, can)),
    useCase(routes.add, async ({ tx, permission, body, can }) => {
      const grant = orRefuse(grantForNew(permission))
      await requireHere(tx, body.ownerId, 'ownerId')
      const ref = await tx.nextRef(grant, refPrefix ?? '')
      const key = { id: tx.newId<PlaceableKind>(), orgId: tx.org.id, ref }
      await tx.commit(grant, addPlaceable(kind, key, body))
      return show(tx, kind, key.id, can)
    }),
    useCase(routes.change, async ({ tx, permission, params, body, version, can }) => {
      const { row, grant } = await tx.lock(permission, record, params.recordId, version)
      if (body.ownerId !== row.ownerId) await requireHere(tx, body.ownerId ?? null, 'ownerId')
      await tx.commit(grant, changePlaceable(kind, row, defined(body)))
      return show(tx, kind, row.id, can)
    }),
    useCase(routes.place, async ({ tx, permission, params, body, can }) => {
      const { row, grant } = await tx.lock(permission, record, params.recordId)
      await tx.commit(grant, place(kind, row, body.placement, body.reason))
      return show(tx, kind, row.id, can)
    }),
    useCase(routes.withdraw, async ({ tx, permission, params, body, can }) => {
      const { row, grant } = await tx.lock(permission, record, params.recordId)
      await tx.commit(grant, withdrawPlaceable(kind, row, tx.now, body.reason))
      return show(tx, kind, row.id, can)
    }),
  ]
}

// The four tables have the same columns: what is written for one holds for all.
const select = (kind: PlaceableKind) =>
  sqlBuilder
    .selectFrom(`${kind as 'unit'} as u`)
    .leftJoin('person as o', (join) => join.onRef('o.orgId', '=', 'u.orgId').onRef('o.id', '=', 'u.ownerId'))
    .selectAll('u')
    .select(['o.name as ownerName', sql<boolean>`${sql.raw(isActive('o'))}`.as('ownerActive')])

/** A page of one kind. One statement. */
export async function listPlaceables(
  tx: Tx,
  kind: PlaceableKind,
  query: QueryOf<Routes['list']>,
  can: Can,
): Promise<Page<View>> {
  let rows = select(kind).where('u.orgId', '=', tx.org.id)
  rows = rows.where('u.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.placement) rows = rows.where('u.placement', '=', query.placement)
  if (query.ownerId) rows = rows.where('u.ownerId', '=', query.ownerId)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(u.ref ilike ${pattern} or u.name ilike ${pattern} or u.description ilike ${pattern} or o.name ilike ${pattern})`,
    )
  }
  const found = await page<Row>(tx, rows, query, {
    by: {
      ref: { sql: sql`u.ref collate people` },
      name: { sql: sql`u.name collate people` },
      placement: { sql: sql`u.placement` },
      owner: { sql: sql`o.name collate people` },
    },
    id: sql`u.id`,
    first: 'name',
  })
  return { ...found, items: found.items.map((row) => view(row, can)) }
}

/** One record. Refuses with `<kind>.not_found`. One statement. */
async function show(tx: Tx, kind: PlaceableKind, id: Id<PlaceableKind>, can: Can): Promise<View> {
  const query: Compilable = select(kind).where('u.orgId', '=', tx.org.id).where('u.id', '=', id)
  const row = await tx.first<Row>(query)
  if (row) return view(row, can)
  throw new RefusalError({
    code: `${kind}.not_found`,
    message: `There is no such ${kind} in ${tx.org.name}.`,
    facts: {},
  })
}

function view({ orgId: _orgId, ownerId, ownerName, ownerActive, ...row }: Row, can: Can): View {
  const live = row.withdrawnAt === null
  const manage = live && can('scope.edit')
  return {
    ...row,
    id: row.id as View['id'],
    owner: personRefOf(ownerId, ownerName, ownerActive),
    can: { edit: live && can('structure.edit', [ownerId]), place: manage, withdraw: manage },
  }
}

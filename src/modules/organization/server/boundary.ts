import { sql } from 'kysely'
import type { z } from 'zod'
import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { isActive, personRefOf, requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { type exclusionView, type interfaceView, organization } from '../contract.ts'
import {
  addExclusion,
  addInterface,
  changeExclusion,
  changeInterface,
  type ScopeExclusion,
  type ScopeInterface,
  withdrawExclusion,
  withdrawInterface,
} from '../domain/boundary.ts'
import { exclusionRecord, interfaceRecord } from './records.ts'

type InterfaceView = z.output<typeof interfaceView>
type ExclusionView = z.output<typeof exclusionView>

interface InterfaceRow extends ScopeInterface {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
}

export const listInterfacesUseCase = useCase(organization.interfaces, async ({ tx, query, can }) => ({
  ...(await listInterfaces(tx, query, can)),
  can: { create: can('scope.edit') },
}))

export const showInterfaceUseCase = useCase(organization.interface, ({ tx, params, can }) =>
  showInterface(tx, params.interfaceId, can),
)

export const addInterfaceUseCase = useCase(organization.addInterface, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await requireHere(tx, body.ownerId, 'ownerId')
  const key = { id: tx.newId<'interface'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'IF') }
  await tx.commit(grant, addInterface(key, body))
  return showInterface(tx, key.id, can)
})

export const changeInterfaceUseCase = useCase(
  organization.changeInterface,
  async ({ tx, permission, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, interfaceRecord, params.interfaceId, version)
    if (body.ownerId !== row.ownerId) await requireHere(tx, body.ownerId ?? null, 'ownerId')
    await tx.commit(grant, changeInterface(row, defined(body)))
    return showInterface(tx, row.id, can)
  },
)

export const withdrawInterfaceUseCase = useCase(
  organization.withdrawInterface,
  async ({ tx, permission, params, body, can }) => {
    const { row, grant } = await tx.lock(permission, interfaceRecord, params.interfaceId)
    await tx.commit(grant, withdrawInterface(row, tx.now, body.reason))
    return showInterface(tx, row.id, can)
  },
)

export const listExclusionsUseCase = useCase(organization.exclusions, async ({ tx, query, can }) => ({
  ...(await listExclusions(tx, query, can)),
  can: { create: can('scope.edit') },
}))

export const showExclusionUseCase = useCase(organization.exclusion, async ({ tx, params, can }) =>
  exclusionOf(await tx.get(exclusionRecord, params.exclusionId), can),
)

export const addExclusionUseCase = useCase(organization.addExclusion, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'exclusion'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'EX') }
  await tx.commit(grant, addExclusion(key, body))
  return exclusionOf(await tx.get(exclusionRecord, key.id), can)
})

export const changeExclusionUseCase = useCase(
  organization.changeExclusion,
  async ({ tx, permission, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, exclusionRecord, params.exclusionId, version)
    await tx.commit(grant, changeExclusion(row, defined(body)))
    return exclusionOf(await tx.get(exclusionRecord, row.id), can)
  },
)

export const withdrawExclusionUseCase = useCase(
  organization.withdrawExclusion,
  async ({ tx, permission, params, body, can }) => {
    const { row, grant } = await tx.lock(permission, exclusionRecord, params.exclusionId)
    await tx.commit(grant, withdrawExclusion(row, tx.now, body.reason))
    return exclusionOf(await tx.get(exclusionRecord, row.id), can)
  },
)

const select = () =>
  sqlBuilder
    .selectFrom('scopeInterface as i')
    .leftJoin('person as o', (join) => join.onRef('o.orgId', '=', 'i.orgId').onRef('o.id', '=', 'i.ownerId'))
    .selectAll('i')
    .select(['o.name as ownerName', sql<boolean>`${sql.raw(isActive('o'))}`.as('ownerActive')])

/** A page of interfaces and dependencies. One statement. */
async function listInterfaces(
  tx: Tx,
  query: QueryOf<typeof organization.interfaces>,
  can: Can,
): Promise<Page<InterfaceView>> {
  let rows = select().where('i.orgId', '=', tx.org.id)
  rows = rows.where('i.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where('i.kind', '=', query.kind)
  if (query.ownerId) rows = rows.where('i.ownerId', '=', query.ownerId)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(i.ref ilike ${pattern} or i.name ilike ${pattern} or i.counterpart ilike ${pattern}
        or i.description ilike ${pattern} or array_to_string(i.controls, ' ') ilike ${pattern})`,
    )
  }
  const found = await page<InterfaceRow>(tx, rows, query, {
    by: {
      ref: { sql: sql`i.ref collate people` },
      name: { sql: sql`i.name collate people` },
      kind: { sql: sql`i.kind` },
      counterpart: { sql: sql`i.counterpart collate people` },
    },
    id: sql`i.id`,
    first: 'ref',
  })
  return { ...found, items: found.items.map((row) => interfaceOf(row, can)) }
}

/** One interface. Refuses with `scope_interface.not_found`. One statement. */
async function showInterface(tx: Tx, id: Id<'interface'>, can: Can): Promise<InterfaceView> {
  const row = await tx.first<InterfaceRow>(select().where('i.orgId', '=', tx.org.id).where('i.id', '=', id))
  if (row) return interfaceOf(row, can)
  throw new RefusalError({
    code: 'scope_interface.not_found',
    message: `There is no such interface in ${tx.org.name}.`,
    facts: {},
  })
}

function interfaceOf(
  { orgId: _orgId, ownerId, ownerName, ownerActive, controls, ...row }: InterfaceRow,
  can: Can,
): InterfaceView {
  const edit = row.withdrawnAt === null && can('scope.edit')
  const owner = personRefOf(ownerId, ownerName, ownerActive)
  return { ...row, controls: [...controls], owner, can: { edit, withdraw: edit } }
}

/** A page of exclusions. One statement. */
async function listExclusions(
  tx: Tx,
  query: QueryOf<typeof organization.exclusions>,
  can: Can,
): Promise<Page<ExclusionView>> {
  let rows = sqlBuilder.selectFrom('scopeExclusion as e').selectAll('e').where('e.orgId', '=', tx.org.id)
  rows = rows.where('e.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(e.ref ilike ${pattern} or e.name ilike ${pattern} or e.justification ilike ${pattern})`,
    )
  }
  const found = await page<ScopeExclusion>(tx, rows, query, {
    by: { ref: { sql: sql`e.ref collate people` }, name: { sql: sql`e.name collate people` } },
    id: sql`e.id`,
    first: 'ref',
  })
  return { ...found, items: found.items.map((row) => exclusionOf(row, can)) }
}

function exclusionOf({ orgId: _orgId, ...row }: ScopeExclusion, can: Can): ExclusionView {
  const edit = row.withdrawnAt === null && can('scope.edit')
  return { ...row, can: { edit, withdraw: edit } }
}

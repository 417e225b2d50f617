import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { obligations } from '../contract.ts'
import {
  addObligation,
  addParty,
  blankObligation,
  changeObligation,
  changeParty,
  reviewObligation,
  withdrawObligation,
  withdrawParty,
} from '../domain/obligation.ts'
import { obligationRecord, partyRecord } from './records.ts'
import { listObligations, listParties, showObligation } from './views.ts'

export const listObligationsUseCase = useCase(obligations.list, async ({ tx, query, can }) => ({
  ...(await listObligations(tx, query, can)),
  can: { create: can('obligation.create') },
}))

export const showObligationUseCase = useCase(obligations.show, ({ tx, params, can }) =>
  showObligation(tx, params.obligationId, can),
)

export const addObligationUseCase = useCase(obligations.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await requireHere(tx, body.ownerId ?? null, 'ownerId')
  const key = { id: tx.newId<'obligation'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'O') }
  await tx.commit(
    grant,
    addObligation(key, { ...blankObligation, ...defined(body), title: body.title, kind: body.kind }),
  )
  return showObligation(tx, key.id, can)
})

export const changeObligationUseCase = useCase(
  obligations.change,
  async ({ tx, permission, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, obligationRecord, params.obligationId, version)
    await requireHere(tx, body.ownerId ?? null, 'ownerId')
    await tx.commit(grant, changeObligation(row, defined(body)))
    return showObligation(tx, row.id, can)
  },
)

export const reviewObligationUseCase = useCase(
  obligations.review,
  async ({ tx, permission, actor, params, body, can }) => {
    const { row, grant } = await tx.lock(permission, obligationRecord, params.obligationId)
    await tx.commit(grant, reviewObligation(row, { ...body, by: actor.personId }))
    return showObligation(tx, row.id, can)
  },
)

export const withdrawObligationUseCase = useCase(
  obligations.withdraw,
  async ({ tx, permission, params, body, can }) => {
    const { row, grant } = await tx.lock(permission, obligationRecord, params.obligationId)
    await tx.commit(grant, withdrawObligation(row, tx.now, body.reason))
    return showObligation(tx, row.id, can)
  },
)

export const listPartiesUseCase = useCase(obligations.parties, async ({ tx, can }) => ({
  items: await listParties(tx, can),
  can: { create: can('obligation.create') },
}))

export const addPartyUseCase = useCase(obligations.addParty, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'party'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'IP') }
  await tx.commit(grant, addParty(key, body))
  return showParty(tx, key.id, can)
})

export const changePartyUseCase = useCase(
  obligations.changeParty,
  async ({ tx, permission, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, partyRecord, params.partyId, version)
    await tx.commit(grant, changeParty(row, defined(body)))
    return showParty(tx, row.id, can)
  },
)

export const withdrawPartyUseCase = useCase(obligations.withdrawParty, async ({ tx, permission, params, body }) => {
  const { row, grant } = await tx.lock(permission, partyRecord, params.partyId)
  const from = await tx.rows<{ ref: string }>(
    statement(
      'select ref from obligation where org_id = $1 and party_id = $2 and withdrawn_at is null order by ref collate people',
      [tx.org.id, row.id],
    ),
  )
  await tx.commit(
    grant,
    withdrawParty(
      row,
      from.map((one) => one.ref),
      tx.now,
      body.reason,
    ),
  )
  return undefined
})

async function showParty(tx: Tx, id: Id<'party'>, can: Can): Promise<Awaited<ReturnType<typeof listParties>>[number]> {
  const party = (await listParties(tx, can)).find((one) => one.id === id)
  if (party) return party
  throw new RefusalError({
    code: 'interested_party.not_found',
    message: `There is no such interested party in ${tx.org.name}.`,
    facts: {},
  })
}

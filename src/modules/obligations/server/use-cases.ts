import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
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
import { listObligations, listParties, showObligation, showParty, todayOf } from './views.ts'

export const listObligationsUseCase = useCase(obligations.list, async ({ tx, query, can }) => ({
  ...(await listObligations(tx, query, can)),
  can: { create: can('obligation.create') },
}))

export const showObligationUseCase = useCase(obligations.show, ({ tx, params, can }) =>
  showObligation(tx, params.obligationId, can),
)

export const addObligationUseCase = useCase(obligations.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await Promise.all([requireHere(tx, body.ownerId ?? null, 'ownerId'), requireParty(tx, body.partyId ?? null)])
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
    // Who was named before may have left or been withdrawn since: only what is new is asked after.
    const ownerId = body.ownerId === row.ownerId ? null : (body.ownerId ?? null)
    const from = body.partyId === row.partyId ? null : (body.partyId ?? null)
    await Promise.all([requireHere(tx, ownerId, 'ownerId'), requireParty(tx, from)])
    await tx.commit(grant, changeObligation(row, defined(body)))
    return showObligation(tx, row.id, can)
  },
)

export const reviewObligationUseCase = useCase(
  obligations.review,
  async ({ tx, permission, actor, params, body, can }) => {
    const { row, grant } = await tx.lock(permission, obligationRecord, params.obligationId)
    await tx.commit(grant, reviewObligation(row, { ...body, by: actor.personId, today: todayOf(tx) }))
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

export const listPartiesUseCase = useCase(obligations.parties, async ({ tx, query, can }) => ({
  ...(await listParties(tx, query, can)),
  can: { create: can('obligation.create') },
}))

export const showPartyUseCase = useCase(obligations.party, ({ tx, params, can }) => showParty(tx, params.partyId, can))

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

/** Refuses when a party named in a request does not exist here or was withdrawn. */
async function requireParty(tx: Tx, party: Id<'party'> | null): Promise<void> {
  if (party === null) return
  const found = await tx.find(partyRecord, party)
  if (found?.withdrawnAt === null) return
  throw new RefusalError({
    code: 'interested_party.not_found',
    message: found
      ? `${found.ref} ${found.name} was withdrawn: choose another interested party.`
      : `There is no such interested party in ${tx.org.name}.`,
    facts: {},
    field: 'partyId',
  })
}

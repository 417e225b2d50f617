import type { z } from 'zod'
import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { type Actor, grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { internal, text } from '#platform/ledger/field-kind.ts'
import { recordType } from '#platform/ledger/record-type.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { views } from './contract.ts'
import {
  changeView,
  mayEditView,
  type SavedView,
  saveView,
  seesView,
  shareView,
  type ViewActor,
  withdrawView,
} from './saved-view.ts'

/** Belongs to whoever saved it, who need not be in the directory; the rules look at that, not at an owner. */
const viewRecord = recordType<SavedView>({
  type: 'saved_view',
  prefix: 'view',
  refPrefix: null,
  owners: () => [],
  noun: 'saved view',
  // What somebody keeps for themselves is not for every reader of the audit trail.
  readAction: 'view.share',
  fields: {
    name: text,
    list: internal,
    query: internal,
    savedBy: internal,
    savedByName: internal,
    shared: internal,
    withdrawnAt: internal,
  },
})

const askedBy = (actor: Actor, can: Can): ViewActor => ({ id: actor.id, mayShare: can('view.share') })

function viewOf(row: SavedView, by: ViewActor): z.output<typeof views.save.response> {
  const { id, version, list, name, query, shared, savedBy, savedByName } = row
  const edit = mayEditView(row, by)
  return {
    id,
    version,
    list,
    name,
    query,
    shared,
    mine: savedBy === by.id,
    by: savedByName,
    can: { edit, share: edit && by.mayShare },
  }
}

async function ownNames(tx: Tx, list: string, savedBy: Id, but: Id | null = null): Promise<string[]> {
  const rows = await tx.rows<Pick<SavedView, 'id' | 'name'>>(
    statement(
      'select id, name from saved_view where org_id = $1 and list = $2 and saved_by = $3 and withdrawn_at is null',
      [tx.org.id, list, savedBy],
    ),
  )
  return rows.filter((row) => row.id !== but).map((row) => row.name)
}

const gone = (tx: Tx): RefusalError =>
  new RefusalError({
    code: 'saved_view.not_found',
    message: `There is no such saved view in ${tx.org.name}.`,
    facts: {},
  })

const listUseCase = useCase(views.list, async ({ tx, actor, query, can }) => {
  const by = askedBy(actor, can)
  const rows = await tx.rows<SavedView>(
    statement(
      `select * from saved_view
       where org_id = $1 and list = $2 and withdrawn_at is null and (shared or saved_by = $3)
       order by name collate people, id`,
      [tx.org.id, query.list, by.id],
    ),
  )
  return { items: rows.map((row) => viewOf(row, by)), can: { save: can('view.edit'), share: by.mayShare } }
})

const saveUseCase = useCase(views.save, async ({ tx, actor, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  if (actor.id === null) throw new Error('A view is saved by somebody.')
  const own = await ownNames(tx, body.list, actor.id)
  const change = orRefuse(
    saveView({ id: tx.newId<'view'>(), orgId: tx.org.id }, body, { id: actor.id, name: actor.name }, own),
  )
  await tx.commit(grant, change)
  return viewOf(change.after, askedBy(actor, can))
})

const changeUseCase = useCase(views.change, async ({ tx, actor, permission, params, body, version, can }) => {
  const by = askedBy(actor, can)
  // Before its version is compared: whose view it is not learns nothing of it.
  if (!seesView(await tx.get(viewRecord, params.viewId), by)) throw gone(tx)
  const { row, grant } = await tx.lock(permission, viewRecord, params.viewId, version)
  if (!seesView(row, by)) throw gone(tx)
  const others = await ownNames(tx, row.list, row.savedBy, row.id)
  const change = orRefuse(changeView(row, defined(body), by, others))
  await tx.commit(grant, change)
  return viewOf(change.after, by)
})

const shareUseCase = useCase(views.share, async ({ tx, actor, permission, params, body, can }) => {
  const by = askedBy(actor, can)
  const { row, grant } = await tx.lock(permission, viewRecord, params.viewId)
  if (!seesView(row, by)) throw gone(tx)
  const change = orRefuse(shareView(row, body.shared, by))
  await tx.commit(grant, change)
  return viewOf(change.after, by)
})

const withdrawUseCase = useCase(views.withdraw, async ({ tx, actor, permission, params, can }) => {
  const by = askedBy(actor, can)
  const { row, grant } = await tx.lock(permission, viewRecord, params.viewId)
  if (!seesView(row, by)) throw gone(tx)
  await tx.commit(grant, withdrawView(row, tx.now, by))
  return undefined
})

/** Saved views of every list. */
export const viewsModule: ServerModule = {
  name: 'views',
  records: [viewRecord],
  useCases: [listUseCase, saveUseCase, changeUseCase, shareUseCase, withdrawUseCase],
}

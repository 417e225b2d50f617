import type { Change } from '#kernel/change.ts'
import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { dateAt, type Instant, type LocalDate } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { risks } from '../contract.ts'
import {
  addAction,
  assignAction,
  cancelAction,
  completeAction,
  editAction,
  moveDueDate,
  reopenAction,
  setActionControls,
  startAction,
} from '../domain/change-action.ts'
import { filterActions } from '../domain/filter-actions.ts'
import type { ActionControl, TreatmentAction } from '../domain/treatment-action.ts'
import { controlDirectory } from './control-directory.ts'
import { furtherControls, type LoadedAction, todayOf } from './load.ts'
import { occasion, personFacts } from './occasion.ts'
import { actionRecord, riskRecord } from './records.ts'
import { actionOf } from './views.ts'

interface ActionRow extends LoadedAction {
  readonly riskRef: string
  readonly riskTitle: string
}

const select = `
  select a.*, ${furtherControls}, p.name as owner_name, p.status <> 'left' and p.withdrawn_at is null as owner_active,
    r.ref as risk_ref, r.title as risk_title
  from risk_action a
  join risk r on r.org_id = a.org_id and r.id = a.risk_id
  left join person p on p.org_id = a.org_id and p.id = a.owner_id
  where a.org_id = $1`

export const listActionsUseCase = useCase(risks.actions, async ({ tx, query, can }) => {
  const [rows, controls] = await Promise.all([
    tx.rows<ActionRow>(
      statement(`${select} and r.withdrawn_at is null order by a.due_on nulls last, a.ref collate people`, [tx.org.id]),
    ),
    controlDirectory(tx),
  ])
  const today = todayOf(tx)
  const items = filterActions(
    rows.map((row) => actionOf(row, { ref: row.riskRef, title: row.riskTitle }, { controls, today }, can)),
    query,
  )
  return { items, total: items.length, can: { import: can('risk.import') } }
})

export const addActionUseCase = useCase(risks.addAction, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { ownerId, controlIds, ...draft } = body
  const owner = await personFacts(tx, ownerId, 'ownerId')
  if (owner === null) throw new Error('An action has an owner.')
  await refuseWithdrawn(tx, controlIds)
  const at = { ...occasion(tx, actor), owner, ref: await tx.nextRef(grant, 'T') }
  const change = orRefuse(addAction(row, { ...draft, controlId: controlIds[0] ?? null }, at))
  await tx.commit(grant, [change, ...setActionControls(change.after, [], controlIds, at.mint).links])
  return showAction(tx, change.after.id, can)
})

export const changeActionUseCase = useCase(
  risks.changeAction,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, actionRecord, params.actionId, version)
    const { ownerId, dueOn, dueReason, controlIds, ...patch } = body
    const changes: Change[] = []
    let action: TreatmentAction = row
    const keep = (change: Change<TreatmentAction>): void => {
      action = change.after
      changes.push(change)
    }
    const named = controlIds === undefined ? null : await nameControls(tx, row, controlIds)
    // Counting the action's version up keeps two people from changing its controls unseen by each other.
    if (named !== null || Object.values(patch).some((value) => value !== undefined))
      keep(orRefuse(editAction(action, { ...defined(patch), ...(named ? { controlId: named.controlId } : {}) })))
    changes.push(...(named?.links ?? []))
    if (ownerId !== undefined && ownerId !== row.ownerId) {
      const owner = await personFacts(tx, ownerId, 'ownerId')
      if (owner) keep(orRefuse(assignAction(action, owner)))
    }
    if (dueOn !== undefined && dueOn !== row.dueOn) {
      const moved = moveDueDate(action, dueOn, dueReason ?? '', occasion(tx, actor))
      // The rule speaks of its own argument; the request calls it dueReason.
      const misses = !moved.ok && moved.refusal.field === 'reason'
      keep(orRefuse(misses ? { ok: false, refusal: { ...moved.refusal, field: 'dueReason' } } : moved))
    }
    await tx.commit(grant, changes)
    return showAction(tx, row.id, can)
  },
)

export const stepActionUseCase = useCase(risks.stepAction, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, actionRecord, params.actionId)
  const at = occasion(tx, actor)
  const { doneOn: on = null, reason: note } = body
  const recordedOn = on === null ? null : await recordedHere(tx, row)
  const steps = {
    start: () => startAction(row, at),
    complete: () => completeAction(row, at, { on, recordedOn, note, timeZone: tx.org.timeZone }),
    cancel: () => cancelAction(row, body.reason, at),
    reopen: () => reopenAction(row, body.reason),
  }
  await tx.commit(grant, steps[body.step]())
  return showAction(tx, row.id, can)
})

// The day the ledger first knows the action; null when a file brought it.
async function recordedHere(tx: Tx, { id }: TreatmentAction): Promise<LocalDate | null> {
  const first = await tx.first<{ at: Instant; action: string }>(
    statement(
      `select at, action from ledger_entry where org_id = $1 and record_type = $2 and record_id = $3 order by seq limit 1`,
      [tx.org.id, actionRecord.type, id],
    ),
  )
  return !first || first.action === 'risk.imported' ? null : dateAt(first.at, tx.org.timeZone)
}

/** What naming these controls changes of an action; null when it names them already. */
async function nameControls(tx: Tx, action: TreatmentAction, controlIds: readonly Id<'control'>[]) {
  const rows = await tx.rows<ActionControl>(
    statement('select * from action_control where org_id = $1 and action_id = $2', [tx.org.id, action.id]),
  )
  const known = new Set([action.controlId, ...rows.filter((row) => row.live).map((row) => row.controlId)])
  await refuseWithdrawn(
    tx,
    controlIds.filter((id) => !known.has(id)),
  )
  const named = setActionControls(action, rows, controlIds, () => tx.newId())
  return named.links.length === 0 && named.controlId === action.controlId ? null : named
}

/** Refuses to name a control that was withdrawn; an action that named it before keeps it. */
async function refuseWithdrawn(tx: Tx, controlIds: readonly Id<'control'>[]): Promise<void> {
  if (controlIds.length === 0) return
  const controls = await controlDirectory(tx)
  const gone = controlIds.map((id) => controls.get(id)).find((control) => control?.standing === 'withdrawn')
  if (gone === undefined) return
  throw new RefusalError({
    code: 'risk.control_withdrawn',
    message: `${gone.ref} was withdrawn, so no action brings it about; name another control.`,
    facts: { control: gone.ref },
    field: 'controlIds',
  })
}

async function showAction(tx: Tx, id: Id, can: Can) {
  const [row, controls] = await Promise.all([
    tx.first<ActionRow>(statement(`${select} and a.id = $2`, [tx.org.id, id])),
    controlDirectory(tx),
  ])
  if (!row) throw new Error('The action that was written cannot be read.')
  return actionOf(row, { ref: row.riskRef, title: row.riskTitle }, { controls, today: todayOf(tx) }, can)
}

import { describe, expect, test } from 'vitest'
import { addDays, endOfDay } from '#kernel/time.ts'
import {
  type ActionDraft,
  addAction,
  assignAction,
  cancelAction,
  completeAction,
  editAction,
  moveDueDate,
  reopenAction,
  setActionControls,
  setActionEvidence,
  startAction,
} from './change-action.ts'
import { anna, at, boris, buildRisk, day, mint, person, refusalOf, valueOf } from './risk.fixtures.ts'
import { isClaimedByImport, isOverdue, stepsOf, type TreatmentAction } from './treatment-action.ts'

const risk = buildRisk()
const draft: ActionDraft = {
  title: 'Segment the backup network',
  description: null,
  controlId: null,
  startOn: day('2026-02-01'),
  dueOn: day('2026-06-30'),
  resources: 'Two days of the network team',
  cost: 1_200_000,
}
const add = (patch: Partial<ActionDraft> = {}, owner = boris) =>
  addAction(risk, { ...draft, ...patch }, { ...at(), ref: 'T-3', owner })
const action = (): TreatmentAction => valueOf(add()).after

describe('the controls of an action', () => {
  const [one, two, three] = [mint<'control'>(), mint<'control'>(), mint<'control'>()]

  test('are the one in its row and links for the others; the one in the row stays while it is named', () => {
    const named = setActionControls(action(), [], [one, two, one], mint)
    expect([named.controlId, named.links.map(({ after }) => after.controlId)]).toEqual([one, [two]])
    const rows = named.links.map(({ after }) => after)
    const turned = setActionControls({ ...action(), controlId: one }, rows, [two, one], mint)
    expect(turned).toEqual({ controlId: one, links: [] })
  })

  test('are switched off and on again, never twice', () => {
    const rows = setActionControls(action(), [], [one, two], mint).links.map(({ after }) => after)
    const fewer = setActionControls({ ...action(), controlId: one }, rows, [three], mint)
    expect([fewer.controlId, fewer.links.map(({ after }) => [after.controlId, after.live])]).toEqual([
      three,
      [[two, false]],
    ])
    const ended = fewer.links.map(({ after }) => after)
    const again = setActionControls({ ...action(), controlId: three }, ended, [three, two], mint)
    expect(again.links.map(({ after }) => [after.id, after.live])).toEqual([[rows[0]?.id, true]])
    expect(setActionControls({ ...action(), controlId: three }, rows, [], mint).controlId).toBeNull()
  })
})

describe('an action', () => {
  test('has an owner, a due date, resources and cost', () => {
    expect(action()).toMatchObject({
      riskId: risk.id,
      ownerId: boris.id,
      status: 'planned',
      dueMoves: [],
      cost: 1_200_000,
    })
    expect(refusalOf(add({ title: '' })).code).toBe('risk.action_title')
    expect(refusalOf(add({ dueOn: day('2026-01-31') })).code).toBe('risk.action_dates')
    expect(refusalOf(add({ cost: -1 })).code).toBe('risk.action_cost')
    expect(refusalOf(add({ cost: 0.5 })).code).toBe('risk.action_cost')
    expect(refusalOf(add({}, person('Dora', false))).code).toBe('risk.owner_left')
  })

  test('can belong to an opportunity, not to a closed risk', () => {
    const occasion = { ...at(), ref: 'T-4', owner: anna }
    expect(addAction(buildRisk({ kind: 'opportunity' }), draft, occasion).ok).toBe(true)
    expect(refusalOf(addAction(buildRisk({ closedAt: at().now }), draft, occasion)).code).toBe('risk.step')
  })

  test('moves its due date with a reason, and every move stays', () => {
    expect(refusalOf(moveDueDate(action(), day('2026-08-31'), ' ', at())).code).toBe('risk.no_reason')
    expect(refusalOf(moveDueDate(action(), draft.dueOn, 'x', at())).code).toBe('risk.same_due_date')
    const once = valueOf(moveDueDate(action(), day('2026-08-31'), 'Delivery late.', at(boris))).after
    const twice = valueOf(moveDueDate(once, day('2026-09-30'), 'Holidays.', at(anna))).after
    expect(twice.dueOn).toBe('2026-09-30')
    expect(twice.dueMoves).toMatchObject([
      { from: '2026-06-30', to: '2026-08-31', reason: 'Delivery late.', by: boris.id },
      { from: '2026-08-31', to: '2026-09-30', reason: 'Holidays.', by: anna.id },
    ])
  })

  test('gets its first date without a reason when an import had none', () => {
    const dated = valueOf(moveDueDate({ ...action(), dueOn: null }, day('2026-08-31'), '', at()))
    expect(dated).toMatchObject({ after: { dueOn: '2026-08-31', dueMoves: [] }, reason: null })
  })

  test('is started, done, opened again, cancelled with a reason', () => {
    const started = valueOf(startAction(action(), at())).after
    const done = valueOf(completeAction(started, at())).after
    expect(done).toMatchObject({ status: 'done' })
    expect(done.doneAt).not.toBeNull()
    expect(refusalOf(editAction(done, { title: 'x' })).message).toBe(
      'Action T-3 is done, so it does not allow “edit”. Possible now: reopen.',
    )
    expect(refusalOf(reopenAction(done, '')).code).toBe('risk.no_reason')
    const again = valueOf(reopenAction(done, 'Not effective.')).after
    expect(again).toMatchObject({ status: 'inProgress', doneAt: null })
    expect(refusalOf(cancelAction(again, '', at())).code).toBe('risk.no_reason')
    expect(valueOf(cancelAction(again, 'Superseded.', at())).after.status).toBe('cancelled')
    expect(valueOf(completeAction(action(), at())).after.status).toBe('done')
  })

  test('is done on a day up to today, and the note on it stays', () => {
    const completion = {
      on: day('2025-12-30'),
      recordedOn: day('2025-12-30'),
      note: ' Restore tested. ',
      timeZone: 'Europe/Berlin',
    }
    const change = valueOf(completeAction(action(), at(), completion))
    expect([change.after.doneAt, change.after.statusReason, change.reason]).toEqual([
      endOfDay(day('2025-12-30'), 'Europe/Berlin'),
      'Restore tested.',
      'Restore tested.',
    ])
    const when = at()
    const now = valueOf(completeAction(action(), when, { ...completion, on: when.today, note: ' ' })).after
    expect([now.doneAt, now.statusReason]).toEqual([when.now, null])
    const tomorrow = completeAction(action(), at(), { ...completion, on: addDays(at().today, 1) })
    expect(refusalOf(tomorrow)).toMatchObject({ code: 'risk.done_in_future', field: 'doneOn' })
    const before = { ...completion, on: day('2025-12-29') }
    expect(refusalOf(completeAction(action(), at(), before))).toMatchObject({
      code: 'risk.done_before_recorded',
      field: 'doneOn',
      facts: { recordedOn: '2025-12-30' },
    })
    expect(completeAction(action(), at(), { ...before, recordedOn: null }).ok).toBe(true)
  })

  test('is done by the word of a file until somebody here confirms it or opens it again', () => {
    const arrived: TreatmentAction = { ...action(), status: 'done' }
    expect([isClaimedByImport(arrived), stepsOf(arrived)]).toEqual([true, ['complete', 'reopen']])
    const confirmed = valueOf(completeAction(arrived, at())).after
    expect([confirmed.status, isClaimedByImport(confirmed)]).toEqual(['done', false])
    expect(refusalOf(completeAction(confirmed, at())).code).toBe('risk.action_step')
    const opened = valueOf(reopenAction(arrived, 'Not in place.')).after
    expect([opened.status, isClaimedByImport(opened)]).toEqual(['inProgress', false])
    expect(isClaimedByImport(action())).toBe(false)
  })

  test('is edited and given to somebody else while it is open', () => {
    expect(valueOf(editAction(action(), { cost: null })).after.cost).toBeNull()
    expect(valueOf(assignAction(action(), anna)).after.ownerId).toBe(anna.id)
    expect(refusalOf(assignAction(action(), person('Dora', false))).code).toBe('risk.owner_left')
  })

  test('is overdue the day after its due date, while open', () => {
    expect(isOverdue(action(), day('2026-06-30'))).toBe(false)
    expect(isOverdue(action(), day('2026-07-01'))).toBe(true)
    expect(isOverdue({ ...action(), status: 'done' }, day('2026-07-01'))).toBe(false)
  })

  test('has evidence attached once and detached again', () => {
    const given = action()
    const artefact = mint<'artefact'>()
    const [attached] = setActionEvidence(given, [], artefact, true, at())
    if (attached === undefined) throw new Error('not attached')
    expect(setActionEvidence(given, [attached.after], artefact, true, at())).toEqual([])
    expect(setActionEvidence(given, [attached.after], artefact, false, at())).toMatchObject([
      { after: { live: false } },
    ])
    expect(setActionEvidence(given, [], artefact, false, at())).toEqual([])
  })
})

import { type Change, created } from '#kernel/change.ts'
import { currencyDigits } from '#kernel/currency.ts'
import type { Id } from '#kernel/id.ts'
import type { Money } from '#kernel/import/numbers.ts'
import type { OwnerDraft } from '#kernel/import/owners.ts'
import { fit, type Note, notesOf } from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import type { ChoiceDraft, DateDraft } from '#kernel/import/row-reader.ts'
import type { RowIssue } from '#kernel/import.ts'
import type { Instant } from '#kernel/time.ts'
import type { ImportingAt } from '../acting.ts'
import { setActionControls } from '../change-action.ts'
import { recordTypes } from '../record-types.ts'
import { type ActionStatus, actionStatuses, type TreatmentAction } from '../treatment-action.ts'

/** What a file says of a step of the treatment plan. */
export interface StatedAction {
  readonly title: string
  readonly notes: readonly Note[]
  /** What the file calls these columns, for what cannot be kept in its field. */
  readonly headings: Readonly<Record<'action' | 'due' | 'start' | 'status' | 'completed', string>>
  readonly owner: OwnerDraft | null
  readonly start: DateDraft | null
  readonly due: DateDraft | null
  readonly completed: DateDraft | null
  readonly cost: Money | null
  readonly resources: string | null
  readonly status: ChoiceDraft | null
}

/**
 * A step of the plan as a file states it. Done is a claim: without evidence it counts as claimed. An amount in another
 * currency than the organization's is kept in words; dates that end before they start keep only the end.
 */
export function importAction(
  stated: StatedAction,
  at: ImportingAt & {
    readonly ref: string
    readonly riskId: Id<'risk'>
    /** Controls it brings about. */
    readonly controlIds: readonly Id<'control'>[]
    readonly currency: string
  },
  issues: RowIssue[],
): readonly [Change<TreatmentAction>, ...Change[]] {
  const { owner, start, due, completed, cost, status, headings } = stated
  const amount = cost === null ? null : smallestUnits(cost, at.currency)
  if (cost !== null && amount === null) {
    issues.push(
      issueOf('note', 'import.cost_in_words', 'cost', { amount: amountText(cost) ?? '', currency: at.currency }),
    )
  }
  const flat = stated.title.replace(/\s+/gu, ' ').trim()
  const long = flat.length > 300
  const state: ActionStatus = actionStatuses.find((one) => one === status?.value) ?? 'planned'
  const claimed = status && (state === 'done' || state === 'cancelled' || status.value === null)
  const reversed = start?.date && due?.date && due.date < start.date
  const row: TreatmentAction = {
    id: at.mint<'riskAction'>(),
    orgId: at.orgId,
    version: 1,
    ref: at.ref,
    riskId: at.riskId,
    title: long ? `${flat.slice(0, 297).toWellFormed()} …` : flat,
    description:
      fit(
        notesOf([
          [headings.action, long ? stated.title : null],
          ...stated.notes,
          [headings.due, due && due.date === null ? due.text : null],
          [headings.start, start && (start.date === null || reversed) ? start.text : null],
          [headings.completed, completed && (state !== 'done' || completed.date === null) ? completed.text : null],
        ]),
        5000,
        'action',
        issues,
      ) || null,
    controlId: at.controlIds[0] ?? null,
    ownerId: (owner?.personId ?? null) as Id<'person'> | null,
    ownerText: owner?.personId === null ? fit(owner.text.replaceAll('\n', ', '), 200, 'owner', issues) : null,
    startOn: reversed ? null : (start?.date ?? null),
    dueOn: due?.date ?? null,
    dueMoves: [],
    resources:
      fit(
        [stated.resources, amount === null ? amountText(cost) : null].filter(Boolean).join('\n'),
        1000,
        'resources',
        issues,
      ) || null,
    cost: amount,
    status: state,
    statusReason: claimed ? notesOf([[headings.status, status.text]]) : null,
    startedAt: null,
    // The middle of the day: a file gives days, not moments.
    doneAt: state === 'done' && completed?.date ? (`${completed.date}T12:00:00.000Z` as Instant) : null,
    cancelledAt: null,
  }
  return [
    created(recordTypes.action, row, 'risk.imported'),
    ...setActionControls(row, [], at.controlIds, at.mint).links,
  ]
}

/** An amount of a file in words: “8000 EUR”. */
export const amountText = (money: Money | null): string | null =>
  money === null ? null : `${money.amount} ${money.currency ?? ''}`.trim()

function smallestUnits({ amount, currency }: Money, own: string): number | null {
  if (currency !== null && currency !== own) return null
  const units = Math.round(amount * 10 ** currencyDigits(own))
  return Number.isSafeInteger(units) && units >= 0 ? units : null
}

import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

export const actionStatuses = ['planned', 'inProgress', 'done', 'cancelled'] as const
export type ActionStatus = (typeof actionStatuses)[number]
export type ActionStep = 'edit' | 'start' | 'complete' | 'cancel' | 'reopen'

export const actionSteps = {
  planned: ['edit', 'start', 'complete', 'cancel'],
  inProgress: ['edit', 'complete', 'cancel'],
  done: ['reopen'],
  cancelled: ['reopen'],
} as const satisfies Record<ActionStatus, readonly ActionStep[]>

/** One move of a due date; the first date of an action is not a move. */
export interface DueMove {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly reason: string
  readonly at: Instant
  readonly by: Id<'person'>
}

/** A step of the treatment plan (6.1.3 e), or of what is done about an opportunity (6.1.1 e). */
export interface TreatmentAction extends RecordRow {
  readonly id: Id<'riskAction'>
  readonly ref: string
  readonly riskId: Id<'risk'>
  readonly title: string
  readonly description: string | null
  /** The control this action brings about; further ones are linked, see `ActionControl`. */
  readonly controlId: Id<'control'> | null
  /** Null only after an import that named nobody known. */
  readonly ownerId: Id<'person'> | null
  /** Who an imported plan says does it, as long as nobody of the directory is named. */
  readonly ownerText: string | null
  readonly startOn: LocalDate | null
  /** Null only after an import without a date. */
  readonly dueOn: LocalDate | null
  readonly dueMoves: readonly DueMove[]
  readonly resources: string | null
  /** In the smallest unit of the organization's currency (cents). */
  readonly cost: number | null
  readonly status: ActionStatus
  /** Why it was cancelled or opened again, or what was noted when it was completed. */
  readonly statusReason: string | null
  readonly startedAt: Instant | null
  readonly doneAt: Instant | null
  readonly cancelledAt: Instant | null
}

/** What the state of a treatment is read from: all that registers load of an action. */
export type ActionFacts = Pick<TreatmentAction, 'riskId' | 'ref' | 'ownerId' | 'status' | 'dueOn' | 'doneAt'>

/** A further control an action brings about, beside the one its own row names. Unique on (actionId, controlId). */
export interface ActionControl extends RecordRow {
  readonly id: Id<'actionControl'>
  readonly actionId: Id<'riskAction'>
  readonly controlId: Id<'control'>
  readonly live: boolean
}

/** What shows that an action was done. Unique on (actionId, artefactId). */
export interface ActionEvidence extends RecordRow {
  readonly id: Id<'riskActionEvidence'>
  readonly actionId: Id<'riskAction'>
  readonly artefactId: Id<'artefact'>
  readonly live: boolean
}

/**
 * Done by the word of an imported file: a done action only changes by being completed or opened here, so the version it
 * arrived with is still its own.
 */
export const isClaimedByImport = ({
  status,
  version,
}: {
  readonly status: string
  readonly version: number
}): boolean => status === 'done' && version === 1

/** What can be done with an action now; a completion that a file claims can be confirmed by completing it here. */
export const stepsOf = (action: Pick<TreatmentAction, 'status' | 'version'>): readonly ActionStep[] =>
  isClaimedByImport(action) ? ['complete', 'reopen'] : actionSteps[action.status]

export const isOpenAction = (action: Pick<TreatmentAction, 'status'>): boolean =>
  action.status === 'planned' || action.status === 'inProgress'

/** Open and past its due date; an action due today is not overdue yet. */
export const isOverdue = (action: Pick<TreatmentAction, 'status' | 'dueOn'>, today: LocalDate): boolean =>
  isOpenAction(action) && action.dueOn !== null && action.dueOn < today

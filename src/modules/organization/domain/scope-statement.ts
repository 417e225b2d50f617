import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { ScopeContent } from './scope-content.ts'

export const statementStatuses = ['draft', 'approved', 'superseded', 'withdrawn'] as const
export type StatementStatus = (typeof statementStatuses)[number]

/** What can be done with a scope statement in each status; shared with the web app. */
export const statementSteps = {
  draft: ['change', 'approve', 'withdraw'],
  approved: [],
  superseded: [],
  withdrawn: [],
} as const satisfies Record<StatementStatus, readonly ('change' | 'approve' | 'withdraw')[]>

/** One version of the scope statement (4.3). An approved one never changes: a new version takes its place. */
export interface ScopeStatement extends RecordRow {
  readonly id: Id<'scope'>
  readonly number: number | null
  readonly status: StatementStatus
  readonly statement: string
  readonly considerations: string
  readonly preparedBy: Id<'person'> | null
  /** What the records said when it was approved. */
  readonly content: ScopeContent | null
  readonly stateHash: string | null
  readonly approvedAt: Instant | null
  readonly approvedBy: Id<'person'> | null
  readonly approvedByName: string | null
  readonly supersededAt: Instant | null
}

export type StatementFields = Pick<ScopeStatement, 'statement' | 'considerations'>

const unapproved = {
  number: null,
  content: null,
  stateHash: null,
  approvedAt: null,
  approvedBy: null,
  approvedByName: null,
  supersededAt: null,
} as const

/** A new version as a draft. Refuses a second one beside a draft. */
export function startDraft(
  key: Pick<ScopeStatement, 'id' | 'orgId'>,
  fields: StatementFields,
  by: Id<'person'> | null,
  existing: ScopeStatement | null,
): Result<Change<ScopeStatement>> {
  if (existing !== null) {
    return refuse('scope.draft_exists', 'There is a draft of the scope statement already: go on with it or discard it.')
  }
  const draft: ScopeStatement = { ...key, ...unapproved, ...fields, version: 1, status: 'draft', preparedBy: by }
  return ok(created('scope_statement', draft, 'scope.drafted'))
}

/** Changes the text of a draft. */
export function changeDraft(row: ScopeStatement, patch: Partial<StatementFields>): Result<Change<ScopeStatement>> {
  if (row.status !== 'draft') return notDraft(row)
  return ok(changed('scope_statement', row, patch, 'scope.changed'))
}

/** Discards a draft. */
export function discardDraft(row: ScopeStatement, reason: string): Result<Change<ScopeStatement>> {
  if (row.status !== 'draft') return notDraft(row)
  return ok(changed('scope_statement', row, { status: 'withdrawn' }, 'scope.discarded', reason))
}

/** What an approval is bound to: the words and what the records say. Its canonical hash is the state hash. */
export function approvedState(row: StatementFields, content: ScopeContent): object {
  return { statement: row.statement, considerations: row.considerations, content }
}

export const obstacleCodes = ['notPlaced', 'noStatement', 'nothingInside', 'noInterfaces'] as const

/** What stands in the way of an approval, or would be noticed by an auditor. */
export interface ScopeObstacle {
  readonly code: (typeof obstacleCodes)[number]
  readonly severity: 'blocks' | 'warns'
  readonly sentence: string
}

/** What keeps a draft from being approved, and what only deserves a second look (4.3). */
export function approvalObstacles(row: StatementFields, content: ScopeContent): ScopeObstacle[] {
  const found: ScopeObstacle[] = []
  const open = content.items.filter((item) => item.placement === 'undecided')
  if (row.statement.trim() === '') {
    found.push({ code: 'noStatement', severity: 'blocks', sentence: 'The scope statement has no text yet.' })
  }
  if (open.length > 0) {
    const names = open.slice(0, 5).map((item) => `${item.ref} ${item.name}`)
    const more = open.length > names.length ? ` and ${open.length - names.length} more` : ''
    const sentence = `Place ${names.join(', ')}${more} inside or outside the scope first.`
    found.push({ code: 'notPlaced', severity: 'blocks', sentence })
  }
  if (!content.items.some((item) => item.placement === 'in')) {
    found.push({ code: 'nothingInside', severity: 'blocks', sentence: 'Nothing lies inside the scope yet.' })
  }
  if (content.interfaces.length === 0) {
    const sentence = 'No interface or dependency is recorded: an auditor will ask what crosses the boundary (4.3 c).'
    found.push({ code: 'noInterfaces', severity: 'warns', sentence })
  }
  return found
}

/** Who approves, and what they saw. */
export interface Approval {
  readonly by: { readonly isPerson: boolean; readonly personId: Id<'person'> | null; readonly name: string }
  readonly now: Instant
  /** State hash of what the approver had before them. */
  readonly seen: string
  /** State hash of what there is now. */
  readonly stateHash: string
  readonly number: number
}

/**
 * Approves a draft: it becomes the scope, bound to what the records say at this moment; the one before is superseded.
 * Refuses programs, what somebody did not see in its present form, and a scope that is not determined yet.
 */
export function approveScope(
  draft: ScopeStatement,
  content: ScopeContent,
  before: ScopeStatement | null,
  act: Approval,
): Result<readonly Change<ScopeStatement>[]> {
  if (draft.status !== 'draft') return notDraft(draft)
  if (!act.by.isPerson) {
    return refuse(
      'scope.approver_is_no_person',
      'A scope is approved by a person who answers for it, not by a program.',
    )
  }
  if (act.seen !== act.stateHash) {
    return refuse(
      'scope.changed_since_seen',
      'The scope was changed after you had opened it: look at it again, then approve.',
      {},
      'stateHash',
    )
  }
  const blocking = approvalObstacles(draft, content).filter((one) => one.severity === 'blocks')
  if (blocking.length > 0) {
    return refuse('scope.not_ready', blocking.map((one) => one.sentence).join(' '), {
      obstacles: blocking.map((one) => one.code),
    })
  }
  const approved = changed(
    'scope_statement',
    draft,
    {
      status: 'approved',
      number: act.number,
      content,
      stateHash: act.stateHash,
      approvedAt: act.now,
      approvedBy: act.by.personId,
      approvedByName: act.by.name,
    },
    'scope.approved',
  )
  if (before === null) return ok([approved])
  const superseded = { status: 'superseded', supersededAt: act.now } as const
  return ok([changed('scope_statement', before, superseded, 'scope.superseded'), approved])
}

const notDraft = (row: ScopeStatement): ReturnType<typeof refuse> =>
  refuse('scope.not_draft', `This version of the scope statement is ${row.status}: start a new draft to change it.`, {
    status: row.status,
  })

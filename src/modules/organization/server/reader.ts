import type { Instant } from '#kernel/time.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { judgeScope, type ScopeContent, type ScopeJudgement } from '../domain/scope-content.ts'
import { loadContent, loadCurrent } from './scope-views.ts'

// What later modules may ask of this one.

/** The scope as documents quote it. */
export interface ApprovedScope {
  readonly number: number
  readonly statement: string
  readonly considerations: string
  readonly content: ScopeContent
  readonly approvedAt: Instant
  readonly approvedBy: string
  /** Whether the records still say what was approved. */
  readonly judgement: ScopeJudgement
}

/** The approved scope, or null. Four statements. */
export async function approvedScope(tx: Tx): Promise<ApprovedScope | null> {
  const [{ approved }, current] = await Promise.all([loadCurrent(tx), loadContent(tx)])
  if (approved?.content == null || approved.number === null || approved.approvedAt === null) return null
  const { number, statement, considerations, content, approvedAt, approvedByName } = approved
  return {
    number,
    statement,
    considerations,
    content,
    approvedAt,
    approvedBy: approvedByName ?? '',
    judgement: judgeScope(content, current),
  }
}

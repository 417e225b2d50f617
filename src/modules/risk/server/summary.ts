import type { z } from 'zod'
import type { LocalDate } from '#kernel/time.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { riskSummary } from '../contract-summary.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import { judgeAct } from '../domain/judge-approval.ts'
import { levelOrigin } from '../domain/risk.ts'
import { riskStatus, riskStatuses } from '../domain/risk-status.ts'
import { isOpenAction, isOverdue } from '../domain/treatment-action.ts'
import type { LoadedAction, LoadedRisk } from './load.ts'
import { wholeRegister } from './views.ts'

type Summary = z.output<typeof riskSummary.response>
type Due = Summary['due'][number]

const dueShown = 20

export const riskSummaryUseCase = useCase(riskSummary, ({ tx }) => summarize(tx))

/** Counts over the whole register. As many statements as a page of it. */
async function summarize(tx: Tx): Promise<Summary> {
  const { risks, today } = await wholeRegister(tx)
  const byStatus = Object.fromEntries(riskStatuses.map((status) => [status, 0])) as Summary['byStatus']
  let exceeding = 0
  for (const { row, dossier } of risks) {
    byStatus[riskStatus(dossier, today).status] += 1
    if (evaluationOf(dossier.method, row.current)?.exceedsThreshold === true) exceeding += 1
  }
  return {
    total: risks.length,
    byStatus,
    exceeding,
    asImported: risks.filter(({ row }) => levelOrigin(row) === 'imported').length,
    withoutOwner: risks.filter(({ row }) => row.ownerId === null).length,
    due: risks
      .flatMap((risk) => dueOf(risk, today))
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .slice(0, dueShown),
  }
}

function dueOf({ row, dossier, actions, approvals }: LoadedRisk<LoadedAction>, today: LocalDate): Due[] {
  const open = actions.filter(isOpenAction).flatMap((action): Due[] =>
    action.dueOn === null
      ? []
      : [
          {
            kind: 'action',
            ref: action.ref,
            title: action.title,
            riskRef: row.ref,
            on: action.dueOn,
            overdue: isOverdue(action, today),
          },
        ],
  )
  const signed = (['plan', 'acceptance'] as const).flatMap((kind): Due[] => {
    const approval = approvals[kind]
    const standing = judgeAct(dossier, kind, today)?.standing
    if (approval === null) return []
    const on = approval.expiresOn
    // One that no longer counts for another reason than its date is work of its own, not a date.
    if (standing === 'outOfDate' && on >= today) return []
    return [{ kind, ref: row.ref, title: row.title, riskRef: row.ref, on, overdue: on < today }]
  })
  return [...open, ...signed]
}

import type { Id } from '#kernel/id.ts'
import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { statement } from '#platform/db/database.ts'
import type { RiskMethod } from '../domain/method.ts'
import { riskStatus } from '../domain/risk-status.ts'
import { type AssessmentRun, nextWholeRunDue } from '../domain/run.ts'
import { loadRegister, riskRows, todayOf } from './load.ts'

/** Acceptances that no longer hold, actions that are late, an assessment that is due (6.1.3 f, 8.2, 8.3). */
export const riskAttention: readonly AttentionSource[] = [
  {
    path: '/risks',
    readAction: 'risk.read',
    reason: 'acceptanceOutOfDate',
    count: async (tx) => {
      // Only what has been accepted can have lost its acceptance.
      const accepted = await tx.rows<{ riskId: Id<'risk'> }>(
        statement(`select risk_id from risk_approval where org_id = $1 and act = 'acceptance' and ended_at is null`, [
          tx.org.id,
        ]),
      )
      if (accepted.length === 0) return 0
      const rows = await riskRows(
        tx,
        accepted.map((one) => one.riskId),
      )
      const { risks, today } = await loadRegister(tx, rows)
      return risks.filter(({ dossier }) => riskStatus(dossier, today).status === 'acceptanceOutOfDate').length
    },
  },
  {
    path: '/risks/actions',
    readAction: 'risk.read',
    reason: 'overdue',
    count: `select count(*)::int from risk_action a join risk r on r.org_id = a.org_id and r.id = a.risk_id
      where a.org_id = $1 and a.status in ('planned', 'inProgress') and a.due_on < $2 and r.withdrawn_at is null`,
  },
  {
    path: '/risks/runs',
    readAction: 'risk.read',
    reason: 'assessmentDue',
    count: async (tx) => {
      const [runs, methods] = await Promise.all([
        tx.rows<AssessmentRun>(statement('select * from risk_run where org_id = $1', [tx.org.id])),
        tx.rows<RiskMethod>(
          statement(`select * from risk_method where org_id = $1 and status = 'approved'`, [tx.org.id]),
        ),
      ])
      const due = methods[0] === undefined ? null : nextWholeRunDue(methods[0], runs)
      return due !== null && due < todayOf(tx) ? 1 : 0
    },
  },
]

import type { Id } from '#kernel/id.ts'
import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { type Judging, judgedCount } from '#platform/attention/judged-count.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { RiskMethod } from '../domain/method.ts'
import { recordTypes } from '../domain/record-types.ts'
import { riskStatus } from '../domain/risk-status.ts'
import { type AssessmentRun, nextWholeRunDue } from '../domain/run.ts'
import { controlDirectory } from './control-directory.ts'
import { loadRegister, riskRows, todayOf } from './load.ts'

/** An acceptance hangs on the risk with its parts, on the method in force, and on which of its controls work. */
const outOfDateAcceptances: Judging<'risk', readonly Id<'control'>[]> = {
  basis: async (tx) =>
    [...(await controlDirectory(tx)).values()]
      .filter((control) => !control.works)
      .map((control) => control.id)
      .toSorted(),
  touched: async (tx, since, failing) => {
    const turned = [
      ...failing.filter((id) => !since.basis.includes(id)),
      ...since.basis.filter((id) => !failing.includes(id)),
    ]
    const [written] = await tx.rows<{ method: boolean | null; risks: Id<'risk'>[] | null }>(
      statement(
        `with e as (select record_type, record_id, after from ledger_entry where org_id = $1 and seq > $2)
         select (select bool_or(record_type = '${recordTypes.method}') from e) as method, (
           select array_agg(distinct id) from (
             select record_id as id from e where record_type = '${recordTypes.risk}'
             union all select (after ->> 'risk_id')::uuid from e where record_type = any($3)
             union all
             select a.risk_id from e join risk_approval a on a.org_id = $1 and a.id = (e.after ->> 'approval_id')::uuid
             where e.record_type = '${recordTypes.signature}'
             union all select risk_id from risk_control where org_id = $1 and control_id = any($4)) x) as risks`,
        [tx.org.id, since.seq, partsJudged, turned],
      ),
    )
    return written?.method === true ? null : (written?.risks ?? [])
  },
  judge: async (tx, only) => {
    // Only what has been accepted can have lost its acceptance.
    const accepted = await tx.rows<{ riskId: Id<'risk'> }>(
      statement(
        `select risk_id from risk_approval
         where org_id = $1 and act = 'acceptance' and ended_at is null and ($2::uuid[] is null or risk_id = any($2))`,
        [tx.org.id, only],
      ),
    )
    const outOfDate: Id<'risk'>[] = []
    for (const some of inBatches(accepted, judgedTogether)) {
      outOfDate.push(
        ...(await outOfDateOf(
          tx,
          some.map((one) => one.riskId),
        )),
      )
    }
    return outOfDate
  },
}

const partsJudged = [
  recordTypes.option,
  recordTypes.control,
  recordTypes.rise,
  recordTypes.action,
  recordTypes.approval,
]

/** Risks in memory at a time: other requests are answered between two batches. */
const judgedTogether = 500

async function outOfDateOf(tx: Tx, ids: readonly Id<'risk'>[]): Promise<Id<'risk'>[]> {
  const { risks, today } = await loadRegister(tx, await riskRows(tx, ids))
  return risks
    .filter(({ dossier }) => riskStatus(dossier, today).status === 'acceptanceOutOfDate')
    .map(({ row }) => row.id)
}

function* inBatches<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}

/** Acceptances that no longer hold, actions that are late, an assessment that is due (6.1.3 f, 8.2, 8.3). */
export const riskAttention: readonly AttentionSource[] = [
  {
    path: '/risks',
    readAction: 'risk.read',
    reason: 'acceptanceOutOfDate',
    count: judgedCount(outOfDateAcceptances),
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

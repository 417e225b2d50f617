import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { risks } from '../contract.ts'
import { cancelRun, closeRun } from '../domain/close-run.ts'
import type { RiskMethod } from '../domain/method.ts'
import { openRun } from '../domain/open-run.ts'
import { type AssessmentRun, missingFromRun, nextWholeRunDue, type RunMember, type RunResult } from '../domain/run.ts'
import { type RiskRow, riskRows } from './load.ts'
import { occasion } from './occasion.ts'
import { runRecord } from './records.ts'

type RunView = z.output<(typeof risks.openRun)['response']>
type RunPage = z.output<(typeof risks.run)['response']>

interface Row extends AssessmentRun {
  readonly methodName: string
}

interface RunRows {
  readonly runs: readonly Row[]
  readonly members: readonly RunMember[]
  readonly results: readonly (RunResult & { readonly ownerName: string | null })[]
  readonly risks: readonly RiskRow[]
}

// Four statements for any number of runs; results in full only for the one that is opened.
async function loadRuns(tx: Tx, only: Id | null): Promise<RunRows> {
  const [runs, members, results, register] = await Promise.all([
    tx.rows<Row>(
      statement(
        `select r.*, m.name as method_name from risk_run r join risk_method m on m.org_id = r.org_id and m.id = r.method_id
         where r.org_id = $1 order by r.ref collate people desc`,
        [tx.org.id],
      ),
    ),
    tx.rows<RunMember>(statement('select * from risk_run_member where org_id = $1 and live', [tx.org.id])),
    only === null
      ? tx.rows<RunRows['results'][number]>(
          statement('select run_id, risk_id from risk_run_result where org_id = $1', [tx.org.id]),
        )
      : tx.rows<RunRows['results'][number]>(
          statement(
            `select x.*, p.name as owner_name from risk_run_result x
             left join person p on p.org_id = x.org_id and p.id = x.owner_id where x.org_id = $1 and x.run_id = $2`,
            [tx.org.id, only],
          ),
        ),
    riskRows(tx),
  ])
  return { runs, members, results, risks: register }
}

function runOf(run: Row, rows: RunRows, can: Can): RunView {
  const missing = run.status === 'open' ? missingFromRun(run, rows.risks, rows.members, rows.results) : []
  return {
    id: run.id as Id as Id<'run'>,
    ref: run.ref,
    version: run.version,
    name: run.name,
    scope: run.scope,
    trigger: run.trigger,
    method: { id: run.methodId as Id as Id<'method'>, name: run.methodName },
    status: run.status,
    openedOn: run.openedOn,
    closedOn: run.closedOn,
    results: rows.results.filter((result) => result.runId === run.id).length,
    missing: missing.length,
    can: { edit: run.status === 'open' && can('run.edit') },
  }
}

export const listRunsUseCase = useCase(risks.runs, async ({ tx, can }) => {
  const [rows, method] = await Promise.all([loadRuns(tx, null), inForce(tx)])
  return {
    items: rows.runs.map((run) => runOf(run, rows, can)),
    nextDue: method ? nextWholeRunDue(method, rows.runs) : null,
    can: { create: can('run.edit') },
  }
})

export const showRunUseCase = useCase(risks.run, ({ tx, params, can }) => showRun(tx, params.runId, can))

async function showRun(tx: Tx, id: Id, can: Can): Promise<RunPage> {
  const rows = await loadRuns(tx, id)
  const run = rows.runs.find((one) => (one.id as string) === id)
  if (!run)
    throw new RefusalError({
      code: 'risk_run.not_found',
      message: `There is no such assessment run in ${tx.org.name}.`,
      facts: {},
    })
  const missing = run.status === 'open' ? missingFromRun(run, rows.risks, rows.members, rows.results) : []
  return {
    ...runOf(run, rows, can),
    rows: rows.results
      .toSorted((a, b) => b.priority - a.priority || a.riskRef.localeCompare(b.riskRef, 'en', { numeric: true }))
      .map((result) => ({
        riskId: result.riskId,
        ref: result.riskRef,
        title: result.title,
        owner: result.ownerName,
        inherent: result.inherent as RunPage['rows'][number]['inherent'],
        current: result.current as RunPage['rows'][number]['current'],
        target: result.target as RunPage['rows'][number]['target'],
        inherentBand: result.inherentBand,
        currentBand: result.currentBand,
        targetBand: result.targetBand,
        exceeds: result.exceedsThreshold,
        rank: result.rank,
        rationale: result.rationale,
        assessedAt: result.assessedAt,
      })),
    missingRisks: missing.map(({ id: riskId, ref, title }) => ({ id: riskId, ref, title })),
  }
}

export const openRunUseCase = useCase(risks.openRun, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const method = await inForce(tx)
  if (!method) {
    throw new RefusalError({
      code: 'risk.no_method',
      message: 'No risk method is approved: approve one before assessing.',
      facts: {},
    })
  }
  const named = body.scope === 'partial' ? await riskRows(tx, body.riskIds) : []
  if (body.scope === 'partial' && named.length !== new Set(body.riskIds).size) {
    throw new RefusalError({
      code: 'risk.not_found',
      message: `One of these risks does not exist in ${tx.org.name}.`,
      facts: {},
      field: 'riskIds',
    })
  }
  const at = { ...occasion(tx, actor), method, ref: await tx.nextRef(grant, 'RA') }
  const changes = orRefuse(openRun({ ...body, risks: named }, at))
  await tx.commit(grant, changes)
  return showRun(tx, changes[0]?.after.id as Id, can)
})

export const closeRunUseCase = useCase(risks.closeRun, async ({ tx, permission, actor, params, can }) => {
  const { row, grant } = await tx.lock(permission, runRecord, params.runId)
  const [members, results, register] = await Promise.all([
    tx.rows<RunMember>(
      statement('select * from risk_run_member where org_id = $1 and run_id = $2', [tx.org.id, row.id]),
    ),
    tx.rows<RunResult>(
      statement('select * from risk_run_result where org_id = $1 and run_id = $2 for update', [tx.org.id, row.id]),
    ),
    riskRows(tx),
  ])
  await tx.commit(grant, orRefuse(closeRun(row, { risks: register, members, results }, occasion(tx, actor))))
  return showRun(tx, row.id, can)
})

export const cancelRunUseCase = useCase(risks.cancelRun, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, runRecord, params.runId)
  await tx.commit(grant, cancelRun(row, body.reason, occasion(tx, actor)))
  return showRun(tx, row.id, can)
})

function inForce(tx: Tx): Promise<RiskMethod | undefined> {
  return tx.first<RiskMethod>(
    statement(`select * from risk_method where org_id = $1 and status = 'approved'`, [tx.org.id]),
  )
}

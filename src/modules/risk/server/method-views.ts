import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { risks } from '../contract.ts'
import type { methodView } from '../contract-methods.ts'
import type { RiskMethod } from '../domain/method.ts'
import { riskMatrix } from '../domain/risk-matrix.ts'
import { riskStates } from '../domain/scores.ts'
import { validateMethod } from '../domain/validate-method.ts'
import { riskRows } from './load.ts'

type View = z.output<typeof methodView>
type MatrixView = z.output<(typeof risks.matrix)['response']>

interface Row extends RiskMethod {
  readonly approverName: string | null
}

/** Versions of the method, newest first; discarded drafts left out. */
export async function listMethods(tx: Tx, can: Can): Promise<View[]> {
  const rows = await tx.rows<Row>(
    statement(
      `select m.*, p.name as approver_name from risk_method m
       left join person p on p.org_id = m.org_id and p.id = m.approved_by
       where m.org_id = $1 and m.withdrawn_at is null order by m.edition desc`,
      [tx.org.id],
    ),
  )
  return rows.map((row) => methodOf(row, row.approverName, can))
}

/** One version. Refuses with `risk_method.not_found`. */
export async function showMethod(tx: Tx, id: Id, can: Can): Promise<View> {
  const found = (await listMethods(tx, can)).find((method) => (method.id as string) === id)
  if (found) return found
  throw new RefusalError({
    code: 'risk_method.not_found',
    message: `There is no such version of the risk method in ${tx.org.name}.`,
    facts: {},
  })
}

function methodOf(method: RiskMethod, approvedBy: string | null, can: Can): View {
  const draft = method.status === 'draft'
  return {
    id: method.id as Id as Id<'method'>,
    version: method.version,
    edition: method.edition,
    status: method.status,
    name: method.name,
    likelihood: structuredClone(method.likelihood) as View['likelihood'],
    dimensions: structuredClone(method.dimensions) as View['dimensions'],
    combination: method.combination,
    aggregate: structuredClone(method.aggregate) as View['aggregate'],
    bands: structuredClone(method.bands) as View['bands'],
    acceptUpTo: method.acceptUpTo,
    acceptanceAuthority: structuredClone(method.acceptanceAuthority) as View['acceptanceAuthority'],
    planAuthority: structuredClone(method.planAuthority) as View['planAuthority'],
    intervalMonths: method.intervalMonths,
    triggers: [...method.triggers],
    validityMonths: method.validityMonths,
    approvedBy,
    approvedAt: method.approvedAt,
    supersededAt: method.supersededAt,
    problems: draft
      ? validateMethod(method).map(({ code, field, message, facts }) => ({
          code,
          field: field ?? null,
          message,
          facts: structuredClone(facts) as View['problems'][number]['facts'],
        }))
      : [],
    can: {
      edit: draft && can('method.edit'),
      approve: draft && can('method.approve'),
      revise: method.status === 'approved' && can('method.edit'),
    },
  }
}

/** The matrix of the method in force with the live risks in it, per state, and their way from current to target. */
export async function showMatrix(tx: Tx, can: Can): Promise<MatrixView> {
  const [methods, rows] = await Promise.all([
    tx.rows<Row>(
      statement(
        `select m.*, p.name as approver_name from risk_method m
         left join person p on p.org_id = m.org_id and p.id = m.approved_by
         where m.org_id = $1 and m.status = 'approved'`,
        [tx.org.id],
      ),
    ),
    riskRows(tx),
  ])
  const [method] = methods
  const live = rows.filter((row) => row.closedAt === null && row.kind !== 'opportunity')
  const unscored = live.filter((row) => row.current === null).length
  if (!method) return { method: null, states: [], moves: [], unscored, otherMethod: live.length - unscored }
  const matrix = riskMatrix(method, rows)
  const moves = new Map<string, MatrixView['moves'][number]>()
  for (const { path } of matrix.movements) {
    const { current, target } = path
    if (!current || !target || (current.likelihood === target.likelihood && current.consequence === target.consequence))
      continue
    const key = [current.likelihood, current.consequence, target.likelihood, target.consequence].join('/')
    const move = moves.get(key) ?? { from: { ...current }, to: { ...target }, count: 0 }
    moves.set(key, { ...move, count: move.count + 1 })
  }
  return {
    method: methodOf(method, method.approverName, can),
    states: riskStates.map((state) => ({
      state,
      cells: matrix.cells
        .filter((cell) => cell.risks[state].length > 0)
        .map(({ likelihood, consequence, risks: inCell }) => ({
          likelihood,
          consequence,
          count: inCell[state].length,
        })),
    })),
    moves: [...moves.values()],
    unscored,
    otherMethod: matrix.notShown.length - unscored,
  }
}

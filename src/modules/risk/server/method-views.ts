import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { risks } from '../contract.ts'
import type { methodView } from '../contract-methods.ts'
import type { RiskMethod } from '../domain/method.ts'
import { type Hand, methodSeparation } from '../domain/method-separation.ts'
import { recordTypes } from '../domain/record-types.ts'
import { riskMatrix } from '../domain/risk-matrix.ts'
import { riskStates } from '../domain/scores.ts'
import { validateMethod } from '../domain/validate-method.ts'
import { riskRows } from './load.ts'

type View = z.output<typeof methodView>
type MatrixView = z.output<(typeof risks.matrix)['response']>

interface Row extends RiskMethod {
  readonly approverName: string | null
  readonly authors: readonly Hand[] | null
  /** Null while it is a draft, and for imported scales. */
  readonly approver: Hand | null
}

/** Who asks, and what they may do. */
type Asking = { readonly can: Can; readonly actor: Hand }

// Who wrote and who approved a version its history knows.
const methodRows = `
  select m.*, p.name as approver_name, h.authors, h.approver from risk_method m
  left join person p on p.org_id = m.org_id and p.id = m.approved_by
  left join lateral (
    select jsonb_agg(e.actor) filter (where e.action <> 'risk.method_approved') as authors,
      (array_agg(e.actor) filter (where e.action = 'risk.method_approved'))[1] as approver
    from ledger_entry e where e.org_id = m.org_id and e.record_type = '${recordTypes.method}' and e.record_id = m.id
      and e.action in ('risk.method_drafted', 'risk.method_edited', 'risk.method_revised', 'risk.method_approved')) h on true
  where m.org_id = $1`

/** Versions of the method, newest first; discarded drafts left out. */
export async function listMethods(tx: Tx, asking: Asking): Promise<View[]> {
  const rows = await tx.rows<Row>(
    statement(`${methodRows} and m.withdrawn_at is null order by m.edition desc`, [tx.org.id]),
  )
  return rows.map((row) => methodOf(row, asking))
}

/** One version. Refuses with `risk_method.not_found`. */
export async function showMethod(tx: Tx, id: Id, asking: Asking): Promise<View> {
  const found = (await listMethods(tx, asking)).find((method) => (method.id as string) === id)
  if (found) return found
  throw new RefusalError({
    code: 'risk_method.not_found',
    message: `There is no such version of the risk method in ${tx.org.name}.`,
    facts: {},
  })
}

function methodOf(method: Row, { can, actor }: Asking): View {
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
    approvedBy: method.approverName,
    approvedAt: method.approvedAt,
    supersededAt: method.supersededAt,
    separation: separationOf(method, actor),
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

function separationOf({ status, authors, approver }: Row, reader: Hand): View['separation'] {
  const by = status === 'draft' ? reader : approver
  return by === null ? null : methodSeparation(authors ?? [], by)
}

/** The matrix of the method in force with the live risks in it, per state, and their way from current to target. */
export async function showMatrix(tx: Tx, asking: Asking): Promise<MatrixView> {
  const [methods, rows] = await Promise.all([
    tx.rows<Row>(statement(`${methodRows} and m.status = 'approved'`, [tx.org.id])),
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
    method: methodOf(method, asking),
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

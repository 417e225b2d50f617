import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { mutable } from '#kernel/mutable.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { Actor } from '#platform/access/policy.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder } from '#platform/db/database.ts'
import { like, type Page, page, type Sorting } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { risks } from '../contract.ts'
import type { actionView, riskItem, riskView } from '../contract-views.ts'
import { refuseAcceptance } from '../domain/accept-residual.ts'
import { refusePlanApproval } from '../domain/approve-plan.ts'
import { type Evaluation, evaluationOf } from '../domain/evaluate.ts'
import { judgeAct } from '../domain/judge-approval.ts'
import { acceptanceMaterial, planMaterial } from '../domain/material.ts'
import type { RiskMethod } from '../domain/method.ts'
import { originalLevels } from '../domain/original-level.ts'
import type { Reason } from '../domain/refusals.ts'
import { levelOrigin, riskLife } from '../domain/risk.ts'
import { riskStatus } from '../domain/risk-status.ts'
import type { Scores } from '../domain/scores.ts'
import { refuseAuthority } from '../domain/sign-authority.ts'
import { isClaimedByImport, isOpenAction, isOverdue, stepsOf } from '../domain/treatment-action.ts'
import { residualOf, treatmentState } from '../domain/treatment-state.ts'
import {
  byRef,
  controlsOfAction,
  type LoadedAction,
  type LoadedApproval,
  type LoadedRegister,
  type LoadedRisk,
  loadRegister,
  loadRisk,
  type RiskRow,
  riskRows,
} from './load.ts'
import { nameControl } from './name-control.ts'
import { materialHash } from './occasion.ts'

type Item = z.output<typeof riskItem>
type View = z.output<typeof riskView>
type ActionView = z.output<typeof actionView>
type Act = NonNullable<View['approvals']['plan']>

/** Who asks, and what they may do: what a view's `can` is made from. */
export interface Asking {
  readonly can: Can
  readonly actor: Actor
}

const select = () =>
  sqlBuilder
    .selectFrom('risk as r')
    .leftJoin('person as o', (join) => join.onRef('o.orgId', '=', 'r.orgId').onRef('o.id', '=', 'r.ownerId'))
    .selectAll('r')
    .select(['o.name as ownerName', sql<boolean>`o.status <> 'left' and o.withdrawn_at is null`.as('ownerActive')])

/**
 * A page of the register: six statements. A filter by something derived (status, band, cell) looks at the whole register;
 * all other filters and every sorting are done by the database before anything is put together.
 */
export async function listRisks(tx: Tx, query: QueryOf<typeof risks.list>, asking: Asking): Promise<Page<Item>> {
  const derived = isDerived(query)
  const found = await page<RiskRow>(tx, filtered(tx, query), derived ? { ...query, ...everything } : query, sorting)
  const register = await loadRegister(tx, found.items)
  const itemsOf = (loaded: readonly LoadedRisk[]): Item[] => loaded.map((one) => itemOf(one, register, asking))
  if (!derived) return { ...found, items: itemsOf(register.risks) }
  const kept = register.risks.filter((loaded) => matches(loaded, register, query))
  const from = query.cursor === undefined ? 0 : offsetOf(query.cursor)
  const shown = itemsOf(kept.slice(from, from + query.limit))
  const next = from + shown.length < kept.length ? Buffer.from(`@${from + shown.length}`).toString('base64url') : null
  return { items: shown, total: kept.length, next }
}

/** A look at the whole register, as far as a filter leaves it. */
export type RegisterQuery = Omit<QueryOf<typeof risks.list>, 'cursor' | 'limit'>

const everything = { cursor: undefined, limit: 100_000 } as const

const sorting: Sorting = {
  by: {
    ref: { sql: sql`r.ref collate people` },
    title: { sql: sql`r.title collate people` },
    level: { sql: sql`r.priority` },
    owner: { sql: sql`o.name collate people` },
    category: { sql: sql`r.category collate people` },
    assessedAt: { sql: sql`r.assessed_at` },
  },
  id: sql`r.id`,
  first: 'ref',
}

const isDerived = ({ status, band, cell }: Pick<RegisterQuery, 'status' | 'band' | 'cell'>): boolean =>
  status !== undefined || band !== undefined || cell !== undefined

/** The risks a list with this filter shows, whole and in its order: seven statements. */
export async function filteredRegister(tx: Tx, query: RegisterQuery): Promise<LoadedRegister> {
  const { items } = await page<RiskRow>(tx, filtered(tx, query), { ...query, ...everything }, sorting)
  const register = await loadRegister(tx, items)
  if (!isDerived(query)) return register
  const risks = register.risks.filter((loaded) => matches(loaded, register, query))
  return { ...register, risks }
}

function offsetOf(cursor: string): number {
  const found = /^@(\d{1,7})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (found !== undefined) return Number(found)
  throw new RefusalError({
    code: 'request.invalid',
    message: 'This cursor does not belong to this list and filter: start again without one.',
    facts: {},
    field: 'cursor',
  })
}

function filtered(tx: Tx, query: RegisterQuery) {
  let rows = select().where('r.orgId', '=', tx.org.id)
  rows = rows.where('r.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where(sql<boolean>`r.kind = any(${query.kind})`)
  if (query.ownerId) rows = rows.where('r.ownerId', '=', query.ownerId)
  if (query.category) rows = rows.where('r.category', '=', query.category)
  if (query.controlId) rows = rows.where(linked('risk_control', 'control_id', query.controlId))
  if (query.assetId) rows = rows.where(linked('risk_asset', 'asset_id', query.assetId))
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(r.ref ilike ${pattern} or r.title ilike ${pattern} or r.scenario ilike ${pattern} or r.threat ilike ${pattern}
        or r.vulnerability ilike ${pattern} or r.category ilike ${pattern} or o.name ilike ${pattern})`,
    )
  }
  return rows
}

const linked = (table: 'risk_control' | 'risk_asset', column: 'control_id' | 'asset_id', id: Id): RawBuilder<boolean> =>
  sql<boolean>`exists (select from ${sql.raw(table)} l where l.org_id = r.org_id and l.risk_id = r.id and l.live and l.${sql.raw(column)} = ${id})`

function matches({ row, dossier }: LoadedRisk, { today }: LoadedRegister, query: RegisterQuery): boolean {
  const state = evaluatedOf(dossier.method, row[query.state])
  return (
    (query.status === undefined || query.status.includes(riskStatus(dossier, today).status)) &&
    (query.band === undefined || (state !== null && query.band.includes(state.band.key))) &&
    (query.cell === undefined || (state !== null && `${state.likelihood}-${state.consequence}` === query.cell))
  )
}

/** The whole register, actions and all, for reports: one look at everything that is not withdrawn. */
export async function wholeRegister(tx: Tx): Promise<LoadedRegister<LoadedAction>> {
  return loadRegister(tx, await riskRows(tx), 'report')
}

export function itemOf(loaded: LoadedRisk, register: LoadedRegister, { can, actor }: Asking): Item {
  const { row, dossier, links, actions } = loaded
  const { today, inForce } = register
  const { status, why, next } = riskStatus(dossier, today)
  const open = actions.filter(isOpenAction)
  const owners = [row.ownerId]
  const isOpen = riskLife(row) === 'open'
  // The rules would say no to anybody else; most rows of a list need not ask them.
  const isOwner = row.ownerId !== null && row.ownerId === actor.personId
  const by = { personId: actor.personId ?? ('' as Id<'person'>), roles: actor.roles }
  const scored = (scores: Scores | null) => evaluatedOf(dossier.method, scores)
  return {
    id: row.id,
    ref: row.ref,
    version: row.version,
    kind: row.kind,
    title: row.title,
    scenario: row.scenario,
    category: row.category,
    confidentiality: row.confidentiality,
    integrity: row.integrity,
    availability: row.availability,
    owner: dossier.owner ? { ...dossier.owner } : null,
    ownerText: row.ownerId === null ? (row.imported?.claimedOwner ?? null) : null,
    inherent: scored(row.inherent),
    current: scored(row.current),
    target: scored(row.target),
    method: dossier.method
      ? {
          id: dossier.method.id as Id as Id<'method'>,
          name: dossier.method.name,
          inForce: dossier.method.id === inForce?.id,
        }
      : null,
    original: originalLevels(row),
    status,
    why: why.map((one) => words(nameControl(one, register.controls))),
    next,
    options: loaded.options.filter((option) => option.live).map((option) => option.kind),
    controls: controlsOf(links, register),
    actions: {
      total: actions.filter((action) => action.status !== 'cancelled').length,
      open: open.length,
      overdue: open.filter((action) => isOverdue(action, today)).length,
      unowned: open.filter((action) => action.ownerId === null).length,
      undated: open.filter((action) => action.dueOn === null).length,
      nextDue: open.reduce<LocalDate | null>(
        (first, { dueOn }) => (dueOn !== null && (first === null || dueOn < first) ? dueOn : first),
        null,
      ),
    },
    residual: residualOf(dossier)?.basis ?? null,
    plan: judgeAct(dossier, 'plan', today)?.standing ?? null,
    acceptance: judgeAct(dossier, 'acceptance', today)?.standing ?? null,
    assessedAt: row.assessedAt,
    levelOrigin: levelOrigin(row),
    can: {
      edit: isOpen && can('risk.edit', owners),
      assign: isOpen && can('risk.edit', owners) && can('risk.assign', owners),
      assess: isOpen && can('risk.assess', owners),
      treat: isOpen && can('risk.treat', owners),
      approve: isOwner && can('risk.approvePlan', owners) && refusePlanApproval(dossier, by) === null,
      accept: isOwner && can('risk.accept', owners) && refuseAcceptance(dossier, by, today) === null,
      sign:
        (loaded.approvals.plan !== null || loaded.approvals.acceptance !== null) &&
        can('risk.sign') &&
        (refuseAuthority(dossier, 'plan', by, today) === null ||
          refuseAuthority(dossier, 'acceptance', by, today) === null),
    },
  }
}

function evaluatedOf(method: RiskMethod | null, scores: Scores | null): Item['current'] {
  const evaluation = evaluationOf(method, scores)
  if (evaluation === null || scores === null) return null
  const known = shown.get(evaluation)
  if (known !== undefined) return known
  const { likelihood, consequence, product, band, level, exceedsThreshold } = evaluation
  const view = {
    scores: { likelihood: scores.likelihood, consequences: { ...scores.consequences } },
    likelihood,
    consequence,
    product,
    band: { key: band.key, name: band.name, token: band.token },
    level,
    exceeds: exceedsThreshold,
  }
  shown.set(evaluation, view)
  return view
}

// Rows of a register share their evaluations, and so what is shown of them.
const shown = new WeakMap<Evaluation, NonNullable<Item['current']>>()

function controlsOf(links: LoadedRisk['links'], register: LoadedRegister): Item['controls'] {
  const found: Item['controls'] = []
  for (const link of links) if (link.live) found.push(controlOf(link, register))
  return found.length < 2 ? found : found.sort((a, b) => byRef.compare(a.ref, b.ref))
}

function controlOf(link: LoadedRisk['links'][number], register: LoadedRegister): Item['controls'][number] {
  const facts = register.controls.get(link.controlId)
  return {
    id: link.controlId,
    ref: facts?.ref ?? '',
    title: facts?.title ?? '',
    state: link.state,
    lowers: link.lowers,
    standing: facts?.standing ?? null,
    works: facts?.works ?? true,
  }
}

/** One action as lists and record pages show it. */
export function actionOf(
  action: LoadedAction,
  risk: Pick<RiskRow, 'ref' | 'title'>,
  register: Pick<LoadedRegister, 'controls' | 'today'>,
  can: Can,
): ActionView {
  return {
    id: action.id as Id as Id<'action'>,
    ref: action.ref,
    version: action.version,
    riskId: action.riskId,
    riskRef: risk.ref,
    riskTitle: risk.title,
    title: action.title,
    description: action.description,
    controls: controlsOfAction(action, register.controls).map(({ id, ref, title }) => ({ id, ref, title })),
    owner:
      action.ownerId === null
        ? null
        : { id: action.ownerId, name: action.ownerName ?? '', active: action.ownerActive ?? false },
    ownerText: action.ownerText,
    startOn: action.startOn,
    dueOn: action.dueOn,
    dueMoves: action.dueMoves.map((move) => ({ ...move })),
    resources: action.resources,
    cost: action.cost,
    status: action.status,
    statusReason: action.statusReason,
    overdue: isOverdue(action, register.today),
    doneAt: action.doneAt,
    claimedByImport: isClaimedByImport(action),
    can: {
      edit: can('action.edit', [action.ownerId]),
      complete: can('action.edit', [action.ownerId]) && stepsOf(action).includes('complete'),
    },
  }
}

/**
 * One risk with everything on its page: six statements. Refuses with `risk.not_found`.
 * @param depth `new` right after it was recorded: three statements, since it cannot have a treatment
 */
export async function showRisk(tx: Tx, id: Id<'risk'>, asking: Asking, depth: 'page' | 'new' = 'page'): Promise<View> {
  const found = await loadRisk(tx, id, depth)
  if (!found)
    throw new RefusalError({ code: 'risk.not_found', message: `There is no such risk in ${tx.org.name}.`, facts: {} })
  const { loaded, register } = found
  const { row, dossier } = loaded
  const { today } = register
  const by = { personId: asking.actor.personId ?? ('' as Id<'person'>), roles: asking.actor.roles }
  const plan = planMaterial(dossier)
  const acceptance = acceptanceMaterial(dossier)
  return {
    ...itemOf(loaded, register, asking),
    threat: row.threat,
    vulnerability: row.vulnerability,
    rationale: row.rationale,
    assets: [...loaded.assets],
    obligations: [...loaded.obligations],
    treatment: {
      options: loaded.options
        .filter((option) => option.live)
        .map(({ kind, agreement, change, endedOn }) => ({ kind, agreement, change, endedOn })),
      rises: loaded.rises
        .filter((rise) => rise.live)
        .map(({ axis, reason, secondaryRiskId }) => ({ axis, reason, secondaryRiskId })),
      actions: loaded.actions
        .map((action) => actionOf(action, row, register, asking.can))
        .toSorted((a, b) => a.ref.localeCompare(b.ref, 'en', { numeric: true })),
      rescoringDue: treatmentState(dossier).rescoringDue,
    },
    approvals: {
      plan: actOf(loaded.approvals.plan, dossier, 'plan', register),
      acceptance: actOf(loaded.approvals.acceptance, dossier, 'acceptance', register),
    },
    blocked: {
      approve: blockedBy(refusePlanApproval(dossier, by)),
      accept: blockedBy(refuseAcceptance(dossier, by, today)),
      sign: blockedBy(refuseAuthority(dossier, 'acceptance', by, today) ?? refuseAuthority(dossier, 'plan', by, today)),
    },
    seen: { plan: plan && materialHash(plan), acceptance: acceptance && materialHash(acceptance) },
    imported: row.imported,
    effectiveness: row.effectiveness,
    closedAt: row.closedAt,
    closedReason: row.closedReason,
    withdrawnAt: row.withdrawnAt,
  }
}

/** A reason or a refusal as views carry it. */
export const words = ({ code, message, facts }: Reason): Item['why'][number] => ({
  code,
  message,
  facts: mutable(facts),
})

const blockedBy = (refused: Reason | null): Item['why'][number] | null => (refused === null ? null : words(refused))

function actOf(
  approval: LoadedApproval | null,
  dossier: LoadedRisk['dossier'],
  act: 'plan' | 'acceptance',
  { today, controls }: Pick<LoadedRegister, 'today' | 'controls'>,
): Act | null {
  const judgement = judgeAct(dossier, act, today)
  if (approval === null || judgement === null) return null
  const said = (one: Reason) => words(nameControl(one, controls))
  return {
    id: approval.id as Id as Id<'approval'>,
    by: approval.personName,
    signedAt: approval.signedAt,
    expiresOn: approval.expiresOn,
    standing: judgement.standing,
    reasons: judgement.reasons.map(said),
    improvements: judgement.improvements.map(said),
    needs: [...approval.needs],
    signatures: approval.signatures.map(({ role, personName, signedAt }) => ({ role, by: personName, signedAt })),
    note: approval.note,
  }
}

import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { dateValue, factsOf, headed, ownerFact, type RowFact, saidValue, textValue } from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, InterpretedRow, Mapping, RowIssue } from '#kernel/import.ts'
import { ok } from '#kernel/result.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type ImportOccasion, importTarget, type PlannedRow } from '#platform/import/server/import-target.ts'
import { withNumbers } from '#platform/import/server/ref-book.ts'
import { setActionControls } from '../domain/change-action.ts'
import { amountText, importAction } from '../domain/import/import-action.ts'
import { type ImportedAction, treatmentImport } from '../domain/import/import-treatment.ts'
import { setLive } from '../domain/links.ts'
import { recordTypes } from '../domain/record-types.ts'
import type { RiskControl } from '../domain/treatment.ts'
import type { ActionControl, TreatmentAction } from '../domain/treatment-action.ts'
import { importingAt, loadRiskImport, type RiskImportState } from './import-context.ts'
import { takeBackRisks } from './import-risks.ts'

interface State extends RiskImportState {
  readonly actions: ReadonlyMap<string, TreatmentAction>
  /** Links by risk and control. */
  readonly links: Map<string, RiskControl>
  /** Further controls of actions, live or not, by action. */
  readonly further: ReadonlyMap<string, readonly ActionControl[]>
}

async function load(tx: Tx): Promise<{ context: ImportContext; state: State }> {
  const [{ context, state }, actions, links, further] = await Promise.all([
    loadRiskImport(tx),
    tx.rows<TreatmentAction>(
      statement(`select * from risk_action where org_id = $1 and status <> 'cancelled'`, [tx.org.id]),
    ),
    tx.rows<RiskControl>(statement('select * from risk_control where org_id = $1', [tx.org.id])),
    tx.rows<ActionControl>(statement('select * from action_control where org_id = $1', [tx.org.id])),
  ])
  const existing = withNumbers(
    actions.map(({ id, ref, title }) => ({ id, ref, name: title })),
    'T',
  )
  return {
    context: { ...context, existing },
    state: {
      ...state,
      actions: new Map(actions.map((action) => [action.id, action])),
      further: Map.groupBy(further, (row) => row.actionId),
      links: new Map(links.map((link) => [`${link.riskId} ${link.controlId}`, link])),
    },
  }
}

/** The treatment plan: actions for risks of the register, and the controls they bring about. */
export const treatmentTarget = importTarget<ImportedAction, State>({
  register: treatmentImport,
  action: 'risk.import',
  load,
  plan: ({ rows, mapping, context, state, at }) =>
    ok({
      before: [],
      rows: rows.map((row) => planRow(row, { mapping, context, state, at })),
      after: [],
      books: [state.actionRefs],
    }),
  takeBack: takeBackRisks(),
})

/** What all rows of a file are planned against. */
interface Ground {
  readonly mapping: Mapping
  readonly context: ImportContext
  readonly state: State
  readonly at: ImportOccasion
}

function planRow(row: InterpretedRow<ImportedAction>, ground: Ground): PlannedRow {
  const { context, state, at } = ground
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { line, status, becomes: null, issues, changes: [] }
  const known = row.existingId === null ? undefined : state.actions.get(row.existingId)
  const ref = known?.ref ?? (status === 'create' ? state.actionRefs.take(draft.ref) : draft.ref)
  const becomes = { ref, title: draft.action, facts: factsOfAction(draft, context) }
  const planned: PlannedRow = { line, status, becomes, issues, changes: [] }
  const controlIds = [
    ...new Set(
      draft.controls.flatMap(({ ref: named }) => (named === null ? [] : (state.controls.get(fold(named)) ?? []))),
    ),
  ]
  if (status === 'update' && known) return { ...planned, changes: updateOf(known, draft, controlIds, ground, issues) }
  if (status !== 'create') return planned
  const riskIds = [...new Set(draft.risks.flatMap(({ riskId }) => riskId ?? []))] as Id<'risk'>[]
  // An action belongs to one risk; a row for several becomes one for each.
  const changes = riskIds.flatMap((riskId, i): Change[] => [
    ...actionOf(
      draft,
      i === 0 ? (ref ?? '') : state.actionRefs.take(`${ref ?? ''}/${i + 1}`),
      riskId,
      controlIds,
      ground,
      issues,
    ),
    ...controlIds.flatMap((controlId) => linkOf(riskId, controlId, state, at)),
  ])
  return { ...planned, changes }
}

function actionOf(
  draft: ImportedAction,
  ref: string,
  riskId: Id<'risk'>,
  controlIds: readonly Id<'control'>[],
  { mapping, at }: Ground,
  issues: RowIssue[],
): ReturnType<typeof importAction> {
  const heading = headed(mapping)
  const unknown = draft.controls.filter((control) => control.ref === null).map((control) => control.text)
  return importAction(
    {
      title: draft.action,
      notes: [
        [heading('description', 'Description'), draft.description],
        [heading('controls', 'Controls'), unknown.join(', ')],
        [heading('verification', 'Verification'), draft.verification],
        [heading('promisedScore', 'Promised residual score'), draft.promisedScore],
        [heading('department', 'Department'), draft.department],
        [heading('riskOwner', 'Risk owner'), draft.riskOwner?.text],
        [heading('remarks', 'Remarks'), draft.remarks],
      ],
      headings: {
        action: heading('action', 'Action'),
        due: heading('dueDate', 'Due'),
        start: heading('startDate', 'Start'),
        status: heading('status', 'Status'),
        completed: heading('completedOn', 'Completed on'),
      },
      owner: draft.owner,
      start: draft.startDate,
      due: draft.dueDate,
      completed: draft.completedOn,
      cost: draft.cost,
      resources: draft.resources,
      status: draft.status,
    },
    { ...importingAt(at), ref, riskId, controlIds, currency: at.org.currency },
    issues,
  )
}

/** A control of the plan treats the risk: planned, until somebody says that it is live. */
function linkOf(riskId: Id<'risk'>, controlId: Id<'control'>, { links }: State, at: ImportOccasion): Change[] {
  const key = `${riskId} ${controlId}`
  const known = links.get(key)
  if (known?.live) return []
  const change: Change<RiskControl> = known
    ? setLive(recordTypes.control, known, true)
    : created(
        recordTypes.control,
        {
          id: at.newId<'riskControl'>(),
          orgId: at.orgId,
          version: 1,
          riskId,
          live: true,
          controlId,
          state: 'planned',
          lowers: null,
          wentLiveAt: null,
        },
        'risk.imported',
      )
  links.set(key, change.after)
  return [change]
}

/** An update changes what an open action says. Its status is worked on here; its due date moves only with a reason of somebody. */
function updateOf(
  known: TreatmentAction,
  draft: ImportedAction,
  controlIds: readonly Id<'control'>[],
  ground: Ground,
  issues: RowIssue[],
): Change[] {
  const { state, at } = ground
  if (known.status === 'done') {
    issues.push(issueOf('note', 'import.action_done', null, { ref: known.ref }))
    return []
  }
  const [{ after }] = actionOf(draft, known.ref, known.riskId, controlIds, ground, issues)
  const { title, description, resources, cost, startOn, ownerId } = after
  const ownerText = known.ownerId === null && ownerId === null ? after.ownerText : null
  // A file that names no control takes none away.
  const { controlId, links } =
    controlIds.length === 0
      ? { controlId: null, links: [] }
      : setActionControls(known, state.further.get(known.id) ?? [], controlIds, () => at.newId())
  const news = Object.fromEntries(
    Object.entries({
      title,
      description,
      resources,
      cost,
      startOn,
      ownerId,
      ownerText,
      controlId,
      ...(known.dueOn === null ? { dueOn: after.dueOn } : {}),
    }).filter(([key, value]) => value !== null && value !== known[key as keyof TreatmentAction]),
  )
  if (ownerId !== null && known.ownerText !== null) news['ownerText'] = null
  const edits = Object.keys(news).length === 0 ? [] : [changed(recordTypes.action, known, news, 'risk.imported')]
  return [...edits, ...links, ...controlIds.flatMap((id) => linkOf(known.riskId, id, state, at))]
}

const factsOfAction = (draft: ImportedAction, context: ImportContext): RowFact[] =>
  factsOf({
    Risks: draft.risks.map((risk) => risk.text).join(', '),
    Responsible: ownerFact(draft.owner, context),
    Controls: draft.controls.map(({ ref, text }) =>
      ref === null ? saidValue('import.fact_unknown', { text }) : textValue(ref),
    ),
    Start: dateValue(draft.startDate),
    Due: dateValue(draft.dueDate),
    Cost: amountText(draft.cost),
    'Status in the file': draft.status?.text,
    'Completed on': dateValue(draft.completedOn),
    Resources: draft.resources,
    Verification: draft.verification,
    Description: draft.description,
    'Risk owner': draft.riskOwner?.text,
    'Promised residual score': draft.promisedScore,
    Department: draft.department,
    Remarks: draft.remarks,
  })

import type { Id } from '#kernel/id.ts'
import { errorIssue, factsOf, fit, notesOf } from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, InterpretedRow, RowIssue } from '#kernel/import.ts'
import { ok } from '#kernel/result.ts'
import { dateAt } from '#kernel/time.ts'
import { annexAControls } from '#modules/catalogue/server/import-controls.ts'
import { importDirectory } from '#modules/people/server/import-directory.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type ImportOccasion, importTarget, type PlannedRow } from '#platform/import/server/import-target.ts'
import { type Stated, statedStates } from '../domain/control.ts'
import { type ImportedControl, importControl, isUntouched } from '../domain/import-control.ts'
import { type SoaDraft, soaImport } from '../domain/import-soa.ts'
import { type LoadedControl, loadControls } from './load.ts'

interface State {
  readonly controls: ReadonlyMap<string, LoadedControl>
}

async function load(tx: Tx): Promise<{ context: ImportContext; state: State }> {
  const [directory, controls] = await Promise.all([importDirectory(tx), loadControls(tx)])
  const own = controls.filter(({ control }) => control.source === 'own')
  const context: ImportContext = {
    today: dateAt(tx.now, tx.org.timeZone),
    ...directory,
    controls: [
      ...annexAControls(),
      ...own.map(({ control }) => ({ ref: control.ref, titles: { en: control.title }, predecessors: [] })),
    ],
    assets: [],
    risks: [],
    // Every control has a row from the start; only what somebody worked on counts as being there already.
    existing: controls.flatMap(({ control }) =>
      isUntouched(control) ? [] : [{ id: control.id, ref: control.ref, name: control.ref }],
    ),
    classifications: [],
    method: null,
  }
  return { context, state: { controls: new Map(controls.map((one) => [fold(one.control.ref), one])) } }
}

/** The Statement of Applicability: rows decide and describe controls that are there already. */
export const soaTarget = importTarget<SoaDraft, State>({
  register: soaImport,
  action: 'control.import',
  load,
  plan({ rows, state, at }) {
    const taken = rows.filter((row) => row.status === 'create' || row.status === 'update')
    const shared = Map.groupBy(taken, (row) => fold(row.becomes?.control ?? ''))
    return ok({
      before: [],
      rows: rows.map((row) => planRow(row, shared.get(fold(row.becomes?.control ?? '')) ?? [], state, at)),
      after: [],
      books: [],
    })
  },
})

function planRow(
  row: InterpretedRow<SoaDraft>,
  sharing: readonly InterpretedRow<SoaDraft>[],
  state: State,
  at: ImportOccasion,
): PlannedRow {
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { line, status, becomes: null, issues, changes: [] }
  const found = draft.control === null ? undefined : state.controls.get(fold(draft.control))
  const becomes = {
    ref: draft.control ?? draft.statedNumber,
    title: titleOf(draft),
    facts: factsOf({
      'In the file': [draft.statedNumber, draft.statedTitle].filter(Boolean).join(' '),
      Applicable: draft.applicable === null ? 'undecided' : draft.applicable ? 'yes' : 'no',
      Justification: draft.justification,
      Claimed: draft.status?.value ?? draft.status?.text,
      Implementation: draft.description,
      Owner: draft.owner?.text,
      'Owner found': draft.owner?.personId ? 'yes' : null,
    }),
  }
  const nothing = { line, status, becomes, issues, changes: [] }
  // Of several rows for one control the first writes for all.
  if ((status !== 'create' && status !== 'update') || !found) return nothing
  const first = sharing[0]?.line ?? line
  if (first !== line) {
    return { ...nothing, status: 'skip', issues: [...issues, issueOf('note', 'import.joined', null, { line: first })] }
  }
  const drafts = sharing.flatMap((one) => (one.becomes ? [one.becomes] : []))
  const fields = fieldsOf(drafts, issues, status === 'update')
  const drivers = found.drivers.filter((driver) => driver.kind !== 'business').map((driver) => driver.ref)
  const change = importControl(found.control, fields, drivers, { personId: at.personId, on: at.today })
  if (!change.ok) return { ...nothing, status: 'error', issues: [...issues, errorIssue(change.refusal)] }
  return { ...nothing, changes: change.value ? [change.value] : [] }
}

const titleOf = (draft: SoaDraft): string => {
  const control = annexAControls().find((one) => one.ref === draft.control)
  return control?.titles['en'] ?? draft.statedTitle ?? ''
}

/** Rows of one control joined: texts one after the other, the lower status, applicable when one of them is. */
function fieldsOf(drafts: readonly SoaDraft[], issues: RowIssue[], update: boolean): Partial<ImportedControl> {
  const joined = (pick: (draft: SoaDraft) => string | null): string =>
    [...new Set(drafts.flatMap((draft) => pick(draft) ?? []))].join('\n')
  const stated = drafts.flatMap((draft) => (draft.applicable === null ? [] : [draft.applicable]))
  const applicability = stated.length === 0 ? 'undecided' : stated.some(Boolean) ? 'applicable' : 'excluded'
  const claims = drafts.map((draft) => claimOf(draft))
  const claim = [...claims].sort((a, b) => statedStates.indexOf(a) - statedStates.indexOf(b))[0] ?? 'notStated'
  const owner = drafts.find((draft) => draft.owner?.personId)?.owner ?? drafts.find((draft) => draft.owner)?.owner
  const fields: ImportedControl = {
    applicability,
    justification: fit(
      joined((draft) => draft.justification),
      20_000,
      'justification',
      issues,
    ),
    ownerId: (owner?.personId ?? null) as Id<'person'> | null,
    ownerText: owner && owner.personId === null ? fit(owner.text.replaceAll('\n', ', '), 200, 'owner', issues) : '',
    implementation: fit(
      joined((draft) => draft.description),
      20_000,
      'description',
      issues,
    ),
    stated: applicability === 'excluded' ? 'notStated' : claim,
    plannedOn: drafts.find((draft) => draft.plannedDate?.date)?.plannedDate?.date ?? null,
    note: fit(
      notesOf({
        Documents: joined((draft) => draft.reference),
        Reasons: joined((draft) => draft.drivers),
        Remarks: joined((draft) => draft.remarks),
        'Status in the file': joined((draft) =>
          draft.status && draft.status.value === null ? draft.status.text : null,
        ),
      }),
      20_000,
      'remarks',
      issues,
    ),
  }
  if (!update) return fields
  // An update changes what the file states; what it leaves open stays as it is.
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== '' && value !== null && value !== 'undecided' && value !== 'notStated',
    ),
  )
}

const claimOf = (draft: SoaDraft): Stated => statedStates.find((one) => one === draft.status?.value) ?? 'notStated'

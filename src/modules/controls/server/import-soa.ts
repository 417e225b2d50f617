import type { Id } from '#kernel/id.ts'
import { dateValue, errorIssue, factsOf, fit, headed, notesOf, ownerFact, wordValue } from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, InterpretedRow, Mapping, RowIssue } from '#kernel/import.ts'
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
import { languageOf, titleOf } from './views.ts'

interface State {
  readonly controls: ReadonlyMap<string, LoadedControl>
}

async function load(tx: Tx): Promise<{ context: ImportContext; state: State }> {
  const [directory, controls] = await Promise.all([importDirectory(tx), loadControls(tx)])
  const own = controls.filter(({ control }) => control.source === 'own')
  const context: ImportContext = {
    today: dateAt(tx.now, tx.org.timeZone),
    language: tx.org.language,
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
  plan({ rows, mapping, context, state, at }) {
    const ground = { mapping, context, state, at }
    const taken = rows.filter((row) => row.status === 'create' || row.status === 'update')
    const shared = Map.groupBy(taken, (row) => fold(row.becomes?.control ?? ''))
    return ok({
      before: [],
      rows: rows.map((row) => planRow(row, shared.get(fold(row.becomes?.control ?? '')) ?? [], ground)),
      after: [],
      books: [],
    })
  },
})

/** What all rows of a file are planned against. */
interface Ground {
  readonly mapping: Mapping
  readonly context: ImportContext
  readonly state: State
  readonly at: ImportOccasion
}

function planRow(
  row: InterpretedRow<SoaDraft>,
  sharing: readonly InterpretedRow<SoaDraft>[],
  { mapping, context, state, at }: Ground,
): PlannedRow {
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { line, status, becomes: null, issues, changes: [] }
  const found = draft.control === null ? undefined : state.controls.get(fold(draft.control))
  const claimed = statedStates.find((one) => one === draft.status?.value) ?? null
  const becomes = {
    ref: draft.control ?? draft.statedNumber,
    title: found === undefined ? (draft.statedTitle ?? '') : titleOf(found, languageOf(at.org.language)),
    facts: factsOf({
      'In the file': draft.stated,
      Applies: wordValue('controls:applicability', applicabilityOf(draft)),
      Justification: draft.justification,
      Claimed: claimed === null ? draft.status?.text : wordValue('controls:stated', claimed),
      'How it is done here': draft.description,
      'Control owner': ownerFact(draft.owner, context),
      'Planned for': dateValue(draft.plannedDate),
      Documents: draft.reference,
      'Reasons (risks, law, contract)': draft.drivers,
      'Justification of the other decision': draft.otherReason,
      Remarks: draft.remarks,
      Theme: draft.theme,
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
  const fields = fieldsOf(drafts, mapping, issues, status === 'update')
  const drivers = found.drivers.filter((driver) => driver.kind !== 'business').map((driver) => driver.ref)
  const change = importControl(found.control, fields, drivers, { personId: at.personId, on: at.today })
  if (!change.ok) return { ...nothing, status: 'error', issues: [...issues, errorIssue(change.refusal)] }
  return { ...nothing, changes: change.value ? [change.value] : [] }
}

/** Rows of one control joined: texts one after the other, the lower status, applicable when one of them is. */
function fieldsOf(
  drafts: readonly SoaDraft[],
  mapping: Mapping,
  issues: RowIssue[],
  update: boolean,
): Partial<ImportedControl> {
  const heading = headed(mapping)
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
      notesOf([
        [heading('reference', 'Documents'), joined((draft) => draft.reference)],
        [heading('drivers', 'Reasons'), joined((draft) => draft.drivers)],
        [
          // Of a row that is excluded, why it would have been included; of every other one the reverse.
          heading(applicability === 'excluded' ? 'justification' : 'exclusion', 'Justification of the other decision'),
          joined((draft) => draft.otherReason),
        ],
        [heading('remarks', 'Remarks'), joined((draft) => draft.remarks)],
        [
          heading('plannedDate', 'Planned for'),
          joined((draft) => (draft.plannedDate?.date === null ? draft.plannedDate.text : null)),
        ],
        [
          heading('status', 'Implementation status'),
          joined((draft) => (draft.status && draft.status.value === null ? draft.status.text : null)),
        ],
      ]),
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

const applicabilityOf = ({ applicable }: SoaDraft): 'undecided' | 'applicable' | 'excluded' =>
  applicable === null ? 'undecided' : applicable ? 'applicable' : 'excluded'

const claimOf = (draft: SoaDraft): Stated => statedStates.find((one) => one === draft.status?.value) ?? 'notStated'

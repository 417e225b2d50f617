import { controlIndex } from '#kernel/import/controls.ts'
import type { Money } from '#kernel/import/numbers.ts'
import { type OwnerDraft, ownerResolver, peopleMap } from '#kernel/import/owners.ts'
import type { ChoiceDraft, DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, splitList } from '#kernel/import/text.ts'
import type { ImportContext, ImportRegister, InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import { type ControlDraft, listedControls } from './risk-links.ts'
import { actionStatusWords } from './risk-words.ts'
import { treatmentFields } from './treatment-fields.ts'

/** What a row of a treatment plan becomes: an action for one or several risks. */
export interface ImportedAction {
  readonly ref: string | null
  readonly risks: readonly { readonly text: string; readonly riskId: string | null }[]
  readonly action: string
  readonly description: string | null
  readonly controls: readonly ControlDraft[]
  /** Who does it. */
  readonly owner: OwnerDraft | null
  /** Owner of the risk, where the plan repeats it. */
  readonly riskOwner: OwnerDraft | null
  readonly startDate: DateDraft | null
  readonly dueDate: DateDraft | null
  readonly completedOn: DateDraft | null
  readonly cost: Money | null
  readonly resources: string | null
  /** planned, inProgress, done or cancelled; done is a claim. */
  readonly status: ChoiceDraft | null
  readonly verification: string | null
  /** The score the plan promises: a figure without likelihood and impact, kept as text. */
  readonly promisedScore: string | null
  readonly department: string | null
  readonly remarks: string | null
  readonly raw: Readonly<Record<string, string>>
}

/** Turns the rows of a treatment plan into actions. An action whose risk is not in the register is an error: it would treat nothing. */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<ImportedAction>[] {
  const resolve = ownerResolver(context.people, context.roles, mapping.valueMaps[peopleMap])
  const controls = controlIndex(context.controls, context.language)
  const riskIds = new Map(
    context.risks.flatMap((risk) => [
      ...(risk.ref ? [[fold(risk.ref), risk.id] as const] : []),
      [fold(risk.name), risk.id] as const,
    ]),
  )
  return interpretEach(table, mapping, context, (reader, row) => {
    const action = reader.text('action')
    if (action === null) reader.say('error', 'import.action_missing', 'action')
    const dates = datesOf(reader)
    const status = reader.choice('status', actionStatusWords)
    if (status?.value === 'done') reader.say('note', 'import.claim_done', 'status', { text: status.text })
    if (status?.value === 'done' && dates.completedOn === null && reader.columnsOf('completedOn').length > 0) {
      reader.say('note', 'import.done_without_date', 'completedOn')
    }
    const promisedScore = reader.text('promisedScore')
    if (promisedScore !== null) {
      reader.say('note', 'import.promised_score', 'promisedScore', { text: promisedScore })
    }
    const draft: ImportedAction = {
      ref: reader.text('ref'),
      risks: risksOf(reader, riskIds),
      action: action ?? '',
      description: reader.text('description'),
      controls: listedControls(reader, 'controls', controls),
      owner: reader.owner('owner', resolve),
      riskOwner: reader.owner('riskOwner', resolve),
      ...dates,
      cost: reader.money('cost'),
      resources: reader.text('resources'),
      status,
      verification: reader.text('verification'),
      promisedScore,
      department: reader.text('department'),
      remarks: reader.text('remarks'),
      raw: rawRecord(table, row),
    }
    return { draft, ref: draft.ref, name: null }
  })
}

function datesOf(reader: RowReader): Pick<ImportedAction, 'startDate' | 'dueDate' | 'completedOn'> {
  const startDate = reader.date('startDate', 'start')
  const dueDate = reader.date('dueDate', 'end')
  if (startDate?.date && dueDate?.date && dueDate.date < startDate.date) {
    reader.say('warning', 'import.end_before_start', 'dueDate', { start: startDate.date, end: dueDate.date })
  }
  return { startDate, dueDate, completedOn: reader.date('completedOn', 'end') }
}

function risksOf(reader: RowReader, riskIds: ReadonlyMap<string, string>): ImportedAction['risks'] {
  const text = reader.text('risks')
  if (text === null) {
    reader.say('error', 'import.risk_missing', 'risks')
    return []
  }
  const whole = riskIds.get(fold(text))
  const parts = whole
    ? [text]
    : splitList(text.replace(/\s+(?:and|und|&)\s+/giu, ','), true).flatMap((part) =>
        riskIds.has(fold(part)) ? [part] : part.split(/\s+(?=[\p{L}]{1,6}[-_ ]?\d)/u),
      )
  return parts.map((part) => {
    const riskId = riskIds.get(fold(part)) ?? null
    if (riskId === null) reader.say('error', 'import.risk_unknown', 'risks', { ref: part })
    return { text: part, riskId }
  })
}

/** The risk treatment plan, as the import knows it. */
export const treatmentImport: ImportRegister<ImportedAction> = {
  name: 'treatment',
  label: 'treatment actions',
  sheetNames: [
    'Risk Treatment Plan',
    'Treatment Plan',
    'RTP',
    'Risikobehandlungsplan',
    'Maßnahmenplan',
    'Behandlungsplan',
    'Risikobehandlung',
  ],
  fields: () => treatmentFields,
  required: [['action'], ['risks']],
  telling: ['dueDate', 'controls', 'startDate', 'promisedScore'],
  namesPeople: true,
  interpret,
}

import { choiceOf } from '#kernel/import/choices.ts'
import { controlIndex } from '#kernel/import/controls.ts'
import { readYesNo } from '#kernel/import/numbers.ts'
import { type OwnerDraft, ownerResolver, peopleMap } from '#kernel/import/owners.ts'
import { issueOf } from '#kernel/import/questions.ts'
import type { ChoiceDraft, DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, isNothing, isPlaceholder, tidy } from '#kernel/import/text.ts'
import type { ImportContext, ImportRegister, InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import { askForMismatches, decideControl, languageOfFile, resolveRow } from './import-soa-control.ts'
import { soaFields, soaStatusWords } from './import-soa-fields.ts'

/** What a row of a Statement of Applicability becomes. The status is what the file claims; what the records prove is derived. */
export interface SoaDraft {
  /** Reference in the catalogue; null while number and title do not agree. */
  readonly control: string | null
  readonly statedNumber: string | null
  readonly statedTitle: string | null
  /** Number and title as they stand in the file. */
  readonly stated: string
  readonly applicable: boolean | null
  /** Why it is included, or why it is excluded. */
  readonly justification: string | null
  /** What the column of the other decision says, where both are filled: why it is included although it is excluded. */
  readonly otherReason: string | null
  /** `notAssessed`, `notImplemented`, `planned`, `partial`, `implemented` (claimed); null when excluded or not said. */
  readonly status: ChoiceDraft | null
  /** How it is done here. */
  readonly description: string | null
  /** Documents or evidence the row refers to, as text. */
  readonly reference: string | null
  readonly owner: OwnerDraft | null
  /** Risks, laws, contracts the row names as reasons. */
  readonly drivers: string | null
  readonly plannedDate: DateDraft | null
  readonly theme: string | null
  readonly remarks: string | null
  readonly raw: Readonly<Record<string, string>>
}

/** Whether the control applies, from its own column or from a status such as “N/A”; both are compared. */
function applicability(reader: RowReader, status: ChoiceDraft | null): boolean | null {
  const cell = reader.cell('applicable')
  // “N/A” in this column says no; elsewhere it says nothing.
  const mapped = reader.mapped('applicable', cell.text)
  const text = mapped ?? cell.text
  const stated =
    text.trim() === '' || mapped === null
      ? null
      : (readYesNo(text) ?? (/^(?:included|excluded|partial)/iu.test(text) ? !/^excl/iu.test(text) : null))
  if (stated === null && !isNothing(cell.text) && mapped === undefined)
    reader.unreadable('applicable', cell, 'import.not_yes_no')
  const excluded = status?.value === 'notApplicable'
  if (stated === true && excluded) {
    reader.say('warning', 'import.applicability_contradicts', 'status', { text: status?.text ?? '' })
  }
  if (stated === null && excluded) return false
  return stated
}

function statusOf(reader: RowReader): ChoiceDraft | null {
  const text = tidy(reader.cell('status').text)
  if (text === '') return null
  // “N/A” and “None” mean something here, so they are read before being taken for nothing.
  const known = reader.mapped('status', text) ?? choiceOf(text, soaStatusWords)
  if (known !== null) return { text, value: known }
  const percent = /^(\d{1,3})(?:[.,]\d+)?\s*%$/u.exec(text)
  if (percent) {
    const share = Number(percent[1])
    return { text, value: share === 0 ? 'notImplemented' : share < 100 ? 'partial' : 'implemented' }
  }
  if (isNothing(text)) return null
  reader.say('warning', 'import.status_unknown', 'status', { text })
  return { text, value: null }
}

/** A plain word (“Required”) justifies nothing an auditor would accept, but is what the file says. */
function checkJustification(reader: RowReader, applicable: boolean | null, justification: string | null): void {
  if (applicable === false && justification === null) {
    reader.say('warning', 'import.exclusion_unjustified', 'justification')
  } else if (
    applicable === true &&
    justification !== null &&
    /^(?:required|erforderlich|yes|ja|applicable|anwendbar|iso ?27001|best practi[cs]e)\.?$/iu.test(justification)
  ) {
    reader.say('note', 'import.justification_empty', 'justification', { text: justification })
  } else if (applicable === true && justification === null && driversOf(reader) === null) {
    reader.say('note', 'import.inclusion_unjustified', 'justification')
  } else if (applicable === null) {
    reader.say('note', 'import.applicability_not_stated', 'applicable')
  }
}

/** Reasons are sometimes columns to tick (“LR”, “CO”, “RRA”): then the heading is the reason, not the cross. */
function driversOf(reader: RowReader): string | null {
  const reasons = reader.columnsOf('drivers').flatMap((column) => {
    const text = tidy(reader.row.cells[column.index]?.text ?? '')
    if (isNothing(text) || isPlaceholder(text)) return []
    const ticked = readYesNo(text)
    return ticked === null ? [text] : ticked ? [column.header] : []
  })
  return reasons.length === 0 ? null : reasons.join('\n')
}

/** Turns the rows of a Statement of Applicability into drafts. */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<SoaDraft>[] {
  const index = controlIndex(context.controls, context.language)
  const language = languageOfFile(table, mapping)
  const resolve = ownerResolver(context.people, context.roles, mapping.valueMaps[peopleMap])
  const rows = interpretEach(table, mapping, context, (reader, row) => {
    const resolved = resolveRow(reader, index, language)
    const { control, skip } = decideControl(reader, resolved, index, mapping)
    const status = statusOf(reader)
    const applicable = applicability(reader, status)
    const [included, excluded] = [reader.text('justification'), reader.text('exclusion')]
    const justification = applicable === false ? (excluded ?? included) : included
    checkJustification(reader, applicable, justification)
    const counted = claimOf(reader, status, applicable)
    const draft: SoaDraft = {
      control,
      statedNumber: resolved.number ?? (tidy(reader.cell('control').text) || null),
      statedTitle: resolved.title,
      stated: statedIn(reader),
      applicable,
      justification,
      otherReason: applicable === false && excluded !== null ? included : applicable === false ? null : excluded,
      status: counted,
      description: reader.text('description'),
      reference: reader.text('reference'),
      owner: reader.owner('owner', resolve),
      drivers: driversOf(reader),
      plannedDate: reader.date('plannedDate', 'end'),
      theme: reader.text('theme'),
      remarks: reader.text('remarks'),
      raw: rawRecord(table, row),
    }
    return { draft, ref: null, name: null, skip }
  })
  return withSharedControls(withExisting(rows, mapping, context), rows)
}

/** A number and title in one cell, or in two; the same text twice is said once. */
const statedIn = (reader: RowReader): string =>
  [...new Set([tidy(reader.rawText('control')), reader.text('title') ?? ''])].filter((text) => text !== '').join(' ')

function claimOf(reader: RowReader, status: ChoiceDraft | null, applicable: boolean | null): ChoiceDraft | null {
  if (status?.value === 'notApplicable')
    return applicable === true ? { text: status.text, value: 'notAssessed' } : { text: status.text, value: null }
  if (applicable === false && status?.value === 'implemented') {
    reader.say('warning', 'import.excluded_but_done', 'status', { text: status.text })
    return { text: status.text, value: null }
  }
  if (status?.value === 'implemented') reader.say('note', 'import.claim_implemented', 'status', { text: status.text })
  if (status?.value === 'partial') reader.say('note', 'import.claim_partial', 'status', { text: status.text })
  return status
}

/** Rows that change a control which already has a record. */
function withExisting(
  rows: readonly InterpretedRow<SoaDraft>[],
  mapping: Mapping,
  context: ImportContext,
): InterpretedRow<SoaDraft>[] {
  const known = new Map(
    context.existing.flatMap((record) => (record.ref ? [[fold(record.ref), record.id] as const] : [])),
  )
  return rows.map((row) => {
    const id = row.becomes?.control ? (known.get(fold(row.becomes.control)) ?? null) : null
    if (id === null || row.status !== 'create') return row
    if (mapping.options.existing === 'update') return { ...row, status: 'update', existingId: id }
    const issue = issueOf('note', 'import.exists', 'control', { ref: row.becomes?.control ?? '' })
    return { ...row, status: 'skip', existingId: id, issues: [...row.issues, issue] }
  })
}

/** Several rows for one control: an error when they name the same number, to be merged when the edition before split it. */
function withSharedControls(
  rows: readonly InterpretedRow<SoaDraft>[],
  all: readonly InterpretedRow<SoaDraft>[],
): InterpretedRow<SoaDraft>[] {
  const lines = new Map<string, { line: number; number: string }[]>()
  for (const row of all) {
    const control = row.becomes?.control
    if (!control || row.status === 'skip') continue
    lines.set(control, [...(lines.get(control) ?? []), { line: row.line, number: row.becomes?.statedNumber ?? '' }])
  }
  return rows.map((row) => {
    const control = row.becomes?.control
    const sharing = control && row.status !== 'skip' ? (lines.get(control) ?? []) : []
    if (!control || sharing.length < 2) return row
    const others = sharing
      .filter((other) => other.line !== row.line)
      .map((other) => other.line)
      .sort((a, b) => a - b)
    const same = sharing.some((other) => other.line !== row.line && other.number === row.becomes?.statedNumber)
    const facts = { control, lines: others.join(', ') }
    const issue = same
      ? issueOf('error', 'import.control_twice', 'control', facts)
      : issueOf('warning', 'import.control_shared', 'control', facts)
    return { ...row, status: same ? 'error' : row.status, issues: [...row.issues, issue] }
  })
}

/** The Statement of Applicability, as the import knows it. */
export const soaImport: ImportRegister<SoaDraft> = {
  name: 'soa',
  label: 'the Statement of Applicability',
  sheetNames: [
    'SOA',
    'SoA',
    'Statement of Applicability',
    'Annex A',
    'Anwendbarkeitserklärung',
    'Erklärung zur Anwendbarkeit',
    'Controls',
  ],
  fields: () => soaFields,
  required: [['control', 'title']],
  telling: ['applicable', 'status', 'exclusion'],
  refine: askForMismatches,
  namesPeople: true,
  interpret,
}

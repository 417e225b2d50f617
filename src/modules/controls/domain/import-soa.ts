import type { Choice, GuessedMapping, ImportContext, ImportField, ImportRegister, InterpretedRow, Mapping, Question, RowIssue, Table, TableRow } from '#kernel/import.ts'
import { choiceOf } from '#kernel/import/choices.ts'
import { type ControlIndex, type ControlMatch, controlIndex, controlIssue, controlNumbersOf, languageOfTitles } from '#kernel/import/controls.ts'
import { readYesNo } from '#kernel/import/numbers.ts'
import { type OwnerDraft, ownerResolver } from '#kernel/import/owners.ts'
import { type ChoiceDraft, type DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, isNothing, quote, tidy } from '#kernel/import/text.ts'

/** What a row of a Statement of Applicability becomes. The status is what the file claims; what the records prove is derived. */
export interface SoaDraft {
  /** Reference in the catalogue; null while number and title do not agree. */
  readonly control: string | null
  readonly statedNumber: string | null
  readonly statedTitle: string | null
  readonly applicable: boolean | null
  /** Why it is included, or why it is excluded. */
  readonly justification: string | null
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
  readonly remarks: string | null
  readonly raw: Readonly<Record<string, string>>
}

/** Implementation statuses with the words files use. Everything implemented is a claim. */
export const soaStatusWords: readonly Choice[] = [
  { value: 'notAssessed', words: ['Pending', 'Not assessed', 'Unknown', 'To be assessed', 'Not reviewed', 'Open', 'TBD', 'Ausstehend', 'Nicht bewertet', 'Noch nicht bewertet', 'Offen', 'Unbekannt'] },
  { value: 'notImplemented', words: ['Absent', 'Not implemented', 'Missing', 'None', 'Not started', 'Non-existent', 'Not in place', 'No', 'Nicht umgesetzt', 'Nicht implementiert', 'Fehlt', 'Nicht vorhanden', 'Nicht begonnen', 'Nein'] },
  { value: 'planned', words: ['Planned', 'To be implemented', 'Scheduled', 'Approved', 'Geplant', 'In Planung', 'Vorgesehen'] },
  { value: 'partial', words: ['In Progress', 'Partially implemented', 'Partial', 'Partly implemented', 'Partially', 'Initial', 'Ongoing', 'In Umsetzung', 'Teilweise', 'Teilweise umgesetzt', 'Teilweise implementiert', 'In Bearbeitung', 'Begonnen', 'In Arbeit', 'Zum Teil umgesetzt'] },
  { value: 'implemented', words: ['Implemented', 'Fully implemented', 'Established', 'Operational', 'Advanced', 'Complete', 'Completed', 'Done', 'In place', 'Compliant', 'Effective', 'Managed', 'Optimized', 'Optimised', 'Defined', 'Yes', 'Umgesetzt', 'Vollständig umgesetzt', 'Implementiert', 'Vorhanden', 'Erfüllt', 'Etabliert', 'Abgeschlossen', 'Ja', 'Wirksam'] },
  { value: 'notApplicable', words: ['Not Applicable', 'N/A', 'NA', 'Excluded', 'Out of scope', 'Nicht anwendbar', 'Nicht zutreffend', 'Entfällt', 'Ausgeschlossen', 'n. a.', 'n.z.'] },
]

const soaFields: readonly ImportField[] = [
  { name: 'control', label: 'Control number', kind: 'controls', key: true, headers: ['Control Number', 'Control ID', 'Control No', 'Control Ref', 'Control Reference', 'Annex A Reference', 'Annex A', 'Annex A Control', 'Annex A ID', 'ISO 27001 Control', 'ISO Control', 'Control', 'ID', 'No', 'Ref', 'Clause', 'Number', 'Reference Number', 'Section', 'Kontroll-ID', 'Kontrollnummer', 'Nummer', 'Nr', 'Maßnahme Nr', 'Anhang A', 'Referenz Anhang A', 'Kennung', 'Abschnitt', 'Kontrolle', 'Maßnahmennummer'], not: ['name', 'title', 'description', 'owner', 'titel', 'objective'] },
  { name: 'title', label: 'Control title', kind: 'name', key: true, headers: ['Control Name', 'Control Title', 'Title', 'Name', 'Control Description', 'Control', 'Annex A Control', 'Annex A Title', 'Security Control', 'Controls', 'Requirement', 'Kontrollname', 'Titel', 'Bezeichnung', 'Maßnahme', 'Maßnahmenziel', 'Kontrolltitel', 'Kontrolle', 'Maßnahmenbezeichnung', 'Control Objective'], not: ['owner', 'status', 'id', 'number', 'implementation'] },
  { name: 'applicable', label: 'Applicable', kind: 'yesNo', headers: ['Applicable', 'Applicability', 'Is Control Applicable', 'Control Applicable', 'Applicable (Y/N)', 'Included', 'Selected', 'In scope', 'Applicable Yes/No', 'Anwendbar', 'Anwendbarkeit', 'Zutreffend', 'Relevant', 'Anwendbar (Ja/Nein)', 'Ausgewählt'], not: ['justification', 'reason', 'Begründung'] },
  { name: 'justification', label: 'Justification', kind: 'longText', headers: ['Justification', 'Justification for the Inclusion/Exclusion', 'Justification for Inclusion', 'Justification for Inclusion or Exclusion', 'Reason', 'Rationale', 'Reason for Inclusion', 'Reason for Selection', 'Justification for Applicability', 'Begründung', 'Begründung für Aufnahme', 'Begründung der Anwendbarkeit', 'Begründung für Ein-/Ausschluss', 'Grund'] },
  { name: 'exclusion', label: 'Justification of the exclusion', kind: 'longText', headers: ['Justification for Exclusion', 'Reason for Exclusion', 'Exclusion Justification', 'Exclusion Reason', 'Begründung für Ausschluss', 'Ausschlussbegründung', 'Begründung Nichtanwendbarkeit', 'Grund für Ausschluss'] },
  { name: 'status', label: 'Implementation status', kind: 'choice', choices: soaStatusWords, headers: ['Implementation Status', 'Status', 'Implemented', 'Implementation Status (Drop-down)', 'Control Status', 'State', 'Maturity', 'Implementation', 'Compliance Status', 'Umsetzungsstatus', 'Umgesetzt', 'Implementierungsstatus', 'Umsetzungsgrad', 'Umsetzung', 'Stand der Umsetzung'], not: ['description', 'beschreibung', 'date', 'datum'] },
  { name: 'description', label: 'How it is done', kind: 'longText', headers: ['Implementation Description', 'Description of Implementation', 'How Implemented', 'Implementation Details', 'Implementation Method', 'Current Implementation', 'How is it implemented', 'Overview of Implementation', 'Implementation Notes', 'Description', 'Umsetzungsbeschreibung', 'Beschreibung der Umsetzung', 'Umsetzung', 'Wie umgesetzt', 'Beschreibung', 'Maßnahmenbeschreibung'] },
  { name: 'reference', label: 'Documents', kind: 'longText', many: true, headers: ['Reference', 'References', 'Document', 'Documents', 'Document Reference', 'Evidence', 'Policy', 'Related Documents', 'Supporting Documents', 'Document Ref', 'Referenz', 'Referenzen', 'Dokument', 'Dokumente', 'Nachweis', 'Nachweise', 'Richtlinie', 'Mitgeltende Dokumente', 'Dokumentenverweis'] },
  { name: 'owner', label: 'Owner', kind: 'person', headers: ['Owner', 'Control Owner', 'Responsible', 'Accountable', 'Responsibility', 'Eigentümer', 'Verantwortlich', 'Verantwortlicher', 'Kontrollverantwortlicher', 'Maßnahmenverantwortlicher', 'Zuständig'] },
  { name: 'drivers', label: 'Reasons (risks, law, contract)', kind: 'text', many: true, headers: ['Drivers', 'Risks', 'Related Risks', 'Risk ID', 'Risk Reference', 'Legal', 'Contractual', 'Business Requirement', 'LR', 'CO', 'BR', 'RRA', 'BR/BP', 'Selected Controls and Reasons', 'Results of Risk Assessment', 'Legal Requirement', 'Contractual Obligation', 'Risikobezug', 'Risiken', 'Zugehörige Risiken', 'Gesetzliche Anforderung', 'Vertragliche Anforderung'] },
  { name: 'plannedDate', label: 'Planned for', kind: 'date', headers: ['Planned Date', 'Target Date', 'Due Date', 'Implementation Date', 'Planned Completion', 'Deadline', 'Due', 'Geplant bis', 'Zieldatum', 'Umsetzung bis', 'Fällig', 'Termin', 'Umsetzungsdatum'] },
  { name: 'theme', label: 'Theme', kind: 'text', headers: ['Theme', 'Domain', 'Category', 'Control Group', 'Section', 'Bereich', 'Thema', 'Domäne', 'Kategorie', 'Control Type', 'Clause'] },
  { name: 'remarks', label: 'Remarks', kind: 'longText', headers: ['Comments', 'Comment', 'Remarks', 'Notes', 'Note', 'Additional Notes', 'Bemerkung', 'Bemerkungen', 'Kommentar', 'Kommentare', 'Anmerkung', 'Notizen'] },
]

interface Resolved {
  readonly number: string | null
  readonly title: string | null
  readonly match: ControlMatch
}

/** Finds the control of a row by number and title. A cell with both (“A.5.1 Policies …”) counts for both. */
function resolveRow(reader: RowReader, index: ControlIndex, language: string): Resolved {
  const cell = reader.cell('control')
  const { number, alternatives } = controlNumbersOf(cell)
  const own = number === null && cell.text.trim() !== '' ? index.byNumber(cell.text) : null
  const rest = tidy(cell.text.replace(/^[^\p{L}\d]*(?:A[\s._-]{0,2})?\d{1,2}(?:\.\d{1,2}){1,2}[\s.:–-]*/iu, ''))
  const title = reader.text('title') ?? (/\p{L}{3}/u.test(rest) && number !== null ? rest : null)
  if (own) return { number: cell.text.trim(), title, match: { kind: 'match', control: own.control, edition: own.edition, unchecked: false } }
  return { number, title, match: index.match(number, title, alternatives, language) }
}

/** Language of the titles in the file: one title may be too short to tell. */
function languageOfFile(table: Table, mapping: Mapping): string {
  const [column] = mapping.columns['title'] ?? mapping.columns['control'] ?? []
  const titles = column ? table.rows.flatMap((row) => (row.skip ? [] : (row.cells[column.index]?.text ?? []))) : []
  return languageOfTitles(titles)
}

/** Which control counts for a row: a decision about the line first, then what the mapping says about disagreements. */
function decideControl(reader: RowReader, resolved: Resolved, index: ControlIndex, mapping: Mapping): { control: string | null; skip: boolean } {
  const chosen = mapping.rows[String(reader.row.line)]?.control
  if (chosen !== undefined) {
    const found = index.byNumber(chosen)
    if (!found) reader.say('error', 'import.control_unknown', 'control', `There is no control ${quote(chosen)}`)
    return { control: found?.control.ref ?? null, skip: false }
  }
  const { match, number, title } = resolved
  const issue = controlIssue(number ?? '', title, match)
  const say = (severity: RowIssue['severity'] = issue?.severity ?? 'note', more = ''): void => {
    if (issue) reader.say(severity, issue.code, 'control', `${issue.message}${more}`)
  }
  switch (match.kind) {
    case 'match':
    case 'unclear':
      say()
      return { control: match.control.ref, skip: false }
    case 'mismatch': {
      const rule = mapping.options.controlMismatch
      say('warning', rule === 'number' ? ' (you decided: the number)' : rule === 'title' ? ' (you decided: the title)' : '; the row is left out until then')
      if (rule === 'number') return { control: match.control.ref, skip: false }
      return rule === 'title' ? { control: match.byTitle.ref, skip: false } : { control: null, skip: true }
    }
    case 'unknown': {
      const rule = mapping.options.controlMismatch
      if (rule === 'title' && match.byTitle) {
        say('warning', ' (you decided: the title)')
        return { control: match.byTitle.ref, skip: false }
      }
      if (rule === 'skip' || (rule === null && match.byTitle)) {
        say('warning', '; the row is left out until somebody says which control it is')
        return { control: null, skip: true }
      }
      say('error')
      return { control: null, skip: false }
    }
  }
}

/** Whether the control applies, from its own column or from a status such as “N/A”; both are compared. */
function applicability(reader: RowReader, status: ChoiceDraft | null): boolean | null {
  const cell = reader.cell('applicable')
  // “N/A” in this column says no; elsewhere it says nothing.
  const mapped = reader.mapped('applicable', cell.text)
  const text = mapped ?? cell.text
  const stated = text.trim() === '' || mapped === null ? null : (readYesNo(text) ?? (/^(?:included|excluded|partial)/iu.test(text) ? !/^excl/iu.test(text) : null))
  if (stated === null && !isNothing(cell.text) && mapped === undefined) reader.unreadable('applicable', cell, 'yes or no')
  const excluded = status?.value === 'notApplicable'
  if (stated === true && excluded) {
    reader.say('warning', 'import.applicability_contradicts', 'status', `The control is marked as applicable, but its status is ${quote(status?.text ?? '')}; it is taken as applicable and not assessed`)
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
  reader.say('warning', 'import.value_unknown', 'status', `${quote(text)} is no known implementation status; it is kept as text and the control is not assessed`, { value: text })
  return { text, value: null }
}

/** A plain word (“Required”) justifies nothing an auditor would accept, but is what the file says. */
function checkJustification(reader: RowReader, applicable: boolean | null, justification: string | null): void {
  if (applicable === false && justification === null) {
    reader.say('warning', 'import.exclusion_unjustified', 'justification', 'The control is excluded without a justification; the exclusion cannot be issued until one is written (6.1.3 d)')
  } else if (applicable === true && justification !== null && /^(?:required|erforderlich|yes|ja|applicable|anwendbar|iso ?27001|best practi[cs]e)\.?$/iu.test(justification)) {
    reader.say('note', 'import.justification_empty', 'justification', `${quote(justification)} gives no reason; link a risk, an obligation or a requirement`)
  } else if (applicable === true && justification === null && reader.text('drivers') === null) {
    reader.say('note', 'import.inclusion_unjustified', 'justification', 'No reason for including the control is given; link a risk, an obligation or a requirement')
  } else if (applicable === null) {
    reader.say('note', 'import.applicability_not_stated', 'applicable', 'The file does not say whether the control applies; it stays undecided')
  }
}

/** Turns the rows of a Statement of Applicability into drafts. */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<SoaDraft>[] {
  const index = controlIndex(context.controls)
  const language = languageOfFile(table, mapping)
  const resolve = ownerResolver(context.people, context.roles)
  const rows = interpretEach(table, mapping, context, (reader, row) => {
    const resolved = resolveRow(reader, index, language)
    const { control, skip } = decideControl(reader, resolved, index, mapping)
    const status = statusOf(reader)
    const applicable = applicability(reader, status)
    const justification = (applicable === false ? reader.text('exclusion') : null) ?? reader.text('justification')
    checkJustification(reader, applicable, justification)
    const counted = claimOf(reader, status, applicable)
    const draft: SoaDraft = {
      control,
      statedNumber: resolved.number ?? (tidy(reader.cell('control').text) || null),
      statedTitle: resolved.title,
      applicable,
      justification,
      status: counted,
      description: reader.text('description'),
      reference: reader.text('reference'),
      owner: reader.owner('owner', resolve),
      drivers: reader.text('drivers'),
      plannedDate: reader.date('plannedDate', 'end'),
      remarks: reader.text('remarks'),
      raw: rawRecord(table, row),
    }
    return { draft, ref: null, name: null, skip }
  })
  return withSharedControls(withExisting(rows, mapping, context), rows)
}

function claimOf(reader: RowReader, status: ChoiceDraft | null, applicable: boolean | null): ChoiceDraft | null {
  if (status?.value === 'notApplicable') return applicable === true ? { text: status.text, value: 'notAssessed' } : { text: status.text, value: null }
  if (applicable === false && status?.value === 'implemented') {
    reader.say('warning', 'import.excluded_but_done', 'status', `The control is excluded, yet called ${quote(status.text)}; the exclusion counts`)
    return { text: status.text, value: null }
  }
  if (status?.value === 'implemented') reader.say('note', 'import.claimed', 'status', `${quote(status.text)} arrives as claimed; evidence makes it implemented`)
  return status
}

/** Rows that change a control which already has a record. */
function withExisting(rows: readonly InterpretedRow<SoaDraft>[], mapping: Mapping, context: ImportContext): InterpretedRow<SoaDraft>[] {
  const known = new Map(context.existing.flatMap((record) => (record.ref ? [[fold(record.ref), record.id] as const] : [])))
  return rows.map((row) => {
    const id = row.becomes?.control ? (known.get(fold(row.becomes.control)) ?? null) : null
    if (id === null || row.status !== 'create') return row
    if (mapping.options.existing === 'update') return { ...row, status: 'update', existingId: id }
    const issue: RowIssue = { severity: 'note', code: 'import.exists', field: 'control', message: `${row.becomes?.control ?? ''} has an entry already and is left as it is`, facts: {} }
    return { ...row, status: 'skip', existingId: id, issues: [...row.issues, issue] }
  })
}

/** Several rows for one control: an error when they name the same number, to be merged when the edition before split it. */
function withSharedControls(rows: readonly InterpretedRow<SoaDraft>[], all: readonly InterpretedRow<SoaDraft>[]): InterpretedRow<SoaDraft>[] {
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
    const others = sharing.filter((other) => other.line !== row.line).map((other) => other.line).sort((a, b) => a - b)
    const same = sharing.some((other) => other.line !== row.line && other.number === row.becomes?.statedNumber)
    const issue: RowIssue = same
      ? { severity: 'error', code: 'import.duplicate_ref', field: 'control', message: `${control} is also on line ${others.join(', ')}; leave all but one out`, facts: { ref: control } }
      : { severity: 'warning', code: 'import.control_shared', field: 'control', message: `Line ${others.join(', ')} leads to ${control} as well; their texts are joined and the lower status counts`, facts: { ref: control } }
    return { ...row, status: same ? 'error' : row.status, issues: [...row.issues, issue] }
  })
}

/** Asks what counts when numbers and titles disagree, naming how many rows wait for the answer. */
function refine(guess: GuessedMapping, table: Table, context: ImportContext): GuessedMapping {
  const index = controlIndex(context.controls)
  const language = languageOfFile(table, guess.mapping)
  const waiting: { row: TableRow; resolved: Resolved }[] = []
  for (const row of table.rows) {
    if (row.skip) continue
    const resolved = resolveRow(new RowReader(row, guess.mapping), index, language)
    if (resolved.match.kind === 'mismatch' || (resolved.match.kind === 'unknown' && resolved.match.byTitle !== null)) waiting.push({ row, resolved })
  }
  if (waiting.length === 0) return guess
  const shown = waiting.slice(0, 4).map(({ resolved }) => `${resolved.number ? `A.${resolved.number}` : 'no number'} ${quote(resolved.title ?? '', 40)}`)
  const question: Question = {
    about: 'options.controlMismatch',
    code: 'import.control_mismatch',
    message: `In ${waiting.length} ${waiting.length === 1 ? 'row' : 'rows'} the control's number and title do not belong together (${shown.join(', ')}${waiting.length > 4 ? ' …' : ''}). Which of them counts? Until somebody says, these rows are left out`,
    choices: [
      { value: 'title', label: 'The title: take the control that is called so' },
      { value: 'number', label: 'The number: take it whatever the title says' },
      { value: 'skip', label: 'Neither: leave these rows out' },
    ],
    proposal: null,
    needed: true,
  }
  return { ...guess, questions: [...guess.questions, question] }
}

/** The Statement of Applicability, as the import knows it. */
export const soaImport: ImportRegister<SoaDraft> = {
  name: 'soa',
  label: 'the Statement of Applicability',
  sheetNames: ['SOA', 'SoA', 'Statement of Applicability', 'Annex A', 'Anwendbarkeitserklärung', 'Erklärung zur Anwendbarkeit', 'Controls'],
  fields: () => soaFields,
  required: [['control', 'title']],
  telling: ['applicable', 'status', 'exclusion'],
  refine,
  interpret,
}

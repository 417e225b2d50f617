import { controlNumbersOf } from '#kernel/import/control-numbers.ts'
import {
  type ControlIndex,
  type ControlMatch,
  controlIndex,
  languageOfTitles,
  sayControl,
} from '#kernel/import/controls.ts'
import { asking } from '#kernel/import/questions.ts'
import { RowReader } from '#kernel/import/row-reader.ts'
import { quote, similarity, tidy } from '#kernel/import/text.ts'
import type {
  GuessedMapping,
  ImportContext,
  ImportControl,
  Mapping,
  Question,
  Table,
  TableRow,
} from '#kernel/import.ts'

/** A row's control as stated, and what the catalogue says to it. */
export interface Resolved {
  readonly number: string | null
  readonly title: string | null
  readonly match: ControlMatch
}

/** Finds the control of a row by number and title. A cell with both (“A.5.1 Policies …”) counts for both. */
export function resolveRow(reader: RowReader, index: ControlIndex, language: string): Resolved {
  const cell = reader.cell('control')
  const { number, alternatives } = controlNumbersOf(cell)
  const own = number === null && cell.text.trim() !== '' ? index.byNumber(cell.text) : null
  const rest = tidy(cell.text.replace(/^[^\p{L}\d]*(?:A[\s._-]{0,2})?\d{1,2}(?:\.\d{1,2}){1,2}[\s.:–-]*/iu, ''))
  const title = reader.text('title') ?? (/\p{L}{3}/u.test(rest) && number !== null ? rest : null)
  if (own)
    return {
      number: cell.text.trim(),
      title,
      match: { kind: 'match', control: own.control, edition: own.edition, unchecked: false },
    }
  return { number, title, match: index.match(number, title, alternatives, language) }
}

/** Language of the titles in the file: one title may be too short to tell. */
export function languageOfFile(table: Table, mapping: Mapping): string {
  const [column] = mapping.columns['title'] ?? mapping.columns['control'] ?? []
  const titles = column ? table.rows.flatMap((row) => (row.skip ? [] : (row.cells[column.index]?.text ?? []))) : []
  return languageOfTitles(titles)
}

/** Which control counts for a row: a decision about the line first, then what the mapping says about disagreements. */
export function decideControl(
  reader: RowReader,
  resolved: Resolved,
  index: ControlIndex,
  mapping: Mapping,
): { control: string | null; skip: boolean } {
  const chosen = mapping.rows[String(reader.row.line)]?.control
  if (chosen !== undefined) {
    const found = index.byNumber(chosen)
    if (!found) reader.say('error', 'import.control_absent', 'control', { named: chosen })
    return { control: found?.control.ref ?? null, skip: false }
  }
  const { match, number, title } = resolved
  const rule = mapping.options.controlMismatch
  const say = (unknown: 'error' | 'warning'): void =>
    sayControl(reader, 'control', number, title, match, unknown, index)
  const leaveOut = (): { control: null; skip: true } => {
    reader.say('note', 'import.control_left_out', 'control')
    return { control: null, skip: true }
  }
  const takeTitle = (control: ImportControl): { control: string; skip: false } => {
    reader.say('note', 'import.control_by_title', 'control', { control: control.ref })
    return { control: control.ref, skip: false }
  }
  switch (match.kind) {
    case 'match':
    case 'unclear':
      say('warning')
      return { control: match.control.ref, skip: false }
    case 'mismatch':
      say('warning')
      if (rule === 'title') return takeTitle(match.byTitle)
      if (rule !== 'number') return leaveOut()
      reader.say('note', 'import.control_by_number', 'control')
      return { control: match.control.ref, skip: false }
    case 'unknown': {
      const named = match.byTitle
      if (match.reason === 'noNumber' && named && isTitleOf(named, title)) return takeTitle(named)
      const waits = rule === 'skip' || (rule === null && named !== null)
      say(waits || (rule === 'title' && named) ? 'warning' : 'error')
      if (rule === 'title' && named) return takeTitle(named)
      return waits ? leaveOut() : { control: null, skip: false }
    }
  }
}

/** The very title of the control, but for spelling: enough where there is no number to contradict it. */
function isTitleOf(control: ImportControl, title: string | null): boolean {
  return title !== null && Object.values(control.titles).some((known) => similarity(known, title) > 0.85)
}

/** Asks what counts when numbers and titles disagree, naming how many rows wait for the answer. */
export function askForMismatches(guess: GuessedMapping, table: Table, context: ImportContext): GuessedMapping {
  const index = controlIndex(context.controls, context.language)
  const language = languageOfFile(table, guess.mapping)
  const waiting: { row: TableRow; resolved: Resolved }[] = []
  for (const row of table.rows) {
    if (row.skip) continue
    const resolved = resolveRow(new RowReader(row, guess.mapping), index, language)
    if (resolved.number === null && !guess.mapping.columns['control']) continue
    if (resolved.match.kind === 'mismatch' || (resolved.match.kind === 'unknown' && resolved.match.byTitle !== null))
      waiting.push({ row, resolved })
  }
  if (waiting.length === 0) return guess
  const shown = waiting
    .slice(0, 4)
    .map(({ resolved }) => [resolved.number ? `A.${resolved.number} ` : '', quote(resolved.title ?? '', 40)].join(''))
  const question: Question = {
    about: 'options.controlMismatch',
    ...asking('import.ask_control_mismatch', {
      count: waiting.length,
      examples: [...shown, ...(waiting.length > shown.length ? ['…'] : [])].join(', '),
    }),
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

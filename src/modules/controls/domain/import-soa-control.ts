import { controlNumbersOf } from '#kernel/import/control-numbers.ts'
import {
  type ControlIndex,
  type ControlMatch,
  controlIndex,
  controlIssue,
  languageOfTitles,
} from '#kernel/import/controls.ts'
import { RowReader } from '#kernel/import/row-reader.ts'
import { quote, similarity, tidy } from '#kernel/import/text.ts'
import type { GuessedMapping, ImportContext, Mapping, Question, RowIssue, Table, TableRow } from '#kernel/import.ts'

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
      say(
        'warning',
        rule === 'number'
          ? ' (you decided: the number)'
          : rule === 'title'
            ? ' (you decided: the title)'
            : '; the row is left out until then',
      )
      if (rule === 'number') return { control: match.control.ref, skip: false }
      return rule === 'title' ? { control: match.byTitle.ref, skip: false } : { control: null, skip: true }
    }
    case 'unknown': {
      const named = match.byTitle
      if (
        match.reason === 'noNumber' &&
        named &&
        title &&
        Object.values(named.titles).some((known) => similarity(known, title) > 0.85)
      ) {
        reader.say(
          'note',
          'import.control_by_title',
          'control',
          `The row has no control number; its title is that of ${named.ref}`,
        )
        return { control: named.ref, skip: false }
      }
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

/** Asks what counts when numbers and titles disagree, naming how many rows wait for the answer. */
export function askForMismatches(guess: GuessedMapping, table: Table, context: ImportContext): GuessedMapping {
  const index = controlIndex(context.controls)
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
    .map(
      ({ resolved }) => `${resolved.number ? `A.${resolved.number}` : 'no number'} ${quote(resolved.title ?? '', 40)}`,
    )
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

import type { Cell, Choice, ColumnRef, Mapping, RowIssue, Severity, TableRow } from '../import.ts'
import type { LocalDate } from '../time.ts'
import { choiceOf } from './choices.ts'
import { readDate } from './dates.ts'
import { type Money, readMoney, readNumber, readYesNo } from './numbers.ts'
import type { OwnerDraft, OwnerMatch } from './owners.ts'
import { issueOf } from './questions.ts'
import type { FactsOf, ImportCode } from './sentences.ts'
import { fold, isNothing, isPlaceholder, tidy } from './text.ts'

const blank: Cell = { text: '' }

/** A date as a file gives it: the day when there is one, whether it repeats instead, and always the text. */
export interface DateDraft {
  readonly text: string
  readonly date: LocalDate | null
  readonly recurring: boolean
}

/** A value of a fixed list: the meaning where the word is known, and always the word. */
export interface ChoiceDraft {
  readonly text: string
  readonly value: string | null
}

/**
 * Reads the fields of one row by a mapping and collects what there is to say about them. Cells that hold template text
 * count as empty and are named in a note; values that cannot be read are named in a warning and kept as text.
 */
export class RowReader {
  readonly issues: RowIssue[] = []
  readonly row: TableRow
  readonly mapping: Mapping

  constructor(row: TableRow, mapping: Mapping) {
    this.row = row
    this.mapping = mapping
  }

  say<Code extends ImportCode>(severity: Severity, code: Code, field: string | null, ...facts: FactsOf<Code>): void {
    this.issues.push(issueOf(severity, code, field, ...facts))
  }

  columnsOf(field: string): readonly ColumnRef[] {
    return this.mapping.columns[field] ?? []
  }

  /** The field's cell, or a constant the mapping sets for the whole file; template text is reported and left out. */
  cell(field: string): Cell {
    const [column] = this.columnsOf(field)
    if (!column) {
      const constant = this.mapping.defaults[field]
      return constant === undefined ? blank : { text: constant }
    }
    return this.cellAt(field, column)
  }

  private cellAt(field: string, column: ColumnRef): Cell {
    const cell = this.row.cells[column.index] ?? blank
    if (cell.problem) {
      this.say('warning', cell.problem === 'error' ? 'import.cell_error' : 'import.cell_uncalculated', field, {
        column: column.header,
        text: cell.text,
      })
      return blank
    }
    if (cell.text !== '' && isPlaceholder(cell.text)) {
      this.say('note', 'import.placeholder', field, { column: column.header, text: cell.text })
      return blank
    }
    return cell
  }

  /** Text of the field, tidied; several columns are joined by line breaks. Null when there is none. */
  text(field: string): string | null {
    const columns = this.columnsOf(field)
    if (columns.length <= 1) {
      const text = tidy(this.cell(field).text)
      return isNothing(text) ? null : text
    }
    const parts = columns.flatMap((column) => {
      const text = tidy(this.cellAt(field, column).text)
      return isNothing(text) ? [] : [text]
    })
    return parts.length === 0 ? null : parts.join('\n')
  }

  /** As it stands in the file, untouched by any reading. */
  rawText(field: string): string {
    const [column] = this.columnsOf(field)
    return column ? (this.row.cells[column.index]?.text ?? '') : ''
  }

  number(field: string): number | null {
    const cell = this.cell(field)
    if (isNothing(cell.text)) return null
    const value = readNumber(cell)
    if (value === null) this.unreadable(field, cell, 'import.not_a_number')
    return value
  }

  money(field: string): Money | null {
    const cell = this.cell(field)
    if (isNothing(cell.text)) return null
    const [column] = this.columnsOf(field)
    const value = readMoney(cell, column?.header ?? '', this.mapping.options.currency)
    if (value === null) this.unreadable(field, cell, 'import.not_an_amount')
    return value
  }

  /** A date; `edge` says which end of “Q4-2026” is meant. */
  date(field: string, edge: 'start' | 'end'): DateDraft | null {
    const cell = this.cell(field)
    const text = tidy(cell.text)
    const read = readDate({ ...cell, text }, this.mapping.dateFormat, edge)
    switch (read.kind) {
      case 'none':
        return null
      case 'date':
        if (read.note)
          this.say('note', read.note === 'serial' ? 'import.date_serial' : 'import.date_span', field, {
            text,
            date: read.date,
          })
        return { text, date: read.date, recurring: false }
      case 'recurring':
        this.say('note', 'import.date_recurring', field, { text })
        return { text, date: null, recurring: true }
      case 'ambiguous':
        this.say('warning', 'import.date_ambiguous', field, { text, dmy: read.dmy, mdy: read.mdy })
        return { text, date: null, recurring: false }
      case 'unreadable':
        this.unreadable(field, cell, 'import.not_a_date')
        return { text, date: null, recurring: false }
    }
  }

  yesNo(field: string): boolean | null {
    const cell = this.cell(field)
    const mapped = this.mapped(field, cell.text)
    const read = mapped === undefined ? readYesNo(cell.text) : mapped === null ? null : readYesNo(mapped)
    if (read === null && mapped === undefined && !isNothing(cell.text))
      this.unreadable(field, cell, 'import.not_yes_no')
    return read
  }

  /** A word of a list by the mapping's value map, else by the words files use; unknown words are named and kept. */
  choice(field: string, choices: readonly Choice[], complain = true): ChoiceDraft | null {
    const text = tidy(this.cell(field).text)
    const mapped = this.mapped(field, text)
    if (mapped !== undefined && mapped !== null) return { text, value: mapped }
    if (isNothing(text)) return null
    const value = mapped === null ? null : choiceOf(text, choices)
    if (value === null && complain) {
      this.say('warning', 'import.value_unknown', field, { text, column: this.headingOf(field) })
    }
    return { text, value }
  }

  /** What the value map says: undefined when it says nothing. */
  mapped(field: string, text: string): string | null | undefined {
    const map = this.mapping.valueMaps[field]
    if (!map) return undefined
    const key = tidy(text)
    if (Object.hasOwn(map, key)) return map[key]
    return foldedMap(map).get(fold(key))
  }

  owner(field: string, resolve: (text: string) => OwnerMatch | null): OwnerDraft | null {
    const match = resolve(this.cell(field).text)
    if (match?.note) this.issues.push({ ...match.note, field })
    return match?.owner ?? null
  }

  /** The cell holds something else than the field needs. */
  unreadable(
    field: string,
    cell: Cell,
    code: 'import.not_a_date' | 'import.not_a_number' | 'import.not_an_amount' | 'import.not_yes_no',
  ): void {
    this.say('warning', code, field, { text: cell.text, column: this.headingOf(field) })
  }

  headingOf(field: string): string {
    return this.columnsOf(field)[0]?.header ?? field
  }
}

const folded = new WeakMap<object, Map<string, string | null>>()

function foldedMap(map: Readonly<Record<string, string | null>>): Map<string, string | null> {
  let known = folded.get(map)
  if (!known) {
    known = new Map(Object.entries(map).flatMap(([from, to]) => (fold(from) === '' ? [] : [[fold(from), to] as const])))
    folded.set(map, known)
  }
  return known
}

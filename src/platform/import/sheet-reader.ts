import type { Cell, MergedRange, Sheet, SheetRow } from '#kernel/import.ts'
import { importLimits } from './limits.ts'
import { type NumberFormat, numberCell } from './number-format.ts'
import { type Budget, Stop, spendText, tooManyCells } from './stop.ts'
import { attribute, type XmlHandler } from './xml.ts'

/** What a relation of a part points at. */
export interface Relation {
  readonly type: string
  readonly target: string
}

/** The id by which an element names a relation, whatever the prefix of its namespace. */
export const relationId = (raw: string): string | null =>
  attribute(raw, 'r:id') ?? /(?:^|\s)\w+:id="([^"]*)"/.exec(raw)?.[1] ?? null

/** `_x0009_` is how the format writes characters XML cannot hold. */
export const unescapeString = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

const general: NumberFormat = { kind: 'general' }

/** `AB12` → column 27, line 12; null when it is no such reference. */
function readReference(ref: string): { column: number; line: number } | null {
  let column = 0
  let i = 0
  for (; i < ref.length; i++) {
    const c = ref.charCodeAt(i)
    if (c >= 65 && c <= 90) column = column * 26 + (c - 64)
    else if (c !== 36) break
  }
  const line = Number(ref.slice(i).replace('$', ''))
  return column > 0 && column <= 16_384 && Number.isInteger(line) && line > 0 ? { column: column - 1, line } : null
}

export function columnLetters(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

/** Takes the XML of one sheet and keeps the cells that hold something. */
export class SheetReader implements XmlHandler {
  private readonly rows: SheetRow[] = []
  private readonly merges: MergedRange[] = []
  private readonly linkRefs: { column: number; line: number; id: string | null; location: string | null }[] = []
  private cells: (Cell | undefined)[] = []
  private line = 0
  private width = 0
  private column = -1
  /** Attributes of the last empty cell: parsed only if the next cell does not say where it is. */
  private passed = ''
  private type = ''
  private style = 0
  private value = ''
  private hasValue = false
  private formula = false
  private taking = false
  private phonetic = false
  private inCell = false
  private readonly name: string
  private readonly strings: readonly string[]
  private readonly formats: readonly NumberFormat[]
  private readonly date1904: boolean
  private readonly budget: Budget

  constructor(
    name: string,
    strings: readonly string[],
    formats: readonly NumberFormat[],
    date1904: boolean,
    budget: Budget,
  ) {
    this.name = name
    this.strings = strings
    this.formats = formats
    this.date1904 = date1904
    this.budget = budget
  }

  open(name: string, raw: string, selfClosing: boolean): void {
    if (this.inCell) {
      if (name === 'v' || name === 't') {
        this.taking = !this.phonetic
        if (name === 'v') this.hasValue = true
      } else if (name === 'f') this.formula = true
      else if (name === 'rPh') this.phonetic = true
      return
    }
    if (name === 'c') {
      if (selfClosing) {
        this.column++
        this.passed = raw
      } else this.openCell(raw)
    } else if (name === 'row') {
      const line = Number(attribute(raw, 'r') ?? Number.NaN)
      this.line = Number.isInteger(line) && line > 0 ? line : this.line + 1
      this.column = -1
      this.passed = ''
    } else if (name === 'mergeCell') this.merge(attribute(raw, 'ref') ?? '')
    else if (name === 'hyperlink') {
      const at = readReference((attribute(raw, 'ref') ?? '').split(':')[0] ?? '')
      if (at && this.linkRefs.length < importLimits.rows)
        this.linkRefs.push({ ...at, id: relationId(raw), location: attribute(raw, 'location') })
    }
  }

  private openCell(raw: string): void {
    const ref = attribute(raw, 'r')
    const at = ref === null ? null : readReference(ref)
    if (at) this.column = at.column
    else {
      const before = this.passed === '' ? null : readReference(attribute(this.passed, 'r') ?? '')
      this.column = (before ? before.column : this.column) + 1
    }
    this.passed = ''
    this.type = attribute(raw, 't') ?? 'n'
    this.style = Number(attribute(raw, 's') ?? 0)
    this.value = ''
    this.hasValue = false
    this.formula = false
    this.taking = false
    this.phonetic = false
    this.inCell = true
  }

  text(piece: string): void {
    if (!this.taking) return
    this.value += piece
    if (this.value.length > importLimits.textCharacters) spendText(this.budget, this.value.length)
  }

  close(name: string): void {
    if (this.inCell) {
      if (name === 'v' || name === 't') this.taking = false
      else if (name === 'rPh') this.phonetic = false
      else if (name === 'c') {
        this.inCell = false
        const cell = this.cell()
        if (cell) this.keep(cell)
      }
    } else if (name === 'row' && this.cells.length > 0) {
      if (this.rows.length >= importLimits.rows) {
        throw new Stop(
          'import.too_many_rows',
          `Sheet “${this.name}” has more than ${importLimits.rows.toLocaleString('en')} rows with content. Split it into several files`,
          { sheet: this.name },
        )
      }
      this.rows.push({ line: this.line, cells: this.cells })
      this.cells = []
    }
  }

  private keep(cell: Cell): void {
    if (this.column >= importLimits.columns) {
      throw new Stop(
        'import.too_many_columns',
        `Sheet “${this.name}” has content in ${columnLetters(this.column)}${this.line}, beyond column ${importLimits.columns}. Delete what is far to the right`,
        { sheet: this.name },
      )
    }
    // Places up to the last cell of a row take memory, filled or not.
    this.budget.cells -= Math.max(0, this.column + 1 - this.cells.length)
    if (this.budget.cells < 0) throw tooManyCells(importLimits.cells)
    spendText(this.budget, cell.text.length)
    this.cells[this.column] = cell
    if (this.column >= this.width) this.width = this.column + 1
  }

  private cell(): Cell | null {
    const cell = this.rawCell()
    return cell && this.formula ? { ...cell, computed: true } : cell
  }

  private rawCell(): Cell | null {
    const { value } = this
    switch (this.type) {
      case 's': {
        const text = this.strings[Number(value)]
        if (text === undefined && value !== '')
          throw new Stop(
            'import.file_damaged',
            `The file is damaged: ${columnLetters(this.column)}${this.line} of sheet “${this.name}” refers to a text that is missing`,
          )
        return text === undefined || text.trim() === '' ? null : { text }
      }
      case 'str':
      case 'inlineStr':
        return value.trim() === '' ? null : { text: unescapeString(value) }
      case 'b':
        return value === '' ? null : { text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE' }
      case 'e':
        return { text: value, problem: 'error' }
      case 'd': {
        const date = /^(\d{4}-\d{2}-\d{2})/.exec(value)?.[1]
        const serial = date
          ? Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569 - (this.date1904 ? 1462 : 0)
          : Number.NaN
        return Number.isNaN(serial)
          ? value === ''
            ? null
            : { text: value }
          : numberCell(serial, { kind: 'date', time: false }, this.date1904)
      }
      default: {
        if (value.trim() === '') {
          // A formula that was never calculated, as programs that only write files leave it.
          return this.formula && !this.hasValue ? { text: '', problem: 'uncalculated' } : null
        }
        const number = Number(value)
        if (!Number.isFinite(number)) return { text: value }
        return numberCell(number, this.formats[this.style] ?? general, this.date1904)
      }
    }
  }

  private merge(range: string): void {
    const [from, to] = range.split(':')
    const start = readReference(from ?? '')
    const end = readReference(to ?? '')
    if (start && end && this.merges.length < importLimits.rows) {
      this.merges.push({ top: start.line, left: start.column, bottom: end.line, right: end.column })
    }
  }

  result(hidden: boolean, relations: ReadonlyMap<string, Relation>): Sheet {
    const rows = this.withLinks(relations).sort((a, b) => a.line - b.line)
    return { name: this.name, hidden, rows, width: this.width, merges: this.merges, separator: null, notes: [] }
  }

  private withLinks(relations: ReadonlyMap<string, Relation>): SheetRow[] {
    if (this.linkRefs.length === 0) return this.rows
    const byLine = new Map(this.rows.map((row) => [row.line, row]))
    for (const { line, column, id, location } of this.linkRefs) {
      const target = (id === null ? null : relations.get(id)?.target) ?? (location === null ? null : `#${location}`)
      const row = byLine.get(line)
      const cell = row?.cells[column]
      if (!row || !cell || target === null) continue
      spendText(this.budget, target.length)
      const cells = [...row.cells]
      cells[column] = { ...cell, link: target }
      byLine.set(line, { line, cells })
    }
    return [...byLine.values()]
  }
}

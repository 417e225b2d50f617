import type { ImportContext, InterpretedRow, Mapping, RowIssue, Table, TableRow } from '../import.ts'
import { issueOf } from './questions.ts'
import { RowReader } from './row-reader.ts'
import { fold } from './text.ts'

/** What an interpreter makes of one row before duplicates are looked for. */
export interface ReadRow<Draft> {
  readonly draft: Draft
  /** The reference by which the row is the same record as another; null when it has none. */
  readonly ref: string | null
  /** What people call the record when it has no reference: used to recognise it among existing ones. */
  readonly name: string | null
  /** Without a reference the name is all that tells records apart, so that a second of the same name is an error. */
  readonly nameIdentifies?: boolean
  /** The row cannot be taken yet (a decision is open); the issues say why. */
  readonly skip?: boolean
}

/** Whether a row stays out: by what a person decided about its line, else by what is proposed. */
export const staysOut = (row: TableRow, mapping: Pick<Mapping, 'rows'>): boolean =>
  mapping.rows[String(row.line)]?.skip ?? row.skip !== undefined

/** Whether a person has decided to leave a line out. */
export const isLeftOut = (line: number, mapping: Pick<Mapping, 'rows'>): boolean =>
  mapping.rows[String(line)]?.skip === true

const keyOf = (text: string): string => fold(text)

/**
 * Interprets every row of a table: honours proposals and decisions about skipping, then reads, then marks duplicates.
 * A reference used twice in the file is an error on every line that uses it, whatever their order. A record that exists
 * already is updated or left, as the mapping says. Rows do not depend on each other's order.
 */
export function interpretEach<Draft>(
  table: Table,
  mapping: Mapping,
  context: Pick<ImportContext, 'existing'>,
  read: (reader: RowReader, row: TableRow) => ReadRow<Draft>,
): InterpretedRow<Draft>[] {
  const existingByRef = new Map(context.existing.flatMap((r) => (r.ref ? [[keyOf(r.ref), r] as const] : [])))
  const existingByName = new Map(context.existing.map((r) => [keyOf(r.name), r]))
  const linesOfRef = new Map<string, number[]>()
  const linesOfName = new Map<string, number[]>()

  const readRows = table.rows.map((row) => {
    const taken = mapping.rows[String(row.line)]?.skip === false
    if (row.skip && !taken) return { row, draft: null, skipped: skipIssue(row.skip) }
    const reader = new RowReader(row, mapping)
    reportDamage(reader, row, taken)
    const result = read(reader, row)
    // It is read all the same, so that people see what they leave out.
    if (isLeftOut(row.line, mapping)) return { row, draft: result.draft, skipped: leftOut }
    if (result.ref) push(linesOfRef, keyOf(result.ref), row.line)
    else if (result.name) push(linesOfName, keyOf(result.name), row.line)
    return { row, reader, result }
  })

  return readRows.map((entry): InterpretedRow<Draft> => {
    if (!entry.reader)
      return { line: entry.row.line, status: 'skip', becomes: entry.draft, existingId: null, issues: [entry.skipped] }
    const { row, reader, result } = entry
    const lines = (result.ref ? linesOfRef.get(keyOf(result.ref)) : undefined) ?? []
    if (lines.length > 1) {
      const others = lines.filter((line) => line !== row.line).sort((a, b) => a - b)
      reader.say('error', 'import.duplicate_ref', 'ref', { ref: result.ref ?? '', lines: list(others) })
    }
    const namesakes = result.ref || !result.name ? [] : (linesOfName.get(keyOf(result.name)) ?? [])
    if (namesakes.length > 1) {
      const others = namesakes.filter((line) => line !== row.line).sort((a, b) => a - b)
      reader.say(
        result.nameIdentifies ? 'error' : 'warning',
        result.nameIdentifies ? 'import.same_person' : 'import.duplicate_name',
        'name',
        { name: result.name ?? '', lines: list(others) },
      )
    }
    const known =
      (result.ref ? existingByRef.get(keyOf(result.ref)) : undefined) ??
      (result.ref || !result.name ? undefined : existingByName.get(keyOf(result.name)))
    const failed = reader.issues.some((i) => i.severity === 'error')
    const base = { line: row.line, existingId: known?.id ?? null, issues: reader.issues }
    if (failed) return { ...base, status: 'error', becomes: result.draft }
    if (result.skip) return { ...base, status: 'skip', becomes: result.draft }
    if (!known) return { ...base, status: 'create', becomes: result.draft }
    if (mapping.options.existing === 'update') return { ...base, status: 'update', becomes: result.draft }
    reader.say('note', 'import.exists', null, { ref: result.ref ?? result.name ?? '' })
    return { ...base, status: 'skip', becomes: result.draft }
  })
}

const leftOut = issueOf('note', 'import.row_left_out', null)

function reportDamage(reader: RowReader, row: TableRow, taken: boolean): void {
  if (row.repaired) reader.say('warning', 'import.repaired', null, row.repaired)
  if (row.extra) reader.say(taken ? 'warning' : 'error', 'import.extra_cells', null, { text: row.extra.join(' | ') })
}

/** Why a row is proposed to be skipped, as a sentence. */
function skipIssue({ kind, text }: NonNullable<TableRow['skip']>): RowIssue {
  switch (kind) {
    case 'computedOnly':
      return issueOf('note', 'import.row_computedOnly', null)
    case 'repeatedHeader':
      return issueOf('note', 'import.row_repeatedHeader', null)
    default:
      return issueOf('note', `import.row_${kind}`, null, { text })
  }
}

function push(map: Map<string, number[]>, key: string, line: number): void {
  if (key === '') return
  const lines = map.get(key)
  if (lines) lines.push(line)
  else map.set(key, [line])
}

function list(lines: readonly number[]): string {
  const shown = lines.slice(0, 5).join(', ')
  return lines.length > 5 ? `${shown} and ${lines.length - 5} more` : shown
}

/** Every cell of the row by its heading, exactly as it stands in the file: what the legacy record keeps. */
export function rawRecord(table: Table, row: TableRow): Record<string, string> {
  const raw: Record<string, string> = {}
  for (const header of table.headers) {
    const text = row.cells[header.index]?.text ?? ''
    if (text === '') continue
    const name = header.text === '' ? `column ${header.index + 1}` : header.text
    raw[Object.hasOwn(raw, name) ? `${name} (${header.index + 1})` : name] = text
  }
  return raw
}

/** Counts per status, for the line above a preview. */
export function countRows(
  rows: readonly Pick<InterpretedRow<unknown>, 'status' | 'issues'>[],
): Record<'create' | 'update' | 'skip' | 'error' | 'warnings', number> {
  const counts = { create: 0, update: 0, skip: 0, error: 0, warnings: 0 }
  for (const row of rows) {
    counts[row.status]++
    if (row.issues.some((i) => i.severity === 'warning')) counts.warnings++
  }
  return counts
}

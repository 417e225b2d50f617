import { fold } from '#kernel/import/text.ts'
import type { FieldKind, Header, ImportContext, ImportField, ImportRegister, Sheet, SheetRow } from '#kernel/import.ts'
import { type ColumnProfile, evidenceFor, profileColumn } from './evidence.ts'
import { headingOf, matchHeading } from './headings.ts'
import { headersOf } from './table.ts'

/** A column and the field it was taken for. */
export interface ColumnGuess {
  readonly field: string
  readonly column: Header
  /** 0 to 1; below {@link sureFrom} a person should look. */
  readonly confidence: number
  readonly reason: string
  /** Another field that suits the column nearly as well. */
  readonly orField: string | null
  /** Other columns that suit the field nearly as well. */
  readonly orColumns: readonly Header[]
}

export interface TableGuess {
  readonly sheet: Sheet
  readonly headerLine: number
  readonly headers: readonly Header[]
  readonly columns: readonly ColumnGuess[]
  /** 0 to 1: how sure it is that this sheet holds the register. */
  readonly confidence: number
  readonly reason: string
}

export const sureFrom = 0.72
/** From here a sheet counts as holding a register; below, a person is asked. */
export const recognisedFrom = 0.68
const takenFrom = 0.5
const nearly = 0.06
const maxHeaderCandidates = 40

interface Candidate {
  readonly field: string
  readonly index: number
  readonly score: number
  readonly reason: string
  readonly many: boolean
}

/** Everything a register says about a heading: its fields' synonyms and its own grammar. */
function candidatesFor(
  header: Header,
  fields: readonly ImportField[],
  register: Pick<ImportRegister<unknown>, 'recognise'>,
  profile: ColumnProfile | null,
): Candidate[] {
  if (header.text === '' || header.text.length > 300) return []
  const heading = headingOf(header.text)
  const found: Candidate[] = []
  const add = (field: string, kind: FieldKind, spec: ImportField | undefined, score: number, reason: string): void => {
    if (score <= 0) return
    const evidence = profile ? evidenceFor(kind, spec?.choices, profile) : { score: 0, reason: '' }
    const total = Math.max(0, Math.min(1, score + evidence.score * (evidence.score > 0 ? 0.12 : 0.45)))
    const also =
      evidence.score > 0.3 && evidence.reason !== ''
        ? ` and ${evidence.reason}`
        : evidence.score < -0.3
          ? ', but its values do not look like it'
          : ''
    found.push({ field, index: header.index, score: total, reason: reason + also, many: spec?.many === true })
  }
  for (const field of fields) {
    const match = matchHeading(heading, field)
    add(field.name, field.kind, field, match.score, match.reason)
  }
  for (const match of register.recognise?.(header.text) ?? []) {
    const spec = fields.find((field) => field.name === match.field)
    add(match.field, match.kind, spec, match.score, `“${header.text}” is a name for ${spec?.label ?? match.field}`)
  }
  return found
}

/** Gives each column to the field it suits best, best fits first. */
function assign(candidates: readonly Candidate[], headers: readonly Header[]): ColumnGuess[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score || a.index - b.index || (a.field < b.field ? -1 : 1))
  const takenColumns = new Set<number>()
  const takenFields = new Set<string>()
  const guesses: ColumnGuess[] = []
  for (const candidate of sorted) {
    if (candidate.score < takenFrom) break
    if (takenColumns.has(candidate.index) || (takenFields.has(candidate.field) && !candidate.many)) continue
    const column = headers.find((h) => h.index === candidate.index)
    if (!column) continue
    takenColumns.add(candidate.index)
    takenFields.add(candidate.field)
    const close = (other: Candidate): boolean => other.score >= candidate.score - nearly
    const orField = sorted.find(
      (c) => c.index === candidate.index && c.field !== candidate.field && close(c) && !takenFields.has(c.field),
    )
    const orColumns = candidate.many
      ? []
      : sorted.filter(
          (c) => c.field === candidate.field && c.index !== candidate.index && close(c) && !takenColumns.has(c.index),
        )
    guesses.push({
      field: candidate.field,
      column,
      confidence: candidate.score,
      reason: candidate.reason,
      orField: orField?.field ?? null,
      orColumns: orColumns.flatMap((c) => headers.filter((h) => h.index === c.index)),
    })
  }
  return guesses.sort((a, b) => a.column.index - b.column.index)
}

/** How well a header line serves a register: what it names, with the fields by which records are recognised counting most. */
function worth(
  guesses: readonly ColumnGuess[],
  fields: readonly ImportField[],
  register: ImportRegister<unknown>,
): number {
  let sum = -2.5 * missingGroups(guesses, register).length
  for (const guess of guesses) {
    const spec = fields.find((field) => field.name === guess.field)
    const needed = register.required.some((group) => group.includes(guess.field))
    sum += guess.confidence ** 2 * (needed ? 2.5 : spec?.key ? 1.5 : 1)
  }
  return sum
}

/** Groups of required fields of which none was found. */
function missingGroups(guesses: readonly ColumnGuess[], register: ImportRegister<unknown>): (readonly string[])[] {
  return register.required.filter((group) => !guesses.some((guess) => group.includes(guess.field)))
}

/** Finds the header line of a sheet for a register; null when no line names anything the register knows. */
function guessTable(sheet: Sheet, register: ImportRegister<unknown>, context: ImportContext): TableGuess | null {
  const fields = register.fields(context)
  let best: { line: number; headers: Header[]; worth: number } | null = null
  let seen = 0
  for (const row of sheet.rows) {
    if (seen++ >= maxHeaderCandidates) break
    if (!mayBeHeader(row)) continue
    const headers = headersOf(sheet, row.line)
    const guesses = assign(
      headers.flatMap((header) => candidatesFor(header, fields, register, null)),
      headers,
    )
    const value = worth(guesses, fields, register)
    if (guesses.length > 0 && (!best || value > best.worth + 0.01)) best = { line: row.line, headers, worth: value }
  }
  if (!best) return null
  const { headers, line } = best
  const body = sheet.rows.filter((row) => row.line > line)
  const profiles = new Map(headers.map((header) => [header.index, profileOnce(sheet, line, body, header.index)]))
  const byHeading = assign(
    headers.flatMap((header) => candidatesFor(header, fields, register, profiles.get(header.index) ?? null)),
    headers,
  )
  const columns = [...byHeading, ...byValues(byHeading, headers, fields, profiles)].sort(
    (a, b) => a.column.index - b.column.index,
  )
  const named = headers.filter((h) => h.text !== '').length
  const missing = missingGroups(columns, register).map((group) =>
    group.map((name) => fields.find((f) => f.name === name)?.label ?? name).join(' or '),
  )
  const called = register.sheetNames.some((name) => fold(sheet.name).includes(fold(name)))
  const coverage = named === 0 ? 0 : columns.reduce((sum, c) => sum + c.confidence, 0) / named
  const breadth = Math.min(1, columns.length / 4)
  const told = columns.some((c) => register.telling.some((name) => c.field === name || c.field.startsWith(`${name}.`)))
  const confidence = Math.max(
    0,
    Math.min(
      1,
      0.65 * coverage * breadth +
        0.2 * breadth +
        (called ? 0.25 : 0) -
        missing.length * 0.3 -
        (told ? 0 : 0.3) -
        (body.length === 0 ? 0.5 : 0) -
        (sheet.hidden ? 0.2 : 0),
    ),
  )
  const reason = `${columns.length} of ${named} columns are recognised${called ? `, and the sheet is called “${sheet.name.trim()}”` : ''}${missing.length > 0 ? `, but none is ${missing.join(', none is ')}` : ''}`
  return { sheet, headerLine: line, headers, columns, confidence, reason }
}

const profilesOf = new WeakMap<Sheet, Map<string, ColumnProfile>>()

// Every register asks about the same columns; in a large file each look at one costs tens of milliseconds.
function profileOnce(sheet: Sheet, headerLine: number, body: readonly SheetRow[], index: number): ColumnProfile {
  const known = profilesOf.get(sheet) ?? new Map<string, ColumnProfile>()
  profilesOf.set(sheet, known)
  const key = `${headerLine}/${index}`
  const profile = known.get(key) ?? profileColumn(body, index)
  known.set(key, profile)
  return profile
}

/** Columns whose heading says nothing, but whose values can only be one thing: control numbers, e-mail addresses. */
function byValues(
  found: readonly ColumnGuess[],
  headers: readonly Header[],
  fields: readonly ImportField[],
  profiles: ReadonlyMap<number, ColumnProfile>,
): ColumnGuess[] {
  return fields.flatMap((field): ColumnGuess[] => {
    if (
      !field.key ||
      (field.kind !== 'controls' && field.kind !== 'email') ||
      found.some((guess) => guess.field === field.name)
    )
      return []
    const free = headers.filter((header) => !found.some((guess) => guess.column.index === header.index))
    const column = free.find((header) => {
      const profile = profiles.get(header.index)
      return (
        profile !== undefined &&
        profile.filled > 1 &&
        (field.kind === 'email' ? profile.emails : profile.controls) > 0.8
      )
    })
    if (!column) return []
    const reason = `the values of “${column.text}” are ${field.kind === 'email' ? 'e-mail addresses' : 'control numbers'}`
    return [{ field: field.name, column, confidence: 0.65, reason, orField: null, orColumns: [] }]
  })
}

/** Headings are several short texts in one line, not figures. */
function mayBeHeader(row: SheetRow): boolean {
  const filled = row.cells.filter((cell) => cell && cell.text.trim() !== '')
  if (filled.length < 2) return false
  const worded = filled.filter(
    (cell) => cell && cell.number === undefined && !cell.date && cell.text.length < 120 && /\p{L}/u.test(cell.text),
  )
  return worded.length >= Math.max(2, filled.length * 0.7)
}

/** The sheets of a workbook that may hold a register, the best first. */
export function guessTables(
  sheets: readonly Sheet[],
  register: ImportRegister<unknown>,
  context: ImportContext,
): TableGuess[] {
  return sheets
    .flatMap((sheet) => guessTable(sheet, register, context) ?? [])
    .sort((a, b) => b.confidence - a.confidence)
}

/** Which registers a workbook holds, on which sheet: each sheet goes to the register it suits best. */
export function guessRegisters(
  sheets: readonly Sheet[],
  registers: readonly ImportRegister<unknown>[],
  context: ImportContext,
): { readonly register: string; readonly table: TableGuess }[] {
  const all = registers.flatMap((register) =>
    guessTables(sheets, register, context).map((table) => ({ register: register.name, table })),
  )
  all.sort((a, b) => b.table.confidence - a.table.confidence)
  const sheetsTaken = new Set<Sheet>()
  const registersTaken = new Set<string>()
  return all.filter(({ register, table }) => {
    if (table.confidence < recognisedFrom || sheetsTaken.has(table.sheet) || registersTaken.has(register)) return false
    sheetsTaken.add(table.sheet)
    registersTaken.add(register)
    return true
  })
}

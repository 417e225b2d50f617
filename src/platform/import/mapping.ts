import type { z } from 'zod'
import { countRows } from '#kernel/import/rows.ts'
import { fold } from '#kernel/import/text.ts'
import type {
  ColumnRef,
  Header,
  ImportContext,
  ImportRegister,
  InterpretedRow,
  Mapping,
  Sheet,
  Table,
} from '#kernel/import.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { type columnInput, mappingSchema } from './mapping-schema.ts'
import { proposeSkips } from './skip-rows.ts'
import { bodyOf, headersOf } from './table.ts'

export type SavedMapping = z.output<typeof mappingSchema>

/** Reads a saved or hand-written mapping; refuses with what is wrong and where. */
export function parseMapping(value: unknown): Result<SavedMapping> {
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  return refuse(
    'import.mapping_invalid',
    `The mapping cannot be read: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'wrong form'}`,
    { where },
    where,
  )
}

/**
 * Lays a saved mapping over a guessed one: what it states counts, what it leaves out stays as guessed. Columns are found
 * by heading first, so that a file with columns moved still fits; a heading the file does not have is refused, and so is
 * a decision about a row it does not have.
 */
export function applyMapping(saved: SavedMapping, guess: Mapping, sheets: readonly Sheet[]): Result<Mapping> {
  const sheetName = saved.sheet ?? guess.sheet
  const sheet = sheets.find((s) => s.name === sheetName) ?? (sheets.length === 1 ? sheets[0] : undefined)
  if (!sheet) return noSheet(sheetName, sheets)
  const headerRow = saved.headerRow ?? guess.headerRow
  const headers = headersOf(sheet, headerRow)
  const stated: Record<string, readonly ColumnRef[]> = {}
  for (const [field, input] of Object.entries(saved.columns)) {
    const refs: ColumnRef[] = []
    for (const wanted of Array.isArray(input) ? input : [input]) {
      const header = findColumn(wanted, headers)
      if (!header) {
        const name = typeof wanted === 'object' ? wanted.header : String(wanted)
        const known = headers.flatMap((h) => (h.text === '' ? [] : [h.text]))
        return refuse(
          'import.column_absent',
          `Sheet “${sheet.name}” has no column “${name}” for ${field}; line ${headerRow} has: ${known.slice(0, 20).join(', ')}`,
          { sheet: sheet.name, field, column: name },
          `columns.${field}`,
        )
      }
      refs.push({ index: header.index, header: header.text })
    }
    stated[field] = refs
  }
  const samePlace = sheet.name === guess.sheet && headerRow === guess.headerRow
  const claimed = new Set(Object.values(stated).flatMap((refs) => refs.map((ref) => ref.index)))
  const kept = Object.entries(samePlace ? guess.columns : {}).filter(
    ([field, refs]) => !(field in stated) && !refs.some((ref) => claimed.has(ref.index)),
  )
  const overlay = <T>(
    a: Readonly<Record<string, Readonly<Record<string, T>>>>,
    b: Readonly<Record<string, Readonly<Record<string, T>>>>,
  ): Record<string, Readonly<Record<string, T>>> => {
    const out = { ...a }
    for (const [key, map] of Object.entries(b)) out[key] = { ...a[key], ...map }
    return out
  }
  const lines = new Set(bodyOf(sheet, headerRow, headers).map((row) => String(row.line)))
  const absent = Object.keys(saved.rows).find((line) => !lines.has(line))
  if (absent !== undefined) return noRow(absent, sheet.name)
  return ok({
    register: saved.register,
    sheet: sheet.name,
    headerRow,
    // A field given no column is one the guess was wrong about.
    columns: Object.fromEntries([...kept, ...Object.entries(stated)].filter(([, refs]) => refs.length > 0)),
    valueMaps: overlay(guess.valueMaps, saved.valueMaps),
    levelMaps: overlay(guess.levelMaps, saved.levelMaps),
    residualMeans: saved.residualMeans ?? guess.residualMeans,
    dateFormat: saved.dateFormat ?? guess.dateFormat,
    defaults: { ...guess.defaults, ...saved.defaults },
    rows: { ...guess.rows, ...saved.rows },
    options: {
      existing: saved.options.existing,
      assessedMeans: saved.options.assessedMeans ?? guess.options.assessedMeans,
      dimensions: { ...guess.options.dimensions, ...saved.options.dimensions },
      controlMismatch: saved.options.controlMismatch ?? guess.options.controlMismatch,
      currency: saved.options.currency ?? guess.options.currency,
    },
  })
}

function findColumn(wanted: z.output<typeof columnInput>, headers: readonly Header[]): Header | undefined {
  if (typeof wanted === 'number') return headers.find((h) => h.index === wanted)
  const text = fold(typeof wanted === 'string' ? wanted : wanted.header)
  const named = headers.filter((h) => fold(h.text) === text)
  if (typeof wanted === 'string') return named[0]
  return named.find((h) => h.index === wanted.index) ?? named[0]
}

function noRow(line: string, sheet: string): ReturnType<typeof refuse> {
  return refuse(
    'import.row_absent',
    `Sheet “${sheet}” has no row ${line} below its headings that could be taken or left out. Look at the preview again`,
    { sheet, line },
    `rows.${line}`,
  )
}

function noSheet(name: string, sheets: readonly Sheet[]): ReturnType<typeof refuse> {
  return refuse(
    'import.sheet_absent',
    `The file has no sheet “${name}”; it has: ${sheets.map((s) => s.name).join(', ')}`,
    { sheet: name },
    'sheet',
  )
}

/** The table a mapping points at, with furniture rows proposed to be skipped. Refused when sheet or header are not there. */
export function tableOf(
  sheets: readonly Sheet[],
  mapping: Mapping,
  register: ImportRegister<unknown>,
  context: ImportContext,
): Result<Table> {
  const sheet = sheets.find((s) => s.name === mapping.sheet)
  if (!sheet) return noSheet(mapping.sheet, sheets)
  const headers = headersOf(sheet, mapping.headerRow)
  if (headers.length === 0)
    return refuse(
      'import.header_absent',
      `Line ${mapping.headerRow} of sheet “${sheet.name}” has no headings`,
      { sheet: sheet.name, line: mapping.headerRow },
      'headerRow',
    )
  const keys = register
    .fields(context)
    .flatMap((field) =>
      field.key || register.required.some((group) => group.includes(field.name))
        ? (mapping.columns[field.name] ?? [])
        : [],
    )
  const rows = proposeSkips(
    bodyOf(sheet, mapping.headerRow, headers),
    headers,
    sheet,
    keys.map((ref) => ref.index),
  )
  return ok({ sheet: sheet.name, headerLine: mapping.headerRow, headers, rows })
}

export interface Preview<Draft> {
  readonly table: Table
  readonly rows: readonly InterpretedRow<Draft>[]
  readonly counts: ReturnType<typeof countRows>
}

/** What each row of the file will become under a mapping. Writes nothing. */
export function previewRows<Draft>(
  sheets: readonly Sheet[],
  mapping: Mapping,
  register: ImportRegister<Draft>,
  context: ImportContext,
): Result<Preview<Draft>> {
  for (const group of register.required) {
    if (group.some((name) => mapping.columns[name]?.length || mapping.defaults[name] !== undefined)) continue
    const labels = group
      .map((name) => register.fields(context).find((field) => field.name === name)?.label ?? name)
      .join(' or ')
    return refuse(
      'import.field_unmapped',
      `No column is chosen for ${labels}, without which nothing can be imported`,
      { label: labels, field: group[0] ?? '' },
      `columns.${group[0]}`,
    )
  }
  const table = tableOf(sheets, mapping, register, context)
  if (!table.ok) return table
  if (table.value.rows.length === 0) {
    return refuse(
      'import.no_rows',
      `Sheet “${mapping.sheet}” has no row below its headings on line ${mapping.headerRow}. Fill it in and upload it again, or choose another sheet or header row`,
      { sheet: mapping.sheet, line: mapping.headerRow },
      'headerRow',
    )
  }
  const rows = register.interpret(table.value, mapping, context)
  return ok({ table: table.value, rows, counts: countRows(rows) })
}

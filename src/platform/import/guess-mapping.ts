import { choiceOf, choicesOf } from '#kernel/import/choices.ts'
import { readDate } from '#kernel/import/dates.ts'
import { unitOf } from '#kernel/import/numbers.ts'
import { asking } from '#kernel/import/questions.ts'
import { isPlaceholder, quote } from '#kernel/import/text.ts'
import {
  type ColumnRef,
  emptyMapping,
  type ImportContext,
  type ImportField,
  type ImportRegister,
  type Mapping,
  type Question,
  type Sheet,
  type Table,
} from '#kernel/import.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { profileColumn } from './evidence.ts'
import { type ColumnGuess, guessTables, recognisedFrom, sureFrom, type TableGuess } from './guess.ts'
import { tableOf } from './mapping.ts'

export interface GuessResult {
  readonly mapping: Mapping
  readonly questions: readonly Question[]
  /** Why each column was taken for its field. */
  readonly columns: readonly ColumnGuess[]
  /** Columns nothing was found for; their values are kept with the original record only. */
  readonly unmapped: readonly string[]
  readonly confidence: number
  readonly reason: string
}

/**
 * Guesses sheet, header row, columns, values and formats of a file for a register, and says what a person has to
 * decide. Refused when no sheet has a heading the register knows.
 */
export function guessMapping(
  sheets: readonly Sheet[],
  register: ImportRegister<unknown>,
  context: ImportContext,
): Result<GuessResult> {
  const [best, second] = guessTables(sheets, register, context)
  if (!best || best.columns.length === 0) {
    return refuse(
      'import.nothing_recognised',
      `No sheet of the file has headings of ${register.label}. Choose the header row and columns by hand, or another register`,
      { register: register.name },
      'file',
    )
  }
  const fields = register.fields(context)
  const columns: Record<string, ColumnRef[]> = {}
  for (const guess of best.columns) {
    const ref = { index: guess.column.index, header: guess.column.text }
    columns[guess.field] = [...(columns[guess.field] ?? []), ref]
  }
  let mapping: Mapping = { ...emptyMapping(register.name, best.sheet.name, best.headerLine), columns }
  const table = tableOf(sheets, mapping, register, context)
  if (!table.ok) return table
  const dates = guessDateOrder(table.value, mapping, fields)
  mapping = {
    ...mapping,
    dateFormat: dates.order,
    valueMaps: guessValues(table.value, mapping, fields),
    options: { ...mapping.options, currency: guessCurrency(mapping, fields) },
  }
  const questions = [
    ...sheetQuestions(best, second),
    ...columnQuestions(best.columns, fields),
    ...dates.questions,
    ...valueQuestions(mapping, fields),
  ]
  const refined = register.refine?.({ mapping, questions }, table.value, context) ?? { mapping, questions }
  const used = new Set(Object.values(refined.mapping.columns).flatMap((refs) => refs.map((ref) => ref.index)))
  const unmapped = best.headers.flatMap((h) => (h.text !== '' && !used.has(h.index) ? [h.text] : []))
  return ok({ ...refined, columns: best.columns, unmapped, confidence: best.confidence, reason: best.reason })
}

function sheetQuestions(best: TableGuess, second: TableGuess | undefined): Question[] {
  const rival =
    second && second.confidence > best.confidence - 0.1 && second.confidence > recognisedFrom ? second : null
  if (!rival && best.confidence >= recognisedFrom) return []
  const choices = [best, ...(rival ? [rival] : [])].map((t) => ({
    value: t.sheet.name,
    label: `${t.sheet.name} (${t.reason})`,
  }))
  const asked = rival
    ? asking('import.ask_which_sheet', { sheet: best.sheet.name, other: rival.sheet.name })
    : asking('import.ask_sheet_unsure', {
        sheet: best.sheet.name,
        recognised: best.columns.length,
        columns: best.headers.filter((header) => header.text !== '').length,
      })
  const needed = !rival && best.confidence < 0.4
  return [{ about: 'sheet', ...asked, choices, proposal: best.sheet.name, needed }]
}

function columnQuestions(guesses: readonly ColumnGuess[], fields: readonly ImportField[]): Question[] {
  const labelOf = (name: string): string => fields.find((f) => f.name === name)?.label ?? name
  return guesses.flatMap((guess): Question[] => {
    if (guess.orColumns.length > 0) {
      const all = [guess.column, ...guess.orColumns]
      const columns = all.map((c) => quote(c.text)).join(', ')
      return [
        {
          about: `columns.${guess.field}`,
          ...asking('import.ask_which_column', { columns, field: labelOf(guess.field) }),
          choices: all.map((c) => ({ value: String(c.index), label: c.text })),
          proposal: String(guess.column.index),
          needed: false,
        },
      ]
    }
    if (guess.confidence >= sureFrom && guess.orField === null) return []
    if (guess.orField !== null && guess.confidence >= 0.95) return []
    const options = [guess.field, ...(guess.orField ? [guess.orField] : []), '']
    const facts = { column: guess.column.text, field: labelOf(guess.field) }
    const asked = guess.orField
      ? asking('import.ask_which_field', { ...facts, other: labelOf(guess.orField) })
      : asking('import.ask_field_unsure', { ...facts, reason: guess.reason })
    return [
      {
        about: `columns.${guess.field}`,
        ...asked,
        choices: options.map((name) => ({ value: name, label: name === '' ? 'Neither' : labelOf(name) })),
        proposal: guess.field,
        needed: false,
      },
    ]
  })
}

/** `03/04/26` in any date column: the other dates of the file say which comes first, else a person has to. */
function guessDateOrder(
  table: Table,
  mapping: Mapping,
  fields: readonly ImportField[],
): { order: 'dmy' | 'mdy' | null; questions: Question[] } {
  let dmy = 0
  let mdy = 0
  let open = 0
  let sample = ''
  let dotted = 0
  let template: 'dmy' | 'mdy' | null = null
  for (const field of fields) {
    if (field.kind !== 'date') continue
    for (const ref of mapping.columns[field.name] ?? []) {
      for (const row of table.rows) {
        const cell = row.cells[ref.index]
        if (!cell || cell.date) continue
        // A template says what it wants: [dd/mm/yy].
        if (isPlaceholder(cell.text))
          template = /dd?\W+mm?\W/i.test(cell.text) ? 'dmy' : /mm?\W+dd?\W/i.test(cell.text) ? 'mdy' : template
        if (/^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(cell.text.trim())) dotted++
        if (!/^\d{1,2}([/-])\d{1,2}\1\d{2,4}/.test(cell.text.trim())) continue
        if (readDate(cell, null, 'end').kind === 'ambiguous') {
          open++
          // The least, so that the order of rows does not decide which date is shown.
          if (sample === '' || cell.text < sample) sample = cell.text.trim()
        } else if (Number(/^\d+/.exec(cell.text.trim())?.[0]) > 12) dmy++
        else mdy++
      }
    }
  }
  if (dmy > 0 && mdy === 0) return { order: 'dmy', questions: [] }
  if (mdy > 0 && dmy === 0) return { order: 'mdy', questions: [] }
  if (open === 0) return { order: template, questions: [] }
  const proposal = dmy + mdy > 0 ? null : (template ?? (dotted > 0 ? 'dmy' : null))
  const choices = [
    { value: 'dmy', label: 'The day: 03/04 is 3 April' },
    { value: 'mdy', label: 'The month: 03/04 is 4 March' },
  ]
  return {
    order: proposal,
    questions: [
      {
        about: 'dateFormat',
        ...asking('import.ask_date_order', { count: open, text: sample }),
        choices,
        proposal,
        needed: proposal === null,
      },
    ],
  }
}

/** For each field with a list of values: what the file's words mean, null where nobody has said yet. */
function guessValues(
  table: Table,
  mapping: Mapping,
  fields: readonly ImportField[],
): Record<string, Record<string, string | null>> {
  const maps: Record<string, Record<string, string | null>> = {}
  for (const field of fields) {
    if (!field.choices) continue
    for (const ref of mapping.columns[field.name] ?? []) {
      const rows = table.rows.filter((row) => !row.skip)
      const profile = profileColumn(rows, ref.index)
      const map: Record<string, string | null> = {}
      for (const { text } of profile.values.slice(0, 100)) {
        if (field.combines && choicesOf(text, field.choices)) continue
        map[text] = choiceOf(text, field.choices)
      }
      if (Object.keys(map).length > 0) maps[field.name] = { ...maps[field.name], ...map }
    }
  }
  return maps
}

function valueQuestions(mapping: Mapping, fields: readonly ImportField[]): Question[] {
  return fields.flatMap((field): Question[] => {
    const unknown = Object.entries(mapping.valueMaps[field.name] ?? {}).flatMap(([text, value]) =>
      value === null ? [text] : [],
    )
    if (!field.choices || unknown.length === 0) return []
    const values = unknown
      .slice(0, 5)
      .map((text) => quote(text, 40))
      .join(', ')
    return [
      {
        about: `valueMaps.${field.name}`,
        ...asking('import.ask_values', { field: field.label, values, count: unknown.length }),
        choices: field.choices.map((c) => ({ value: c.value, label: c.words[0] ?? c.value })),
        proposal: null,
        needed: false,
      },
    ]
  })
}

function guessCurrency(mapping: Mapping, fields: readonly ImportField[]): string | null {
  for (const field of fields) {
    if (field.kind !== 'money') continue
    for (const ref of mapping.columns[field.name] ?? []) {
      const { currency } = unitOf(ref.header)
      if (currency) return currency
    }
  }
  return null
}

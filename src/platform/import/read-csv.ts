import { CsvError, parse } from 'csv-parse/sync'
import type { Cell, Sheet, SheetRow } from '#kernel/import.ts'
import { decodeText } from './decode-text.ts'
import { delimiters, detectDelimiter } from './detect-delimiter.ts'
import { importLimits } from './limits.ts'
import { Stop, sizeOf, tooManyCells } from './stop.ts'

export interface TextOptions {
  /** Overrides the detected encoding (`windows-1250`). */
  readonly encoding?: string
  /** Overrides the detected separator. */
  readonly delimiter?: string
}

/** Reads a table from text with separators. Values stay text as they stand: nothing is calculated, `=1+1` is three characters. */
export function readCsv(bytes: Buffer, sheetName: string, options: TextOptions = {}): Sheet {
  const decoded = decodeText(bytes, options.encoding)
  checkLines(decoded.text)
  const detected = detectDelimiter(decoded.text)
  const delimiter = options.delimiter ?? detected.delimiter
  if (!delimiters.some((d) => d === delimiter))
    throw new Stop(
      'import.unknown_delimiter',
      `“${delimiter}” cannot separate columns; use a comma, semicolon, tab or bar`,
    )
  const rows = parseRows(
    detected.stated ? decoded.text.replace(/^[^\n]*\n/, '') : decoded.text,
    delimiter,
    detected.stated ? 1 : 0,
  )
  if (rows.length === 0) throw new Stop('import.file_empty', 'The file has no content')
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const names = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }
  const separator = Object.entries(names).find(([sign]) => sign === delimiter)?.[1] ?? delimiter
  const notes = width > 1 ? [`Columns are separated by ${separator}`] : []
  if (decoded.guessed) notes.unshift(`Read as ${decoded.encoding}; if letters look wrong, choose another encoding`)
  else if (decoded.encoding !== 'UTF-8') notes.unshift(`Read as ${decoded.encoding}`)
  return { name: sheetName, hidden: false, rows, width, merges: [], separator: delimiter, notes }
}

/** Before anything is parsed: no line may be longer than a line of a register can be. */
function checkLines(text: string): void {
  let line = 1
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at)
    const to = end < 0 ? text.length : end
    // A file of the old Mac kind has only carriage returns.
    if (to - at > importLimits.lineBytes && text.lastIndexOf('\r', to - 1) - at < to - at - importLimits.lineBytes)
      throw tooLong(line)
    at = to + 1
  }
}

const tooLong = (line: number): Stop =>
  new Stop(
    'import.line_too_long',
    `Line ${line} is longer than ${sizeOf(importLimits.lineBytes)}. This is not a table as spreadsheet programs save it; check the file`,
    { line },
  )

function parseRows(text: string, delimiter: string, linesBefore: number): SheetRow[] {
  const rows: SheetRow[] = []
  // The record starts on the line after the one before it ended.
  let lastLine = 0
  let cellCount = 0
  const take = (record: string[], endLine: number): void => {
    const line = lastLine + 1 + linesBefore
    lastLine = endLine
    let used = record.length
    while (used > 0 && record[used - 1]?.trim() === '') used--
    if (used === 0) return
    if (rows.length >= importLimits.rows) {
      throw new Stop(
        'import.too_many_rows',
        `The file has more than ${importLimits.rows.toLocaleString('en')} rows. Split it into several files`,
      )
    }
    if (used > importLimits.columns)
      throw new Stop(
        'import.too_many_columns',
        `Line ${line} has ${used} cells; at most ${importLimits.columns} columns can be read`,
        { line },
      )
    cellCount += used
    if (cellCount > importLimits.cells) throw tooManyCells(importLimits.cells)
    const cells: (Cell | undefined)[] = []
    for (let i = 0; i < used; i++) {
      const value = record[i] ?? ''
      cells.push(value === '' ? undefined : { text: value })
    }
    rows.push({ line, cells })
  }
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: importLimits.lineBytes,
      on_record: (record: string[], info) => {
        take(record, info.lines)
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw csvStop(error, lastLine + 1 + linesBefore)
    throw error
  }
  return rows
}

function csvStop(error: CsvError, line: number): Stop {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Stop(
      'import.quote_open',
      `A text in quotation marks begins on line ${line} and never ends. Close the quotation mark, or double it if it belongs to the text`,
      { line },
    )
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong(line)
  return new Stop('import.csv_unreadable', `Line ${line} cannot be read as a row of a table`, { line })
}

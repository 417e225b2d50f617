import { parse as parsePath } from 'node:path'
import type { Sheet, SheetRow } from '#kernel/import.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import { readCsv, type TextOptions } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { sniff } from './sniff.ts'
import { Stop } from './stop.ts'

/** What the reading thread is asked. */
export interface ReadOrder {
  readonly source: string | Uint8Array
  readonly fileName: string
  readonly options: TextOptions
}

export type ReadOutcome = Result<Sheet[]>

/** What the reading thread sends: a sheet without rows, then its rows in parts, and at the end whether all went well. */
export type ReadMessage =
  | { readonly sheet: Sheet }
  | { readonly rows: readonly SheetRow[] }
  | { readonly done: Refusal | null }

/** Reads a whole file that is in memory; what it is follows from its content. Runs in the reading thread. */
export async function readBytes(bytes: Buffer, fileName: string, options: TextOptions): Promise<ReadOutcome> {
  try {
    const sheets = sniff(bytes) === 'zip' ? await readXlsx(bytes) : [readCsv(bytes, parsePath(fileName).name, options)]
    if (sheets.every((sheet) => sheet.rows.length === 0))
      throw new Stop('import.file_empty', 'The workbook has no cell with content')
    return ok(sheets)
  } catch (error) {
    if (error instanceof Stop) return { ok: false, refusal: error.refusal }
    throw error
  }
}

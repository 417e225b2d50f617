import type { Readable } from 'node:stream'
import type { Id } from '#kernel/id.ts'
import type { Sheet, SheetRow } from '#kernel/import.ts'
import type { Refusal, Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { FileStore, HeldFile } from '#platform/files/file-store.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { restoreCell } from '#platform/render/csv-cell.ts'
import { importLimits } from '../limits.ts'
import { readWorkbook } from '../read-table.ts'
import { inReadingTurn } from '../reading-turn.ts'
import { sizeOf } from '../stop.ts'

/** A file between upload and confirmation. */
export interface Upload {
  readonly id: Id<'import'>
  readonly register: string
  readonly fileName: string
  readonly sha256: string
  readonly uploadedAt: Instant
  readonly done: number | null
  readonly total: number | null
}

/** What the routes of imports need of the installation. */
export interface ImportServices {
  readonly files: Pick<FileStore, 'hold'>
}

/**
 * Receives a request's body on disk, whatever its pace, and runs `work` on it in its turn; afterwards it is gone. What
 * comes beyond the size limit is thrown away, so that the refusal is heard.
 */
export async function withUpload<T>(
  { body, signal, services }: { body: Readable; signal: AbortSignal; services: ImportServices },
  fileName: string,
  work: (file: Pick<HeldFile, 'path' | 'sha256'>) => Promise<T>,
): Promise<T> {
  const held = await services.files.hold(body, { maxBytes: importLimits.fileBytes, signal })
  if (!held.ok) throw inWordsOfImports(held.refusal, fileName)
  try {
    return await inReadingTurn(fileName, () => work(held.value))
  } finally {
    await held.value.release()
  }
}

function inWordsOfImports(refusal: Refusal, fileName: string): RefusalError {
  const field = 'file'
  if (refusal.code === 'files.empty')
    return new RefusalError({ code: 'import.file_empty', message: 'The file is empty', facts: {}, field })
  if (refusal.code !== 'files.too_large') return new RefusalError(refusal)
  return new RefusalError({
    code: 'import.file_too_large',
    message: `“${fileName}” has more than ${sizeOf(importLimits.fileBytes)}, the most that can be imported. Split it into several files`,
    facts: { fileName, maxBytes: importLimits.fileBytes },
    field,
  })
}

/**
 * Reads a file, its content or its path, into sheets. NUL and broken characters, which cannot be stored, are taken out of
 * every cell; of a CSV file also the apostrophes that keep a spreadsheet from computing a cell, as every export writes them.
 */
export async function readSheets(source: string | Uint8Array, fileName: string): Promise<Result<Sheet[]>> {
  const read = await readWorkbook(source, fileName)
  if (!read.ok) return read
  return {
    ok: true,
    value: read.value.map((sheet) => {
      const clean = (row: SheetRow): SheetRow => (sheet.separator === null ? cleanRow(row) : unguarded(cleanRow(row)))
      return { ...sheet, name: storable(sheet.name), rows: sheet.rows.map(clean) }
    }),
  }
}

const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

function cleanRow(row: SheetRow): SheetRow {
  if (row.cells.every((cell) => !cell || isStorable(cell.text))) return row
  return { ...row, cells: row.cells.map((cell) => cell && { ...cell, text: storable(cell.text) }) }
}

function unguarded(row: SheetRow): SheetRow {
  if (row.cells.every((cell) => !cell?.text.includes("'"))) return row
  return { ...row, cells: row.cells.map((cell) => cell && { ...cell, text: restoreCell(cell.text) }) }
}

const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/**
 * Keeps a file until it is confirmed, at most a day. Refused with `import.too_many_waiting` when as many wait already as
 * one organization may have.
 */
export async function keepUpload(
  tx: Tx,
  register: string,
  fileName: string,
  { content, sha256 }: { readonly content: Buffer; readonly sha256: string },
): Promise<Id<'import'>> {
  const id = tx.newId<'import'>()
  const [, , waiting] = await Promise.all([
    // One after the other, so that files sent at once are counted.
    tx.rows(statement('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`uploads of ${tx.org.id}`])),
    tx.rows(statement('select drop_import_uploads(null, $1)', [tx.now])),
    tx.first<{ files: number; bytes: number }>(
      statement(
        `select count(*) as files, coalesce(sum(octet_length(content)), 0)::bigint as bytes from import_upload
         where org_id = $1`,
        [tx.org.id],
      ),
    ),
  ])
  const files = waiting?.files ?? 0
  const bytes = (waiting?.bytes ?? 0) + content.length
  if (files >= importLimits.waitingFiles || bytes > importLimits.waitingBytes) throw tooManyWaiting(tx, files)
  await tx.rows(
    statement(
      `insert into import_upload (org_id, id, register, file_name, sha256, content, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.org.id, id, register, fileName, sha256, content, tx.now],
    ),
  )
  return id
}

function tooManyWaiting(tx: Tx, files: number): RefusalError {
  const { waitingFiles, waitingBytes } = importLimits
  return new RefusalError({
    code: 'import.too_many_waiting',
    message: `Files that wait to be confirmed in ${tx.org.name}: ${files}. At most ${waitingFiles} of ${sizeOf(waitingBytes)} together are kept. Confirm or discard some of them; each goes by itself after a day`,
    facts: { count: files, maxFiles: waitingFiles, maxBytes: waitingBytes },
    field: 'file',
  })
}

/** The files of a register that wait for confirmation, newest first. */
export const waitingUploads = (tx: Tx, register: string): Promise<Pick<Upload, 'id' | 'fileName' | 'uploadedAt'>[]> =>
  tx.rows(
    statement(
      `select id, file_name, uploaded_at from import_upload where org_id = $1 and register = $2
       order by uploaded_at desc, id desc`,
      [tx.org.id, register],
    ),
  )

const columns = 'id, register, file_name, sha256, uploaded_at, done, total'

/** A file that waits for confirmation, without its content. */
export const findUpload = (tx: Tx, register: string, id: Id<'import'>): Promise<Upload | undefined> =>
  tx.first<Upload>(
    statement(`select ${columns} from import_upload where org_id = $1 and id = $2 and register = $3`, [
      tx.org.id,
      id,
      register,
    ]),
  )

/** A file that waits for confirmation. Refused with `import_run.not_found`. */
export async function loadUpload(
  tx: Tx,
  register: string,
  id: Id<'import'>,
): Promise<Upload & { readonly content: Buffer }> {
  const found = await tx.first<Upload & { readonly content: Buffer }>(
    statement(`select ${columns}, content from import_upload where org_id = $1 and id = $2 and register = $3`, [
      tx.org.id,
      id,
      register,
    ]),
  )
  return found ?? noUpload(tx)
}

/** Refuses with `import_run.not_found`. */
export function noUpload(tx: Tx): never {
  throw new RefusalError({
    code: 'import_run.not_found',
    message: `There is no such upload in ${tx.org.name}: files are kept for a day and until they are confirmed. Upload it again.`,
    facts: {},
  })
}

/** Removes a file that was confirmed or discarded. */
export const dropUpload = (tx: Tx, id: Id<'import'>): Promise<unknown> =>
  tx.rows(statement('select drop_import_uploads($1, $2)', [id, tx.now]))

/** Writes how far a confirmation is, for whoever asks meanwhile. */
export const noteProgress = (tx: Tx, id: Id<'import'>, done: number | null, total: number | null): Promise<unknown> =>
  tx.rows(
    statement('update import_upload set done = $3, total = $4 where org_id = $1 and id = $2', [
      tx.org.id,
      id,
      done,
      total,
    ]),
  )

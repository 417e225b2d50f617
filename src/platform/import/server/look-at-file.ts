import type { Id } from '#kernel/id.ts'
import type { Sheet } from '#kernel/import.ts'
import { mutable } from '#kernel/mutable.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { fitsHeadings } from '../fits-headings.ts'
import { guessRegisters } from '../guess.ts'
import { headersOf } from '../table.ts'
import type { ImportTarget } from './import-target.ts'
import { decideMapping, problemOfPlan } from './prepare-import.ts'
import type { ImportMapping, ImportRun } from './records.ts'

const firstLines = 15
const firstColumns = 60

/** What the first look at a file that waits finds: its sheets, the guess, the registers it holds, whether it was here before. */
export async function lookAt(
  tx: Tx,
  target: ImportTarget,
  all: readonly ImportTarget[],
  sheets: readonly Sheet[],
  file: { readonly id: Id<'import'>; readonly fileName: string; readonly sha256: string },
) {
  const open = await target.open(tx)
  const guess = decideMapping(target, open, sheets, undefined)
  const earlier = await tx.rows<Pick<ImportRun, 'ref' | 'importedAt'>>(
    statement(
      `select ref, imported_at from import_run
       where org_id = $1 and register = $2 and sha256 = $3 and status = 'confirmed' order by imported_at desc limit 5`,
      [tx.org.id, target.register.name, file.sha256],
    ),
  )
  const saved = await tx.rows<Pick<ImportMapping, 'id' | 'name' | 'mapping'>>(
    statement(
      `select id, name, mapping from import_mapping where org_id = $1 and register = $2 and withdrawn_at is null
       order by name collate people limit 200`,
      [tx.org.id, target.register.name],
    ),
  )
  const headingsAt = (name: string | undefined, row: number | undefined): string[] => {
    const sheet = sheets.find((one) => one.name === name) ?? sheets[0]
    return sheet === undefined || row === undefined ? [] : headersOf(sheet, row).map(({ text }) => text)
  }
  const found = guess.ok ? headingsAt(guess.value.mapping.sheet, guess.value.mapping.headerRow) : []
  return mutable({
    id: file.id,
    fileName: file.fileName,
    sha256: file.sha256,
    sheets: sheets.map(({ name, hidden, rows, notes }) => ({
      name,
      hidden,
      rows: rows.length,
      notes,
      lines: rows.slice(0, firstLines).map(({ line, cells }) => ({
        line,
        cells: Array.from(cells.slice(0, firstColumns), (cell) => cell?.text.slice(0, 100).toWellFormed() ?? ''),
      })),
    })),
    mapping: guess.ok ? guess.value.mapping : null,
    problem: guess.ok ? null : problemOfPlan(guess.refusal),
    holds: guessRegisters(
      sheets,
      all.map((one) => one.register),
      open.context,
    ).map((one) => ({ register: one.register, sheet: one.table.sheet.name })),
    earlier,
    // Where nothing could be guessed, the mapping itself says where to look.
    fits: saved.flatMap(({ id, name, mapping }) =>
      fitsHeadings(mapping, guess.ok ? found : headingsAt(mapping.sheet, mapping.headerRow))
        ? [{ id, name, mapping }]
        : [],
    ),
  })
}

import { setImmediate } from 'node:timers/promises'
import { type Change, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { countRows } from '#kernel/import/rows.ts'
import type { ImportContext, Sheet } from '#kernel/import.ts'
import type { Actor, Grant } from '#platform/access/policy.ts'
import { beginBulkWrite } from '#platform/db/bulk-write.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import type { SavedMapping } from '../mapping.ts'
import { type ImportPlan, type ImportTarget, importOccasion } from './import-target.ts'
import { type PreparedImport, prepareImport } from './prepare-import.ts'
import type { ImportRun } from './records.ts'

/** A file to be taken over, read into sheets. */
export interface ImportFile {
  readonly id: Id<'import'>
  readonly fileName: string
  readonly sha256: string
  readonly sheets: readonly Sheet[]
}

export type Progress = (done: number, total: number) => Promise<unknown>

const changesAtOnce = 1000
/** Below this nobody watches. */
const worthWatching = 500

/**
 * Takes over the rows of a file: everything in the given transaction, so all or nothing. Rows with an error and rows to be
 * skipped are left out. Refused when the mapping cannot be followed, or nothing is left to write.
 */
export async function confirmImport(
  { tx, grant, actor }: { readonly tx: Tx; readonly grant: Grant; readonly actor: Actor },
  target: ImportTarget,
  file: ImportFile,
  said: SavedMapping | undefined,
  progress: Progress,
): Promise<{ readonly run: ImportRun; readonly prepared: PreparedImport; readonly context: ImportContext }> {
  await target.lock(tx)
  const ref = await tx.nextRef(grant, 'I')
  const open = await target.open(tx)
  const at = importOccasion(tx, actor, file.fileName, ref)
  const prepared = orRefuse(prepareImport(target, open, file.sheets, said, at))
  const plan = orRefuse(prepared.plan)
  const parts = inParts(plan, `Import ${ref} from ${file.fileName}`)
  const total = parts.reduce((sum, part) => sum + part.length, 0)
  const counts = countRows(plan.rows)
  if (total === 0) {
    throw new RefusalError({
      code: 'import.nothing_to_do',
      message: `Nothing of “${file.fileName}” would be written: ${counts.skip} rows are skipped and ${counts.error} have errors`,
      facts: { skip: counts.skip, error: counts.error },
    })
  }
  await beginBulkWrite(tx)
  for (const book of plan.books) await book.settle(tx, grant)
  let from = 0
  let done = 0
  for (const part of parts) {
    await tx.commit(grant, part)
    done += part.length
    // From the first entry on the ledger's head is ours until the transaction ends.
    if (from === 0) from = (await headOf(tx)) - part.length + 1
    if (total > worthWatching) await progress(done, total)
    await setImmediate()
  }
  const run: ImportRun = {
    id: file.id,
    orgId: tx.org.id,
    version: 1,
    ref,
    register: target.register.name,
    fileName: file.fileName,
    sha256: file.sha256,
    status: 'confirmed',
    mapping: prepared.mapping,
    counts,
    ledgerFrom: from,
    ledgerTo: from + total - 1,
    importedAt: tx.now,
    importedBy: actor.name,
    undoneAt: null,
    undoneBy: null,
  }
  await tx.commit(grant, created('import_run', run, 'import.confirmed'))
  return { run, prepared, context: open.context }
}

// A part ends where a row ends: within one part a table is written as a whole, so a record must come in the same part as
// what points to it, or in an earlier one.
function inParts(plan: ImportPlan, reason: string): Change[][] {
  const rows = new Map(plan.rows.map((row) => [row.line, row]))
  const lines = plan.order ?? plan.rows.map((row) => row.line)
  const parts: Change[][] = []
  let part: Change[] = []
  const end = (): void => {
    if (part.length > 0) parts.push(part)
    part = []
  }
  const add = (changes: readonly Change[]): void => {
    for (const change of changes) part.push({ ...change, reason })
    if (part.length >= changesAtOnce) end()
  }
  add(plan.before)
  end()
  for (const line of lines) add(rows.get(line)?.changes ?? [])
  end()
  for (const change of plan.after) add([change])
  end()
  return parts
}

async function headOf(tx: Tx): Promise<number> {
  const head = await tx.first<{ seq: number }>(statement('select seq from ledger_head where org_id = $1', [tx.org.id]))
  return head?.seq ?? 0
}

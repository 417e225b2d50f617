import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportContext } from '#kernel/import.ts'
import type { Clock } from '#kernel/time.ts'
import { systemGrant } from '#platform/access/policy.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import type { Database } from '#platform/db/database.ts'
import { transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { importLimits } from '../limits.ts'
import { parseMapping } from '../mapping.ts'
import { sizeOf } from '../stop.ts'
import { confirmImport, type Progress } from './confirm-import.ts'
import { type ImportTarget, importOccasion } from './import-target.ts'
import { prepareImport } from './prepare-import.ts'
import { readSheets } from './uploads.ts'
import { previewView } from './view-preview.ts'

export interface ImportFileOptions {
  /** A mapping as it is saved, parsed from JSON; what it leaves out is guessed. */
  readonly map?: unknown
  /** Only says what would happen. */
  readonly dryRun?: boolean
  readonly progress?: Progress
}

export interface ImportFileResult {
  /** Reference of the import; null after a dry run. */
  readonly ref: string | null
  readonly preview: ReturnType<typeof previewView>
}

/** Bytes of a file; a path that leads to none is refused with the path as it was looked for. */
async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile()) return found.size
  throw new RefusalError({
    code: 'cli.file_missing',
    message: `There is no file ${path}. Check its name and folder.`,
    facts: { path },
  })
}

/**
 * Imports a file from disk as the operator of the installation, for the command line. Refused like the API refuses: a
 * file that cannot be read, a mapping that does not fit, nothing to write.
 */
export async function importFile(
  db: Database,
  clock: Clock,
  target: ImportTarget,
  org: string,
  path: string,
  { map, dryRun = false, progress = () => Promise.resolve() }: ImportFileOptions = {},
): Promise<ImportFileResult> {
  const said = map === undefined ? undefined : orRefuse(parseMapping(map))
  const fileName = basename(path)
  const size = await sizeOfFile(path)
  if (size > importLimits.fileBytes) {
    throw new RefusalError({
      code: 'import.file_too_large',
      message: `“${fileName}” has ${sizeOf(size)}; at most ${sizeOf(importLimits.fileBytes)} can be imported.`,
      facts: { fileName, maxBytes: importLimits.fileBytes, bytes: size },
    })
  }
  const content = await readFile(path)
  const sheets = orRefuse(await readSheets(content, fileName))
  const view = (context: ImportContext, prepared: Parameters<typeof previewView>[2]) =>
    previewView(target, context, prepared, { show: 'all', offset: 0, limit: Number.POSITIVE_INFINITY })
  const scope = openSystemScope(org, commandLine)
  return transaction(db, clock, scope, { mode: dryRun ? 'read' : 'write' }, async (tx, actor) => {
    if (dryRun) {
      const open = await target.open(tx)
      const at = importOccasion(tx, actor, fileName, 'I-0')
      const prepared = orRefuse(prepareImport(target, open, sheets, said, at))
      return { ref: null, preview: view(open.context, prepared) }
    }
    const grant = systemGrant(tx.org, commandLine.name)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const file = { id: tx.newId<'import'>(), fileName, sha256, sheets }
    const { run, prepared, context } = await confirmImport({ tx, grant, actor }, target, file, said, progress)
    return { ref: run.ref, preview: view(context, prepared) }
  })
}

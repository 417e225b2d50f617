import type { ClientBase } from 'pg'
import type { OrgId } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import type { BackupReader } from './container.ts'
import { loadDatabase, notEmpty, tablesInUse } from './load-database.ts'
import type { Manifest, ManifestMember } from './manifest.ts'
import type { BackupProgress } from './progress.ts'
import { checkMembers, type OpenBackup, openManifest } from './verify-backup.ts'

export interface RestoreRequest {
  /** Folder or tar file that `writeBackup` made. */
  readonly source: string
  /** Connected as the owner of the tables, in no transaction. */
  readonly database: ClientBase
  /** Number of the last migration that was applied; null when none ever was. */
  readonly schemaVersion: (client: ClientBase) => Promise<number | null>
  /** Number of the newest migration this version has. */
  readonly latestSchemaVersion: number
  /** Migrates the still empty database to the backup's schema; afterwards the caller migrates on to the newest. */
  readonly migrateTo: (schemaVersion: number) => Promise<void>
  /** Tables an unused installation fills by itself (`public.schema_migration`, a shipped catalogue). */
  readonly mayHoldRows: readonly string[]
  readonly files: FileStore
  /** The secret key of this installation: its fingerprint and where it comes from. */
  readonly key?: { readonly fingerprint: string; readonly from: string }
  readonly progress?: BackupProgress
}

export interface RestoreReport {
  readonly manifest: Manifest
  /** Whether the secret key is the one of the backup; null when the backup does not say which that was. */
  readonly keyFits: boolean | null
  /** What works but is not as it was, in sentences for the person who restores. */
  readonly warnings: readonly string[]
}

/**
 * Brings an installation back into an empty one. Everything is checked before anything is written; files go first (they
 * are named by content, so doing it again is harmless), rows last and in one transaction: after a failure the
 * installation is still empty and restoring can be tried again.
 * Refusals: `backup.not_found`, `backup.not_a_backup`, `backup.newer`, `backup.not_empty`, `backup.database_ahead`,
 * `backup.damaged`, `backup.schema_differs`, `backup.rows_hidden`, and those of `FileStore.put`.
 */
export async function restoreBackup(request: RestoreRequest): Promise<Result<RestoreReport>> {
  const opened = await openManifest(request.source)
  if (!opened.ok) return opened
  try {
    return await restoreFrom(opened.value, request)
  } finally {
    await opened.value.reader.close()
  }
}

async function restoreFrom(backup: OpenBackup, request: RestoreRequest): Promise<Result<RestoreReport>> {
  const { manifest, reader } = backup
  const progress = request.progress ?? (() => {})
  if (manifest.schemaVersion > request.latestSchemaVersion) {
    return refuse(
      'backup.newer',
      `The backup was made by Plumbline ${manifest.appVersion}, which is newer than this one. Install that version or a later one, then restore.`,
      { appVersion: manifest.appVersion, schemaVersion: manifest.schemaVersion },
    )
  }
  const inUse = await tablesInUse(request.database, request.mayHoldRows)
  if (inUse.length > 0) return notEmpty(inUse)
  const current = await request.schemaVersion(request.database)
  if (current !== null && current > manifest.schemaVersion) {
    return refuse(
      'backup.database_ahead',
      `The database already has schema ${current}, the backup schema ${manifest.schemaVersion}. Restore into a new database without tables; it is brought up to date afterwards.`,
      { database: current, backup: manifest.schemaVersion },
    )
  }
  const checked = await checkMembers(backup, request.source, progress)
  if (!checked.ok) return checked

  if (current !== manifest.schemaVersion) await request.migrateTo(manifest.schemaVersion)
  const stored = await storeFiles(backup, request.files, (done) => progress('files', done, manifest.counts.files))
  if (!stored.ok) return stored
  const loaded = await loadDatabase(request.database, manifest, reader, request.mayHoldRows, (done, total) => {
    progress('database', done, total)
  })
  if (!loaded.ok) return loaded
  // Fresh tables have no statistics yet, and without them the first queries take the slowest way.
  await request.database.query('analyze')
  const fits = keyFits(manifest, request.key)
  return ok({ manifest, keyFits: fits, warnings: warningsOf(manifest, fits, request.key) })
}

/** How many files are stored at once: each waits mostly for the disk to confirm. */
const filesAtOnce = 8

async function storeFiles(
  { manifest, reader }: OpenBackup,
  files: FileStore,
  progress: (done: number) => void,
): Promise<Result<void>> {
  const queue = manifest.members.filter(({ path }) => path.startsWith('files/')).values()
  let done = 0
  let stopped: Result<void> | null = null
  const worker = async (): Promise<void> => {
    for (const member of queue) {
      if (stopped !== null) return
      const stored = await storeFile(member, reader, files).catch((error: unknown) => {
        stopped ??= ok(undefined)
        throw error
      })
      if (!stored.ok) stopped ??= stored
      else progress(++done)
    }
  }
  for (const worked of await Promise.allSettled(Array.from({ length: filesAtOnce }, worker))) {
    if (worked.status === 'rejected') throw worked.reason
  }
  return stopped ?? ok(undefined)
}

async function storeFile(
  { path, bytes, sha256 }: ManifestMember,
  reader: BackupReader,
  files: FileStore,
): Promise<Result<void>> {
  const [, orgId = ''] = path.split('/')
  const stored = await files.put(orgId as OrgId, await reader.read(path), { maxBytes: bytes, expectedBytes: bytes })
  if (!stored.ok) return stored
  if (stored.value.sha256 === sha256 && path.endsWith(`/${sha256}`)) return ok(undefined)
  return refuse('backup.damaged', `The member ${path} does not have the content its name says. Use another copy.`, {
    members: [path],
  })
}

const keyFits = ({ keyFingerprint }: Manifest, key: RestoreRequest['key']): boolean | null =>
  keyFingerprint === null || key === undefined ? null : keyFingerprint === key.fingerprint

function warningsOf(manifest: Manifest, fits: boolean | null, key: RestoreRequest['key']): string[] {
  const warnings: string[] = []
  if (manifest.damagedFiles.length > 0) {
    const named = manifest.damagedFiles.map(({ sha256 }) => sha256).join(', ')
    warnings.push(`Files that were already damaged when the backup was made are missing: ${named}.`)
  }
  if (fits === false) {
    warnings.push(
      `This installation has another secret key (${key?.from}, fingerprint ${key?.fingerprint}) than the one backed up (fingerprint ${manifest.keyFingerprint}). Put the old key in its place, or set PLUMBLINE_SECRET_KEY to it, and start again: what was stored sealed with it can be read with no other. Records, files, passwords and tokens need no key.`,
    )
  }
  return warnings
}

import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClientBase } from 'pg'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { FileAltered } from '#platform/files/checked-stream.ts'
import { isDiskFull } from '#platform/files/disk-space.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { type BackupWriter, createBackup } from './container.ts'
import { dumpDatabase } from './dump-database.ts'
import { backupFormat, type Manifest } from './manifest.ts'
import type { BackupProgress } from './progress.ts'

export interface BackupRequest {
  /** Where to: a tar file when the name ends in `.tar`, otherwise a folder. Must not exist, its parent must. */
  readonly target: string
  /** Connected as the owner of the tables, in no transaction. */
  readonly database: ClientBase
  /** Number of the last migration; asked in the same state of the database that is written. */
  readonly schemaVersion: (client: ClientBase) => Promise<number>
  readonly files: FileStore
  readonly appVersion: string
  readonly now: Instant
  /** Names the key of encrypted secrets, so that a restore under another key can say what it loses. */
  readonly keyFingerprint?: string
  readonly progress?: BackupProgress
}

export interface BackupReport {
  readonly target: string
  readonly manifest: Manifest
  /** SHA-256 of `manifest.json`, which names that of every other member: whoever keeps it can prove the backup unaltered. */
  readonly manifestSha256: string
}

/**
 * Writes an installation, database and files, to a folder or tar file: complete and durable, or not at all. The server
 * may keep running. The database comes first and files are never changed, so every file a row names is there; a file
 * that is damaged in the store is left out and named in `manifest.damagedFiles`, which callers must show.
 * Not in it: the secret key, settings, queued jobs.
 * Refusals: `backup.target_exists`, `backup.target_not_writable`, `backup.disk_full`, `backup.rows_hidden`,
 * `files.store_unavailable`.
 */
export async function writeBackup(request: BackupRequest): Promise<Result<BackupReport>> {
  const { target } = request
  if ((await stat(target).catch(() => null)) !== null) {
    return refuse('backup.target_exists', `There already is something at ${target}. Choose a new name.`, { target })
  }
  const writable = await access(dirname(target), constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) {
    return refuse(
      'backup.target_not_writable',
      `The folder ${dirname(target)} does not exist or cannot be written. Create it or choose another.`,
      { target },
    )
  }
  const reachable = await request.files.check()
  // A full disk keeps uploads out, but it must not keep anybody from taking a backup to another disk.
  if (!reachable.ok && reachable.refusal.code !== 'files.disk_full') return reachable

  const writer = await createBackup(target, Math.floor(Date.parse(request.now) / 1000))
  let complete = false
  try {
    const report = await writeAll(request, writer)
    complete = report.ok
    return report
  } catch (error) {
    if (!isDiskFull(error)) throw error
    return refuse(
      'backup.disk_full',
      `The disk is too full for the backup ${target}. Free some space or choose another disk.`,
      { target },
    )
  } finally {
    if (!complete) await writer.abandon()
  }
}

async function writeAll(request: BackupRequest, writer: BackupWriter): Promise<Result<BackupReport>> {
  const progress = request.progress ?? (() => {})
  const dump = await dumpDatabase(request.database, request.schemaVersion, writer, (done, total) => {
    progress('database', done, total)
  })
  if (!dump.ok) return dump
  const files = await copyFiles(request.files, writer, (done) => progress('files', done, null))
  const { schemaVersion, postgresVersion, tables, sequences, members } = dump.value
  const manifest: Manifest = {
    product: 'plumbline',
    format: backupFormat,
    appVersion: request.appVersion,
    schemaVersion,
    createdAt: request.now,
    postgresVersion,
    keyFingerprint: request.keyFingerprint ?? null,
    counts: {
      tables: tables.length,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      files: files.members.length,
      fileBytes: files.members.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    tables,
    sequences,
    damagedFiles: files.damaged,
    members: [...members, ...files.members],
  }
  const written = await writer.add('manifest.json', once(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)))
  await writer.finish()
  return ok({ target: request.target, manifest, manifestSha256: written.sha256 })
}

async function copyFiles(
  files: FileStore,
  writer: BackupWriter,
  progress: (done: number) => void,
): Promise<{ members: Manifest['members']; damaged: Manifest['damagedFiles'] }> {
  const members: Manifest['members'] = []
  const damaged: Manifest['damagedFiles'] = []
  for await (const { orgId, sha256 } of files.list()) {
    const reading = await files.get(orgId, sha256)
    if (!reading.ok) {
      // Erased since it was listed.
      if (reading.refusal.code === 'files.not_found') continue
      throw new Error(reading.refusal.message)
    }
    try {
      members.push(await writer.add(filePath(orgId, sha256), reading.value.stream))
    } catch (error) {
      if (!(error instanceof FileAltered)) throw error
      damaged.push({ orgId, sha256 })
    }
    progress(members.length + damaged.length)
  }
  return { members, damaged }
}

const filePath = (orgId: string, sha256: string): string =>
  `files/${orgId}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content
}

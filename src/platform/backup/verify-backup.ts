import { buffer } from 'node:stream/consumers'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { sha256Of } from '#platform/files/checked-stream.ts'
import { type BackupReader, openBackup } from './container.ts'
import { backupFormat, type Manifest, manifestSchema } from './manifest.ts'
import type { BackupProgress } from './progress.ts'

/** An opened backup whose manifest has been read. Close the reader. */
export interface OpenBackup {
  readonly manifest: Manifest
  readonly reader: BackupReader
}

/**
 * Checks a backup without touching any installation: reads every member and compares it with the manifest.
 * Refusals: `backup.not_found`, `backup.not_a_backup`, `backup.newer`, `backup.damaged` with the members in `facts`.
 */
export async function verifyBackup(source: string, progress: BackupProgress = () => {}): Promise<Result<Manifest>> {
  const opened = await openManifest(source)
  if (!opened.ok) return opened
  try {
    const checked = await checkMembers(opened.value, source, progress)
    return checked.ok ? ok(opened.value.manifest) : checked
  } finally {
    await opened.value.reader.close()
  }
}

/** Opens a backup and reads what it says of itself. Refusals as of `verifyBackup`; members are not yet compared. */
export async function openManifest(source: string): Promise<Result<OpenBackup>> {
  const reader = await openBackup(source)
  if (reader === null) {
    return refuse('backup.not_found', `There is no backup at ${source}. Check the path.`, { source })
  }
  if (reader === 'broken') {
    return refuse(
      'backup.damaged',
      `${source} is not a tar file or breaks off before its end. Copy it again from where it was made.`,
      { source, members: [] },
    )
  }
  const manifest = await readManifest(reader, source)
  if (manifest.ok) return ok({ manifest: manifest.value, reader })
  await reader.close()
  return manifest
}

async function readManifest(reader: BackupReader, source: string): Promise<Result<Manifest>> {
  const notABackup = refuse(
    'backup.not_a_backup',
    `${source} holds no readable manifest.json, so it is not a Plumbline backup, or not all of one.`,
    { source },
  )
  if ((await reader.size('manifest.json')) === null) return notABackup
  let content: unknown
  try {
    content = JSON.parse((await buffer(await reader.read('manifest.json'))).toString('utf8'))
  } catch {
    return notABackup
  }
  if (typeof content === 'object' && content !== null && 'format' in content && Number(content.format) > backupFormat) {
    return refuse(
      'backup.newer',
      `${source} was made by a newer version of Plumbline. Install that version or a later one, then restore.`,
      { source, appVersion: 'appVersion' in content ? String(content.appVersion) : null },
    )
  }
  const parsed = manifestSchema.safeParse(content)
  return parsed.success ? ok(parsed.data) : notABackup
}

/** Compares every member with the manifest. Refuses `backup.damaged`, naming those that are missing or differ. */
export async function checkMembers(
  { manifest, reader }: OpenBackup,
  source: string,
  progress: BackupProgress,
): Promise<Result<void>> {
  const damaged: string[] = []
  for (const [done, { path, bytes, sha256 }] of manifest.members.entries()) {
    const intact = (await reader.size(path)) === bytes && (await sha256Of(await reader.read(path))) === sha256
    if (!intact) damaged.push(path)
    progress('checking', done + 1, manifest.members.length)
  }
  const known = new Set(manifest.members.map(({ path }) => path))
  for (const { member } of manifest.tables) if (!known.has(member)) damaged.push(member)
  if (damaged.length === 0) return ok(undefined)
  const named = damaged.slice(0, 3).join(', ') + (damaged.length > 3 ? ` and ${damaged.length - 3} more` : '')
  return refuse(
    'backup.damaged',
    `The backup ${source} is damaged: ${named} missing or not what the manifest says. Use another copy; nothing was restored.`,
    { source, members: damaged },
  )
}

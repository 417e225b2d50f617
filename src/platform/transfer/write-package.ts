import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { isDiskFull } from '#platform/files/disk-space.ts'
import { syncFolder } from '#platform/files/sync-folder.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { recordsOf, type TransferSource, zipOf } from './export-package.ts'

/** What an export left on disk. */
export interface WrittenPackage {
  readonly file: string
  /** Folder with the files of the organization; null when they are in the zip file, left out, or there are none. */
  readonly folder: string | null
  readonly bytes: number
  readonly files: number
}

/** Where the files of an exported organization lie beside its records: `acme.json` → `acme.files`. */
export const folderBeside = (file: string): string => `${file.replace(/\.json$/i, '')}.files`

export const isZipName = (file: string): boolean => /\.zip$/i.test(file)

/**
 * Writes an export to disk, readable by nobody else: one zip file when the name ends in `.zip`, otherwise the JSON
 * document and, with files, a folder beside it. Complete or not at all; an earlier export of that name is replaced.
 * Refusals: `transfer.target_not_writable`, `transfer.disk_full`, and those of `FileStore.get`.
 */
export async function writePackage(
  source: TransferSource,
  file: string,
  withFiles: boolean,
): Promise<Result<WrittenPackage>> {
  const folder = dirname(file)
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    return refuse('transfer.target_not_writable', `There is no folder ${folder}: create it or choose another.`, {
      file,
    })
  }
  if ((await stat(file).catch(() => null))?.isDirectory()) {
    return refuse('transfer.target_not_writable', `${file} is a folder: name a file to write.`, { file })
  }
  const files = withFiles ? source.files : []
  const partial = `${file}.partial-${randomBytes(4).toString('hex')}`
  try {
    const zip = isZipName(file)
    const beside = zip || files.length === 0 ? null : folderBeside(file)
    if (beside !== null) await copyFiles({ ...source, files }, beside)
    await pipeline(
      zip ? zipOf({ ...source, files }) : recordsOf(source),
      createWriteStream(partial, { mode: 0o600, flags: 'wx', flush: true }),
    )
    const { size } = await stat(partial)
    await rename(partial, file)
    await syncFolder(folder)
    return ok({ file, folder: beside, bytes: size, files: files.length })
  } catch (error) {
    await rm(partial, { force: true })
    const { code } = error as { code?: string }
    if (isDiskFull(error)) {
      return refuse('transfer.disk_full', `The disk is too full for ${file}. Free some space or choose another disk.`, {
        file,
      })
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return refuse('transfer.target_not_writable', `${file} cannot be written: choose another place.`, { file })
    }
    throw error
  }
}

// Files are named by content, so those of an earlier export need not be written again.
async function copyFiles({ store, org, files }: TransferSource, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { sha256 } of files) {
    const path = join(folder, sha256)
    if (await holds(path, sha256)) continue
    const partial = `${path}.partial-${randomBytes(4).toString('hex')}`
    try {
      const { stream } = orRefuse(await store.get(org, sha256))
      await pipeline(stream, createWriteStream(partial, { mode: 0o600, flags: 'wx', flush: true }))
      await rename(partial, path)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }
  await syncFolder(folder)
}

async function holds(path: string, sha256: string): Promise<boolean> {
  if (!(await stat(path).catch(() => null))?.isFile()) return false
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex') === sha256
}

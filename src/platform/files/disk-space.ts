import { statfs } from 'node:fs/promises'
import { type Refusal, refuse } from '#kernel/result.ts'
import { FileHomeUnavailable } from './file-home.ts'

/** The refusal of an upload the disk has no room for; HTTP answers 507. */
export function diskFull(): { readonly ok: false; readonly refusal: Refusal } {
  return refuse(
    'files.disk_full',
    'The disk of the file store is full, so the file was not stored. Free some space on the server, then upload it again.',
  )
}

/** Whether a failed write failed for want of space or quota. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** Bytes an ordinary user may still write to the disk that holds `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

// Mounted read-only, taken away, broken, closed to this user, out of file handles: nothing the sender can do about.
const failures = new Set(
  'EACCES EBUSY EIO EMFILE ENFILE ENODEV ENOENT ENOTCONN ENOTDIR ENXIO EPERM EROFS ESTALE ETIMEDOUT'.split(' '),
)

/** Runs work on the disk of the file store; a disk that cannot be used is `FileHomeUnavailable`. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw unavailableDisk(error)
  }
}

/** The error to throw for one that a disk of the file store brought. */
export function unavailableDisk(error: unknown): unknown {
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  if (code === undefined || !failures.has(code)) return error
  return new FileHomeUnavailable(`The disk of the file store cannot be used (${code}${path ? ` at ${path}` : ''}).`, {
    cause: error,
  })
}

import { statfs } from 'node:fs/promises'
import { type Refusal, refuse } from '#kernel/result.ts'

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

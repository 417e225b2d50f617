import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { isDiskFull } from '#platform/files/disk-space.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/**
 * Writes a file as a whole: what had that name stays until the new one is complete.
 * Refuses with `cli.disk_full` and leaves nothing.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial-${randomBytes(4).toString('hex')}`
  try {
    await writeFile(partial, bytes, { flag: 'wx', flush: true })
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    if (!isDiskFull(error)) throw error
    throw new RefusalError({
      code: 'cli.disk_full',
      message: `The disk is too full for ${path}. Free some space or choose another disk.`,
      facts: { path },
    })
  }
}

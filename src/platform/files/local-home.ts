import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { ok } from '#kernel/result.ts'
import { diskFull, isDiskFull, onDisk, unavailableDisk } from './disk-space.ts'
import type { FileHome } from './file-home.ts'
import { syncFolder } from './sync-folder.ts'

/** Large pieces: a small file is one read, and reading is bound by trips to worker threads. */
const readBytes = 256 * 1024

/** Files on a local disk, under `folder/objects`. Not `flydrive`: see the decision on the local file store. */
export async function localHome(folder: string): Promise<FileHome> {
  const root = join(folder, 'objects')
  await mkdir(root, { recursive: true, mode: 0o700 })
  const pathOf = (key: string): string => join(root, ...key.split('/'))

  const size = async (key: string): Promise<number | null> => {
    const found = await unlessMissing(stat(pathOf(key)))
    return found?.isFile() ? found.size : null
  }

  // Folders known to be durable up to the root: each needs that only once.
  const settled = new Set<string>()
  const settle = async (folder: string): Promise<void> => {
    const chain: string[] = []
    for (let each = folder; each !== root && !settled.has(each); each = dirname(each)) {
      await syncFolder(dirname(each))
      chain.push(each)
    }
    if (settled.size > 10_000) settled.clear()
    for (const each of chain) settled.add(each)
  }

  return {
    maxBytes: Number.MAX_SAFE_INTEGER,
    size,
    adopt: async (staged, key, { bytes }) => {
      try {
        const path = pathOf(key)
        const folder = dirname(path)
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const duplicate = (await size(key)) === bytes
        // Also over a duplicate: it costs nothing and mends a file the disk has damaged.
        await rename(staged, path)
        await syncFolder(folder)
        await settle(folder)
        return ok({ duplicate })
      } catch (error) {
        if (isDiskFull(error)) return diskFull()
        throw unavailableDisk(error)
      }
    },
    read: async (key, range) => {
      const handle = await unlessMissing(open(pathOf(key), 'r'))
      if (handle === null) return null
      const { size } = await handle.stat()
      if (range !== undefined && range.start >= size) {
        await handle.close()
        return 'unsatisfiable'
      }
      return { stream: handle.createReadStream({ ...range, highWaterMark: readBytes }), bytes: size }
    },
    list: async function* (prefix) {
      const folder = await unlessMissing(opendir(pathOf(prefix.replace(/\/$/, '')), { recursive: true }))
      if (folder === null) return
      try {
        for await (const entry of folder) {
          if (!entry.isFile()) continue
          const path = join(entry.parentPath, entry.name)
          const found = await unlessMissing(stat(path))
          if (found === null) continue
          yield { key: path.slice(root.length + 1).replaceAll(sep, '/'), bytes: found.size, storedAt: found.mtimeMs }
        }
      } catch (error) {
        throw unavailableDisk(error)
      }
    },
    storedAt: async (key) => (await unlessMissing(stat(pathOf(key))))?.mtimeMs ?? null,
    remove: async (key) => {
      const path = pathOf(key)
      if ((await unlessMissing(rm(path).then(() => true))) === null) return false
      await onDisk(() => syncFolder(dirname(path)))
      return true
    },
    check: async () => {
      await onDisk(() => stat(root))
    },
    close: () => {},
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw unavailableDisk(error)
  }
}

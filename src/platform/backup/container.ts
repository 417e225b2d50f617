import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from '#platform/files/sync-folder.ts'
import { paddingFor, readTarIndex, tarEnd, tarHeader } from './tar.ts'

/** What was written of one member. */
interface WrittenMember {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A backup being written: a folder or a tar file, under a temporary name until it is complete. */
export interface BackupWriter {
  /** Adds a member; when its content fails, nothing of it stays and the failure is thrown on. */
  add(path: string, content: AsyncIterable<Uint8Array>): Promise<WrittenMember>
  /** Makes everything durable and gives the backup its name. */
  finish(): Promise<void>
  /** Removes what was written. */
  abandon(): Promise<void>
}

/** A finished backup. */
export interface BackupReader {
  /** Size in bytes; null when there is no such member. */
  size(path: string): Promise<number | null>
  /** The content of an existing member. */
  read(path: string): Promise<Readable>
  close(): Promise<void>
}

const isTar = (path: string): boolean => /\.tar$/i.test(path)

/**
 * Starts a backup at `target`: a tar file when the name ends in `.tar`, otherwise a folder. Both readable by nobody
 * else: a backup holds everything.
 * @param modified seconds since 1970, for the entries of a tar file
 */
export async function createBackup(target: string, modified: number): Promise<BackupWriter> {
  const partial = `${target}.partial-${randomBytes(4).toString('hex')}`
  const place = async (): Promise<void> => {
    await rename(partial, target)
    await syncFolder(dirname(target))
  }
  return isTar(target) ? tarWriter(partial, modified, place) : folderWriter(partial, place)
}

async function folderWriter(folder: string, place: () => Promise<void>): Promise<BackupWriter> {
  await mkdir(folder, { mode: 0o700 })
  const folders = new Set([folder])
  return {
    add: async (path, content) => {
      const file = join(folder, ...path.split('/'))
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      for (let parent = dirname(file); !folders.has(parent); parent = dirname(parent)) folders.add(parent)
      const counted = counting(content)
      try {
        await pipeline(counted.pieces, createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }))
      } catch (error) {
        await rm(file, { force: true })
        throw error
      }
      return { path, ...counted.result() }
    },
    finish: async () => {
      for (const each of folders) await syncFolder(each)
      await place()
    },
    abandon: () => rm(folder, { recursive: true, force: true }),
  }
}

async function tarWriter(path: string, modified: number, place: () => Promise<void>): Promise<BackupWriter> {
  const file = await open(path, 'wx', 0o600)
  let end = 0
  return {
    add: async (path, content) => {
      const start = end
      const counted = counting(content)
      try {
        // The size is known only afterwards: the header is written into the gap left for it.
        end += tarHeader(path, 0, modified).length
        for await (const piece of counted.pieces) end += await writeAt(file, piece, end)
        const { bytes, sha256 } = counted.result()
        await writeAt(file, tarHeader(path, bytes, modified), start)
        end += await writeAt(file, Buffer.alloc(paddingFor(bytes)), end)
        return { path, bytes, sha256 }
      } catch (error) {
        end = start
        await file.truncate(end)
        throw error
      }
    },
    finish: async () => {
      await writeAt(file, tarEnd, end)
      await file.sync()
      await file.close()
      await place()
    },
    abandon: async () => {
      // Closed already when only the last step, naming, failed.
      await file.close().catch(() => {})
      await rm(path, { force: true })
    },
  }
}

async function writeAt(file: FileHandle, data: Uint8Array, position: number): Promise<number> {
  for (let at = 0; at < data.byteLength; ) {
    at += (await file.write(data, at, data.byteLength - at, position + at)).bytesWritten
  }
  return data.byteLength
}

function counting(content: AsyncIterable<Uint8Array>): {
  readonly pieces: AsyncIterable<Uint8Array>
  result(): { bytes: number; sha256: string }
} {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    pieces: (async function* () {
      for await (const piece of content) {
        hash.update(piece)
        bytes += piece.byteLength
        yield piece
      }
    })(),
    result: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}

/** Opens a backup. Null when there is none at `source`, `'broken'` when it is a tar file that breaks off. */
export async function openBackup(source: string): Promise<BackupReader | 'broken' | null> {
  const found = await stat(source).catch(() => null)
  if (found === null) return null
  if (found.isDirectory()) return folderReader(source)
  const file = await open(source, 'r')
  const index = await readTarIndex(file)
  if (index === null) {
    await file.close()
    return 'broken'
  }
  return {
    size: async (path) => index.get(path)?.size ?? null,
    read: async (path) => {
      const entry = index.get(path)
      if (entry === undefined) throw new Error(`No member ${path} in ${source}.`)
      if (entry.size === 0) return Readable.from([])
      return createReadStream(source, { start: entry.offset, end: entry.offset + entry.size - 1, highWaterMark })
    },
    close: () => file.close(),
  }
}

const highWaterMark = 256 * 1024

function folderReader(folder: string): BackupReader {
  const fileOf = (path: string): string => join(folder, ...path.split('/'))
  return {
    size: async (path) => {
      const found = await stat(fileOf(path)).catch(() => null)
      return found?.isFile() ? found.size : null
    },
    read: async (path) => createReadStream(fileOf(path), { highWaterMark }),
    close: async () => {},
  }
}

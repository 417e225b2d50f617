import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { ok, type Refusal, type Result, refuse } from '#kernel/result.ts'
import { detectType, headBytes, tailBytes } from './detect-type.ts'
import { diskFull, freeBytes, isDiskFull, onDisk, unavailableDisk } from './disk-space.ts'

export interface PutOptions {
  /** Largest accepted size in bytes. */
  readonly maxBytes: number
  /** Size the sender announced, if it did: refuses before the first byte is written when it cannot fit. */
  readonly expectedBytes?: number
  /** Aborted when the sender has gone. */
  readonly signal?: AbortSignal
}

/** A received file: complete, synced, read-only, not yet in its place. */
interface StagedFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly detectedType: string
}

/** Where uploads are written until they are complete; on the same disk as the files of a local store. */
export interface StagingArea {
  receive(source: Readable, options: PutOptions): Promise<Result<StagedFile>>
  /**
   * Writes what somebody is sent to disk first, packed. The file is gone when its reading ends or is given up, and with
   * the process. Throws what the source throws. Refuses `files.disk_full`.
   */
  spool(source: AsyncIterable<Uint8Array>): Promise<Result<Readable>>
  /** Removes a staged file if it is still there. */
  release(path: string): Promise<void>
  sweep(): Promise<number>
  /** Refuses `files.disk_full`; throws `FileHomeUnavailable` when the folder cannot be written. */
  check(): Promise<Result<void>>
}

/** Written in pieces of this size: a write costs a trip to a worker thread. */
const pieceBytes = 1024 ** 2

/** How often a long upload is synced and the disk's room looked at: one sync at the end of 1 GiB takes seconds. */
const syncEveryBytes = 64 * 1024 ** 2

/** A leftover nobody has written to for so long is swept even if its process cannot be told dead. */
const abandonedMillis = 24 * 3_600_000

export async function openStagingArea(storeFolder: string, keepFree: number): Promise<StagingArea> {
  const folder = join(storeFolder, 'staging')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const area = stagingArea(folder, keepFree)
  await area.sweep()
  return area
}

function stagingArea(folder: string, keepFree: number): StagingArea {
  const hasRoomFor = async (bytes: number): Promise<boolean> =>
    (await onDisk(() => freeBytes(folder))) - bytes >= keepFree
  const release = (path: string): Promise<void> => rm(path, { force: true })

  return {
    release,
    receive: async (source, options) => {
      const announced = options.expectedBytes ?? 0
      const refused = announced > options.maxBytes ? tooLarge(options.maxBytes) : null
      const unfit =
        refused ??
        ((await hasRoomFor(announced).catch((error: unknown) => {
          discard(source)
          throw error
        }))
          ? null
          : diskFull())
      if (unfit !== null) {
        discard(source)
        return unfit
      }
      const path = join(folder, `${owner}-${randomBytes(8).toString('hex')}.part`)
      let complete = false
      try {
        const handle = await open(path, 'wx+', 0o600)
        try {
          const received = await receiveInto(handle, source, options, () => hasRoomFor(0))
          if (!received.ok) discard(source)
          complete = received.ok
          return received.ok ? ok({ path, ...received.value }) : received
        } finally {
          await handle.close()
        }
      } catch (error) {
        complete = false
        discard(source)
        if (isDiskFull(error)) return diskFull()
        throw unavailableDisk(error)
      } finally {
        // What cannot be removed now is swept later; the first error is the one to tell.
        if (!complete) await release(path).catch(() => undefined)
      }
    },
    spool: async (source) => {
      if (!(await hasRoomFor(0))) return diskFull()
      const path = join(folder, `${owner}-${randomBytes(8).toString('hex')}.part`)
      try {
        const watched = async function* (): AsyncGenerator<Uint8Array> {
          let looked = 0
          for await (const piece of source) {
            looked += piece.byteLength
            if (looked > syncEveryBytes && !(await hasRoomFor(0))) throw new OutOfRoom()
            if (looked > syncEveryBytes) looked = 0
            yield piece
          }
        }
        await pipeline(watched, createGzip({ level: 1 }), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
        const handle = await open(path, 'r')
        const packed = handle.createReadStream()
        const plain = createGunzip()
        // Giving up either end closes the file.
        pipeline(packed, plain).catch(() => undefined)
        return ok(plain)
      } catch (error) {
        if (isDiskFull(error) || error instanceof OutOfRoom) return diskFull()
        throw unavailableDisk(error)
      } finally {
        await release(path).catch(() => undefined)
      }
    },
    sweep: async () => {
      let swept = 0
      for (const name of await readdir(folder)) {
        const path = join(folder, name)
        if (!(await isLeftover(path, name))) continue
        await release(path)
        swept++
      }
      return swept
    },
    check: async () => {
      const path = join(folder, `${owner}-check.part`)
      try {
        await (await open(path, 'w', 0o600)).close()
        return (await hasRoomFor(0)) ? ok(undefined) : diskFull()
      } catch (error) {
        if (isDiskFull(error)) return diskFull()
        throw unavailableDisk(error)
      } finally {
        await release(path).catch(() => undefined)
      }
    },
  }
}

/** The disk has less room left than uploads and downloads must leave. */
class OutOfRoom extends Error {}

async function receiveInto(
  handle: FileHandle,
  source: Readable,
  { maxBytes, signal }: PutOptions,
  hasRoom: () => Promise<boolean>,
): Promise<Result<Omit<StagedFile, 'path'>>> {
  if (signal !== undefined) addAbortSignal(signal, source)
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(pieceBytes)
  let filled = 0
  let bytes = 0
  let synced = 0
  const flush = async (): Promise<void> => {
    await writeAll(handle, piece.subarray(0, filled))
    filled = 0
  }

  const chunks = source.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const next = await chunks.next().catch((cause: unknown) => ({ done: 'failed' as const, cause }))
      if (next.done === 'failed') return interrupted(bytes)
      if (next.done === true) break
      const chunk: unknown = next.value
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      if (!(data instanceof Uint8Array)) throw new TypeError('A file store takes streams of bytes.')
      bytes += data.byteLength
      if (bytes > maxBytes) return tooLarge(maxBytes)
      hash.update(data)
      for (let at = 0; at < data.byteLength; ) {
        const part = data.subarray(at, at + pieceBytes - filled)
        piece.set(part, filled)
        filled += part.byteLength
        at += part.byteLength
        if (filled === pieceBytes) await flush()
      }
      if (bytes - synced >= syncEveryBytes) {
        synced = bytes
        await handle.datasync()
        if (!(await hasRoom())) return diskFull()
      }
    }
  } finally {
    await chunks.return?.()
  }
  // A form parser with a size limit of its own ends the stream early and only leaves this mark.
  if ('truncated' in source && source.truncated === true) return tooLarge(maxBytes)
  if (signal?.aborted === true) return interrupted(bytes)
  if (bytes === 0) {
    return refuse(
      'files.empty',
      'The file is empty (0 bytes), so there is nothing to store. Check it and choose it again.',
    )
  }
  await flush()
  await handle.chmod(0o400)
  await handle.sync()
  const head = await readAt(handle, 0, Math.min(bytes, headBytes))
  const tail = await readAt(handle, Math.max(0, bytes - tailBytes), Math.min(bytes, tailBytes))
  return ok({ sha256: hash.digest('hex'), bytes, detectedType: detectType(head, tail) })
}

/**
 * Reads the rest away. Destroying a request would cut off the answer to it; leaving it unread would hold its connection
 * open for ever.
 */
function discard(source: Readable): void {
  source.on('error', () => {})
  source.resume()
}

async function writeAll(handle: FileHandle, data: Uint8Array): Promise<void> {
  // A nearly full disk takes part of a write and fails only on the next.
  for (let at = 0; at < data.byteLength; ) at += (await handle.write(data, at)).bytesWritten
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

type Refused = { readonly ok: false; readonly refusal: Refusal }

function tooLarge(maxBytes: number): Refused {
  return refuse(
    'files.too_large',
    `The file is larger than the ${inWords(maxBytes)} allowed here. Split it, or link to where it is kept.`,
    { maxBytes },
  )
}

function interrupted(bytes: number): Refused {
  return refuse(
    'files.interrupted',
    `The upload broke off after ${inWords(bytes)} and nothing was stored. Upload the file again.`,
    { bytes },
  )
}

/** A size as people say it: `1 GiB`, `1.5 MiB`, `12 bytes`. */
function inWords(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(Math.floor(Math.log2(Math.max(1, bytes)) / 10), units.length)
  if (power === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power - 1]}`
}

// A staging file's name says whose it is: this machine (or container) and process.
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 12)
const owner = `${host}-${process.pid}`

async function isLeftover(path: string, name: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile()) return false
  const [, itsHost, itsPid] = /^([0-9a-f]{12})-(\d+)-\w+\.part$/.exec(name) ?? []
  const pid = Number(itsPid)
  if (itsHost === host && pid === process.pid) {
    // Process ids come again, in a container always the same: what is older than this process is of an earlier one.
    return found.mtimeMs < Date.now() - process.uptime() * 1000
  }
  if (itsHost === host && !isAlive(pid)) return true
  return found.mtimeMs < Date.now() - abandonedMillis
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

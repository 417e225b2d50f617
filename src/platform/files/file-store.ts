import type { Readable } from 'node:stream'
import { isUuid, type OrgId } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { checkedStream, fromHome, sha256Of } from './checked-stream.ts'
import type { ByteRange } from './download-headers.ts'
import type { ErasureOrder } from './erasure-order.ts'
import { type FileHome, FileHomeUnavailable } from './file-home.ts'
import { localHome } from './local-home.ts'
import type { S3Settings } from './s3-home.ts'
import { openStagingArea, type PutOptions, type StagingArea } from './staging-area.ts'
import { storeUnavailable } from './store-unavailable.ts'

/** Where files are kept. Sizes in bytes. */
export type FileStoreSettings = StagingSettings & (LocalSettings | S3Settings)

interface StagingSettings {
  /** Folder of the store. Local: holds the files. S3: holds only uploads on their way. */
  readonly folder: string
  /**
   * Free space uploads must leave on that disk (default 256 MiB): the database usually lives there too, and it stops
   * when it cannot write.
   */
  readonly keepFree?: number
  /** Told of failures of the store itself, which the refusal a person sees does not detail. */
  readonly report?: (error: Error) => void
}

interface LocalSettings {
  readonly kind: 'local'
}

/** A file that is stored. */
export interface StoredFile {
  /** Lower-case hex; together with the organization the file's only name. */
  readonly sha256: string
  readonly bytes: number
  /** Media type by content. */
  readonly detectedType: string
  /** This organization already had exactly this content. */
  readonly duplicate: boolean
}

/** An upload that lies on disk, complete, and is in no store. */
export interface HeldFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** Removes it. Never throws: what cannot be removed now is swept later. */
  release(): Promise<void>
}

/** A file being read. */
interface FileReading {
  readonly stream: Readable
  /** Size of the whole file. */
  readonly bytes: number
}

/** What a check of one file found. `altered`: present, but not what was stored. */
type FileCondition = 'intact' | 'altered' | 'missing'

export interface ListedFile {
  readonly orgId: OrgId
  readonly sha256: string
  readonly bytes: number
  /** When its content last arrived, in milliseconds since 1970; uploading it again counts. */
  readonly storedAt: number
}

/**
 * Content-addressed files, separate per organization: the key starts with the organization, so the answer to an upload
 * never depends on what another organization has. Stored files are never changed; only `erase` removes one.
 */
export interface FileStore {
  /**
   * Stores what the stream brings, hashing on the way. When it answers with a value the file is durable; when it
   * refuses or throws nothing is kept, and the rest of the stream is read away so that the sender can still be answered.
   * Refusals: `files.empty`, `files.too_large`, `files.interrupted`, `files.disk_full` (507), `files.store_unavailable`
   * (503).
   */
  put(orgId: OrgId, stream: Readable, options: PutOptions): Promise<Result<StoredFile>>
  /**
   * Opens a file. Reading all of it checks the content: the stream fails before its last bytes if they are not what
   * was stored, so no altered file ever arrives complete. A range is not checked.
   * Refusals: `files.not_found`, `files.range_not_satisfiable` (416), `files.store_unavailable` (503).
   */
  get(orgId: OrgId, sha256: string, range?: ByteRange): Promise<Result<FileReading>>
  exists(orgId: OrgId, sha256: string): Promise<boolean>
  /** When its content last arrived, in milliseconds since 1970; null when it is not there. */
  storedAt(orgId: OrgId, sha256: string): Promise<number | null>
  /** Reads the whole file and compares it with its hash. */
  verify(orgId: OrgId, sha256: string): Promise<FileCondition>
  /** Every file of one organization, or of all of them; for backup and for finding files no record names. */
  list(orgId?: OrgId): AsyncIterable<ListedFile>
  /** Removes a file for good; false when it was not there. Only a retention rule orders it. */
  erase(orgId: OrgId, sha256: string, order: ErasureOrder): Promise<boolean>
  /**
   * Holds an upload on disk, however slowly it comes, until `release`; no organization has it. The caller releases it in
   * every case. Refusals as of `put`.
   */
  hold(stream: Readable, options: PutOptions): Promise<Result<HeldFile>>
  /**
   * Holds what is about to be sent on disk, so that nothing else waits for who receives it. Refusals as of `put`; what the
   * source throws is thrown.
   */
  spool(source: AsyncIterable<Uint8Array>): Promise<Result<Readable>>
  /** Removes what interrupted processes left on the way in; done at opening, worth repeating hourly. Returns how many. */
  sweep(): Promise<number>
  /** Whether the store can be reached and written, for readiness and diagnosis. Refusals as of `put`. */
  check(): Promise<Result<void>>
  /** Ends connections. */
  close(): void
}

/**
 * Opens the store: makes its folders, removes leftovers of killed processes. The S3 client is loaded only when used.
 * Throws when the folder cannot be made or written.
 */
export async function createFileStore(settings: FileStoreSettings): Promise<FileStore> {
  const staging = await openStagingArea(settings.folder, settings.keepFree ?? 256 * 1024 ** 2)
  const home =
    settings.kind === 'local'
      ? await localHome(settings.folder)
      : await import('./s3-home.ts').then(({ s3Home }) => s3Home(settings))
  return storeOver(home, staging, settings.report ?? (() => {}))
}

function storeOver(home: FileHome, staging: StagingArea, report: (error: Error) => void): FileStore {
  async function unlessUnavailable<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof FileHomeUnavailable)) throw error
      report(error)
      return storeUnavailable()
    }
  }

  const get: FileStore['get'] = (orgId, sha256, range) =>
    unlessUnavailable(async () => {
      const reading = await home.read(keyOf(orgId, sha256), range)
      if (reading === null) {
        return refuse(
          'files.not_found',
          'This file is not in the store. Restore it from a backup or upload it again.',
          {
            sha256,
          },
        )
      }
      if (reading === 'unsatisfiable') {
        return refuse('files.range_not_satisfiable', 'The requested part lies beyond the end of the file.', { sha256 })
      }
      const stream = range === undefined ? checkedStream(reading.stream, sha256) : fromHome(reading.stream)
      return ok({ stream, bytes: reading.bytes })
    })

  return {
    put: async (orgId, stream, options) => {
      orgSegment(orgId)
      const maxBytes = Math.min(options.maxBytes, home.maxBytes)
      const staged = await unlessUnavailable(() => staging.receive(stream, { ...options, maxBytes }))
      if (!staged.ok) return staged
      const { path, sha256, bytes, detectedType } = staged.value
      try {
        return await unlessUnavailable(async () => {
          const adopted = await home.adopt(path, keyOf(orgId, sha256), { sha256, bytes })
          if (!adopted.ok) return adopted
          return ok({ sha256, bytes, detectedType, duplicate: adopted.value.duplicate })
        })
      } finally {
        await staging.release(path).catch(report)
      }
    },
    get,
    exists: async (orgId, sha256) => (await home.size(keyOf(orgId, sha256))) !== null,
    storedAt: (orgId, sha256) => home.storedAt(keyOf(orgId, sha256)),
    verify: async (orgId, sha256) => {
      const reading = await home.read(keyOf(orgId, sha256))
      if (reading === null || reading === 'unsatisfiable') return 'missing'
      return (await sha256Of(reading.stream)) === sha256 ? 'intact' : 'altered'
    },
    list: async function* (orgId) {
      for await (const { key, bytes, storedAt } of home.list(orgId === undefined ? '' : `${orgSegment(orgId)}/`)) {
        const file = fileOfKey(key)
        if (file !== null) yield { ...file, bytes, storedAt }
      }
    },
    erase: async (orgId, sha256, _order) => await home.remove(keyOf(orgId, sha256)),
    hold: async (stream, options) => {
      const held = await unlessUnavailable(() => staging.receive(stream, options))
      if (!held.ok) return held
      const { path, sha256, bytes } = held.value
      return ok({ path, sha256, bytes, release: () => staging.release(path).catch(report) })
    },
    spool: (source) => unlessUnavailable(() => staging.spool(source)),
    sweep: () => staging.sweep(),
    check: () =>
      unlessUnavailable(async () => {
        const room = await staging.check()
        if (!room.ok) return room
        await home.check()
        return ok(undefined)
      }),
    close: () => home.close(),
  }
}

/** The organization's part of a key. Throws on anything but an id: keys become paths. */
function orgSegment(orgId: OrgId): string {
  if (!isUuid(orgId)) throw new TypeError('A file belongs to an organization, named by its id.')
  return orgId
}

function keyOf(orgId: OrgId, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A file is named by its SHA-256 in lower-case hex.')
  return `${orgSegment(orgId)}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

function fileOfKey(key: string): { orgId: OrgId; sha256: string } | null {
  const [org = '', , , sha256 = '', ...rest] = key.split('/')
  if (!isUuid(org) || !/^[0-9a-f]{64}$/.test(sha256) || rest.length > 0) return null
  return { orgId: org as OrgId, sha256 }
}

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { ok } from '#kernel/result.ts'
import { diskFull } from './disk-space.ts'
import { type FileHome, FileHomeUnavailable } from './file-home.ts'

export interface S3Settings {
  readonly kind: 's3'
  readonly bucket: string
  readonly region: string
  /** URL of a service other than AWS. */
  readonly endpoint?: string
  /** Bucket in the path instead of the host name; most other services need it (default: when `endpoint` is set). */
  readonly pathStyle?: boolean
  /** Folder inside the bucket, so that it can be shared. */
  readonly prefix?: string
  /** Absent: the SDK's own chain (environment, instance role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How long the service may be silent, in milliseconds (default 15 seconds); after an upload it gets twice that. */
  readonly patience?: number
}

const attempts = 3
/** How long a stored object passes for new, in milliseconds. */
const freshMillis = 3_600_000

/** Files in a bucket of an S3-compatible service. An object appears whole or not at all. */
export function s3Home(settings: S3Settings): FileHome {
  const patience = settings.patience ?? 15_000
  const client = clientFor(settings, patience)
  const prefix = settings.prefix ? `${settings.prefix.replace(/^\/+|\/+$/g, '')}/` : ''
  const at = (key: string): { Bucket: string; Key: string } => ({ Bucket: settings.bucket, Key: `${prefix}${key}` })

  // All tries together: nobody waits minutes in front of a service that took the connection and says nothing.
  const answered = async <T>(ask: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> => {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), patience)
    try {
      return await ask({ abortSignal: silence.signal })
    } finally {
      clearTimeout(timer)
    }
  }
  const head = (key: string) => unlessMissing(answered((by) => client.send(new HeadObjectCommand(at(key)), by)))
  const size = async (key: string): Promise<number | null> => {
    const found = await head(key)
    return found === null ? null : (found.ContentLength ?? 0)
  }

  return {
    // The most one PutObject takes.
    maxBytes: 5 * 1024 ** 3,
    size,
    adopt: async (staged, key, { sha256, bytes }) => {
      const known = await head(key)
      const duplicate = known?.ContentLength === bytes
      // One that was stored long ago is stored anew: until a record names it, its age is what keeps it.
      if (duplicate && (known.LastModified?.getTime() ?? 0) > Date.now() - freshMillis) return ok({ duplicate })
      for (let attempt = 1; ; attempt++) {
        // A stream cannot be sent twice, so each attempt opens the file anew.
        const Body = createReadStream(staged)
        try {
          // The service compares the hash with what arrives.
          const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64')
          const upload = {
            ...at(key),
            Body,
            ContentLength: bytes,
            ContentType: 'application/octet-stream',
            ChecksumSHA256,
          }
          await client.send(new PutObjectCommand(upload))
          break
        } catch (error) {
          if (isFull(error)) return diskFull()
          if (attempt === attempts || !isPassing(error) || isSilence(error)) throw unavailable(error)
        } finally {
          Body.destroy()
        }
        await wait(200 * 4 ** (attempt - 1))
      }
      // A proxy or portal in between says 200 to everything: only what can be found again is stored.
      if ((await size(key)) !== bytes) throw new FileHomeUnavailable('The S3 file store did not keep what it accepted.')
      return ok({ duplicate })
    },
    read: async (key, range) => {
      const Range = range && `bytes=${range.start}-${range.end}`
      try {
        const found = await unlessMissing(
          answered((by) => client.send(new GetObjectCommand({ ...at(key), ...(Range && { Range }) }), by)),
        )
        if (found === null) return null
        if (!(found.Body instanceof Readable)) throw new TypeError('The S3 client brought no stream.')
        if (range !== undefined && found.ContentRange === undefined) {
          found.Body.destroy()
          throw new FileHomeUnavailable('The S3 file store sends whole objects where a part is asked for.')
        }
        const whole = Number(/\/(\d+)$/.exec(found.ContentRange ?? '')?.[1] ?? found.ContentLength)
        return { stream: found.Body, bytes: whole }
      } catch (error) {
        if (error instanceof FileHomeUnavailable && statusOf(error.cause) === 416) return 'unsatisfiable'
        throw error
      }
    },
    list: async function* (within) {
      const under = { Bucket: settings.bucket, Prefix: `${prefix}${within}` }
      let next: string | undefined
      do {
        const from = { ...under, ...(next !== undefined && { ContinuationToken: next }) }
        // Each page has the time one answer has: a long listing is no silence, and what the reader does between counts not.
        const page: ListObjectsV2CommandOutput = await answered((by) =>
          client.send(new ListObjectsV2Command(from), by),
        ).catch(failUnavailable)
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          if (Key === undefined) continue
          yield { key: Key.slice(prefix.length), bytes: Size ?? 0, storedAt: LastModified?.getTime() ?? Date.now() }
        }
        const asked = next
        next = page.NextContinuationToken
        if (next !== undefined && next === asked) {
          throw new FileHomeUnavailable('The S3 file store answers the same page of its list again and again.')
        }
      } while (next !== undefined)
    },
    storedAt: async (key) => {
      const found = await head(key)
      return found === null ? null : (found.LastModified?.getTime() ?? Date.now())
    },
    remove: async (key) => {
      if ((await size(key)) === null) return false
      await answered((by) => client.send(new DeleteObjectCommand(at(key)), by)).catch(failUnavailable)
      return true
    },
    check: async () => {
      await answered((by) => client.send(new HeadBucketCommand({ Bucket: settings.bucket }), by)).catch(failUnavailable)
    },
    close: () => client.destroy(),
  }
}

function clientFor(settings: S3Settings, patience: number): S3Client {
  return new S3Client({
    region: settings.region,
    forcePathStyle: settings.pathStyle ?? settings.endpoint !== undefined,
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    ...(settings.credentials !== undefined && { credentials: settings.credentials }),
    maxAttempts: attempts,
    // Many S3-compatible services do not know the newer trailing checksums; content is checked by its name anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Failures are reported by the store; the client would print them past the log.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 2 * patience },
  })
}

function silent(): void {}

/** HTTP status the service answered with; undefined when it did not answer. */
function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}

/** Whether trying again may help: no answer, too many requests, a fault of the service. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  return status === undefined || status === 429 || status >= 500
}

/** The service held its tongue; asking again would double the wait of whoever sits in front of it. */
function isSilence(error: unknown): boolean {
  // The client calls a connection that was cut by the same name.
  const { code } = error as { code?: unknown }
  return error instanceof Error && error.name === 'TimeoutError' && code !== 'ECONNRESET' && code !== 'EPIPE'
}

function isFull(error: unknown): boolean {
  return statusOf(error) === 507 || (error instanceof Error && /StorageFull|QuotaExceeded/i.test(error.name))
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    // A missing bucket is a wrong setting, not a missing file.
    if (statusOf(error) === 404 && !(error instanceof Error && error.name === 'NoSuchBucket')) return null
    throw unavailable(error)
  }
}

const failUnavailable = (error: unknown): never => {
  throw unavailable(error)
}

function unavailable(error: unknown): FileHomeUnavailable {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new FileHomeUnavailable(`The S3 file store failed (${detail}).`, { cause: error })
}

import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { recordsName } from './format.ts'
import { folderBeside } from './write-package.ts'

/** An exported organization as it lies on disk. */
export interface OpenPackage {
  /** The JSON document. */
  records(): AsyncIterable<Uint8Array>
  /** A file by its hash, not yet checked; null when it is not there. */
  file(sha256: string): Promise<Readable | null>
  /** Where a missing file would have to lie, for a sentence. */
  readonly filesIn: string
  close(): void
}

/** Entries of a zip that are looked through: a million empty ones take minutes, some 160 microseconds each. */
const mostEntries = 1_000_000

/**
 * Opens a zip file or a JSON document with its folder. Refusals: `transfer.not_found`, `transfer.not_an_export`,
 * `transfer.too_many_files`.
 */
export async function openPackage(path: string): Promise<Result<OpenPackage>> {
  const found = await stat(path).catch(() => null)
  if (found === null) return refuse('transfer.not_found', `There is no file ${path}.`, { file: path })
  if (!found.isFile())
    return refuse('transfer.not_found', `${path} is no file: name the exported file.`, { file: path })
  return (await startsAsZip(path)) ? openZip(path) : ok(documentAt(path))
}

async function startsAsZip(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const start = Buffer.alloc(4)
    await file.read(start, 0, 4, 0)
    return start.readUInt32LE(0) === 0x0403_4b50
  } finally {
    await file.close()
  }
}

function documentAt(path: string): OpenPackage {
  const folder = folderBeside(path)
  return {
    records: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
    file: async (sha256) => {
      const name = join(folder, sha256)
      return (await stat(name).catch(() => null))?.isFile() ? createReadStream(name) : null
    },
    filesIn: `the folder ${basename(folder)} beside it`,
    close: () => undefined,
  }
}

const exported = new RegExp(`^(?:${recordsName.replaceAll('.', '\\.')}|files/[0-9a-f]{64})$`)

async function openZip(path: string): Promise<Result<OpenPackage>> {
  const entries = new Map<string, Entry>()
  let zip: ZipFile | null = null
  try {
    zip = await openPromise(path, { autoClose: false })
    if (zip.entryCount > mostEntries) {
      zip.close()
      return refuse(
        'transfer.too_many_files',
        `${path} says that it holds ${zip.entryCount} files; a zip may hold ${mostEntries}. An organization with more is exported to a name ending in .json, with its files in a folder.`,
        { file: path, count: zip.entryCount, most: mostEntries },
      )
    }
    for await (const entry of zip.eachEntry()) {
      // Nothing is unpacked by its name; what no export has is not even noted.
      if (!exported.test(entry.fileName)) continue
      if (entries.has(entry.fileName)) throw new Error('twice')
      entries.set(entry.fileName, entry)
    }
  } catch {
    zip?.close()
    return refuse(
      'transfer.not_an_export',
      `${path} is damaged, incomplete or holds a file twice: copy or download it again.`,
      {
        file: path,
      },
    )
  }
  const opened = zip
  const records = entries.get(recordsName)
  if (records === undefined) {
    opened.close()
    return refuse(
      'transfer.not_an_export',
      `${path} holds no ${recordsName}: it is not the export of an organization.`,
      { file: path },
    )
  }
  return ok({
    records: () => checked(opened, records),
    file: async (sha256) => {
      const entry = entries.get(`files/${sha256}`)
      return entry === undefined ? null : await opened.openReadStreamPromise(entry)
    },
    filesIn: 'the zip file',
    close: () => opened.close(),
  })
}

// yauzl checks lengths, but no checksums.
async function* checked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    sum = crc32(piece, sum)
    yield piece
  }
  if (sum !== entry.crc32) throw new Error('wrong checksum')
}

import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { OrgId } from '#kernel/id.ts'
import type { Connection } from '#platform/db/database.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { recordsName, type TransferFile } from './format.ts'
import { organizationJson, type TransferOrigin } from './read-organization.ts'
import { zipStream } from './zip-stream.ts'

/** Runs work in one repeatable-read transaction with the organization in scope. */
export type WithScope = (work: (connection: Connection) => Promise<void>) => Promise<void>

/** What is exported, and where from. */
export interface TransferSource {
  readonly org: OrgId
  readonly inside: WithScope
  readonly store: FileStore
  readonly files: readonly TransferFile[]
  readonly origin: TransferOrigin
}

/**
 * The records of an organization as bytes. The transaction is open while they are read and no longer; stopping early
 * ends it.
 */
export async function* recordsOf({ inside, org, origin, files }: TransferSource): AsyncGenerator<Buffer> {
  const pipe = new PassThrough({ highWaterMark: 1024 ** 2 })
  const work = inside((connection) =>
    pipeline(Readable.from(encoded(organizationJson(connection, org, origin, files))), pipe),
  )
  work.catch((error: Error) => pipe.destroy(error))
  try {
    yield* pipe as AsyncIterable<Buffer>
  } finally {
    pipe.destroy()
    await work.catch(() => undefined)
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text)
}

/**
 * Records and files as one zip file.
 * @param records where the records come from; they are read from the database while the zip file is, when left out
 */
export function zipOf(
  source: TransferSource,
  records: () => AsyncIterable<Uint8Array> = () => recordsOf(source),
): AsyncGenerator<Buffer> {
  const { store, org, files, origin } = source
  return zipStream(
    [
      { name: recordsName, level: 6, content: records },
      // Evidence is mostly packed already: the least effort is enough.
      ...files.map(({ sha256 }) => ({
        name: `files/${sha256}`,
        level: 1,
        content: async () => orRefuse(await store.get(org, sha256)).stream,
      })),
    ],
    new Date(origin.now),
  )
}

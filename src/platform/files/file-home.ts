import type { Readable } from 'node:stream'
import type { Result } from '#kernel/result.ts'
import type { ByteRange } from './download-headers.ts'

/** Where finished files live. Keys are made by the store: `org/ab/cd/<sha256>`. */
export interface FileHome {
  /** Largest file it can hold, in bytes. */
  readonly maxBytes: number
  /** Takes over a finished, synced staging file under a key, durably and at once. May leave the staging file behind. */
  adopt(
    staged: string,
    key: string,
    facts: { readonly sha256: string; readonly bytes: number },
  ): Promise<Result<{ readonly duplicate: boolean }>>
  /** Null: not there. `bytes` is the size of the whole file. */
  read(key: string, range?: ByteRange): Promise<{ stream: Readable; bytes: number } | 'unsatisfiable' | null>
  /** Size in bytes; null: not there. */
  size(key: string): Promise<number | null>
  /** `storedAt`: when its content last arrived, in milliseconds. */
  list(prefix: string): AsyncIterable<{ key: string; bytes: number; storedAt: number }>
  /** When its content last arrived, in milliseconds; null: not there. */
  storedAt(key: string): Promise<number | null>
  /** False: it was not there. */
  remove(key: string): Promise<boolean>
  /** Throws when the home cannot be used. */
  check(): Promise<void>
  close(): void
}

/** The home does not answer, or answers that it will not; nothing the person at the screen can do but wait or call. */
export class FileHomeUnavailable extends Error {
  override readonly name = 'FileHomeUnavailable'
}

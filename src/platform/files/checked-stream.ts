import { createHash } from 'node:crypto'
import { PassThrough, pipeline, type Readable, Transform } from 'node:stream'
import { FileHomeUnavailable } from './file-home.ts'

/** A stored file no longer has the content it was stored with, or the store sends another amount than it announced. */
export class FileAltered extends Error {
  override readonly name = 'FileAltered'
}

/**
 * The same bytes, withholding the last piece until the whole has the expected hash; otherwise the stream fails with
 * `FileAltered`. A download with a known length then breaks off instead of completing.
 */
export function checkedStream(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256')
  let held: Uint8Array | undefined
  const check = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      const previous = held
      held = chunk
      done(null, previous)
    },
    flush(done) {
      if (hash.digest('hex') === sha256) done(null, held)
      else done(new FileAltered(`The stored file ${sha256} is not what was stored: restore it from a backup.`))
    },
  })
  return fromHome(source, check)
}

/**
 * The same bytes, if they are exactly as many as were announced; otherwise the stream fails with `FileAltered` before
 * one too many leaves. On a connection that is kept open, a byte too many or too few would be read as the next answer.
 */
export function exactly(bytes: number, source: Readable): Readable {
  let left = bytes
  const fail = (): FileAltered => new FileAltered(`A file of ${bytes} bytes was announced and another amount was sent.`)
  const check = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      left -= chunk.length
      if (left < 0) done(fail())
      else done(null, chunk)
    },
    flush(done) {
      done(left === 0 ? null : fail())
    },
  })
  return through(source, check)
}

/** The same bytes; what breaks on the way is unavailable, as it is where the store does not answer at all. */
export function fromHome(source: Readable, check: Transform = new PassThrough()): Readable {
  // Before `pipeline` listens: of two errors the first one counts.
  source.once('error', (error) => {
    check.destroy(new FileHomeUnavailable(`The file store broke off (${error.message}).`, { cause: error }))
  })
  return through(source, check)
}

// The error reaches whoever reads the end; pipeline is here to close the source whichever end stops first.
const through = (source: Readable, check: Transform): Readable => pipeline(source, check, () => {})

/** SHA-256 of everything a stream brings, lower-case hex. */
export async function sha256Of(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of source) hash.update(chunk)
  return hash.digest('hex')
}

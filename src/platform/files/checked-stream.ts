import { createHash } from 'node:crypto'
import { pipeline, type Readable, Transform } from 'node:stream'

/** A stored file no longer has the content it was stored with. */
export class FileAltered extends Error {
  override readonly name = 'FileAltered'
  constructor(sha256: string) {
    super(`The stored file ${sha256} is not what was stored: restore it from a backup.`)
  }
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
      else done(new FileAltered(sha256))
    },
  })
  // The error reaches whoever reads `check`; pipeline is here to close the source whichever end stops first.
  return pipeline(source, check, () => {})
}

/** SHA-256 of everything a stream brings, lower-case hex. */
export async function sha256Of(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of source) hash.update(chunk)
  return hash.digest('hex')
}

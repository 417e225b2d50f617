/** One value of a document: where it stands and its text, not yet parsed. */
export interface JsonElement {
  /** `['ledger']` for an element of the array `ledger`, `['tables', 'risk']` for one of `tables.risk`. */
  readonly path: readonly string[]
  readonly text: string
}

/** The document is no JSON, or not laid out as it should be. */
export class JsonMalformed extends Error {
  override readonly name = 'JsonMalformed'
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

interface Frame {
  readonly array: boolean
  key: string
}

/**
 * Takes a JSON document apart without holding it: walks into the outermost object, into the members of it named in
 * `walkInto`, and into the arrays that are members of either; every other value comes out whole. What comes out is only
 * known to be delimited rightly: parsing it finds the rest.
 * @param largest most bytes one value may have
 * Throws `JsonMalformed`.
 */
export async function* jsonElements(
  source: AsyncIterable<Uint8Array>,
  walkInto: readonly string[],
  largest: number,
): AsyncGenerator<JsonElement> {
  const splitter = new Splitter(walkInto, largest)
  for await (const chunk of source) yield* splitter.take(chunk)
  splitter.end()
}

class Splitter {
  readonly #walkInto: readonly string[]
  readonly #largest: number
  readonly #frames: Frame[] = []
  #expected: Expected = 'value'
  /** The value or key being read, where it does not lie in one piece. */
  #held: Uint8Array[] = []
  #heldBytes = 0
  #kind: 'none' | 'scalar' | 'string' | 'container' = 'none'
  #depth = 0
  #inString = false
  #escaped = false
  #at = 0

  constructor(walkInto: readonly string[], largest: number) {
    this.#walkInto = walkInto
    this.#largest = largest
  }

  *take(chunk: Uint8Array): Generator<JsonElement> {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number
      if (this.#kind === 'none') {
        if (isSpace(byte)) continue
        if (this.#begin(byte, this.#at + i)) start = i
        continue
      }
      const ended = this.#follow(byte)
      if (ended === null) continue
      const end = ended === 'with' ? i + 1 : i
      const element = this.#close(chunk.subarray(start, end))
      if (element) yield element
      // A number or word ends before the byte that says so.
      if (ended === 'before' && !isSpace(byte)) this.#begin(byte, this.#at + i)
    }
    if (this.#kind !== 'none') this.#hold(chunk.subarray(start))
    this.#at += chunk.length
  }

  end(): void {
    if (this.#expected !== 'nothing') throw new JsonMalformed('it breaks off')
  }

  /** Structure, or the first byte of a value or key: true for the latter. */
  #begin(byte: number, at: number): boolean {
    const frame = this.#frames.at(-1)
    const odd = (): JsonMalformed =>
      new JsonMalformed(`unexpected “${String.fromCharCode(byte)}” at byte ${String(at + 1)}`)
    switch (this.#expected) {
      case 'nothing':
        throw odd()
      case 'colon':
        if (byte !== colon) throw odd()
        this.#expected = 'value'
        return false
      case 'commaOrEnd':
        if (byte === comma) this.#expected = frame?.array === true ? 'value' : 'key'
        else if (byte === (frame?.array === true ? closeBracket : closeBrace)) this.#leave()
        else throw odd()
        return false
      case 'key':
      case 'keyOrEnd':
        if (byte === closeBrace && this.#expected === 'keyOrEnd') {
          this.#leave()
          return false
        }
        if (byte !== quote) throw odd()
        return this.#open(byte)
      case 'value':
      case 'valueOrEnd':
        if (byte === closeBracket && this.#expected === 'valueOrEnd') {
          this.#leave()
          return false
        }
        if (byte === comma || byte === colon || byte === closeBrace || byte === closeBracket) throw odd()
        if (this.#enter(byte)) return false
        if (frame === undefined) throw odd()
        return this.#open(byte)
    }
  }

  /** Walks into a container the caller wants taken apart. */
  #enter(byte: number): boolean {
    const depth = this.#frames.length
    const { key = '', array = false } = this.#frames.at(-1) ?? {}
    const object = byte === openBrace && (depth === 0 || (depth === 1 && this.#walkInto.includes(key)))
    const list = byte === openBracket && depth > 0 && !array
    if (!object && !list) return false
    this.#frames.push({ array: list, key: '' })
    this.#expected = list ? 'valueOrEnd' : 'keyOrEnd'
    return true
  }

  #leave(): void {
    this.#frames.pop()
    this.#expected = this.#frames.length === 0 ? 'nothing' : 'commaOrEnd'
  }

  #open(byte: number): true {
    const container = byte === openBrace || byte === openBracket
    this.#kind = container ? 'container' : byte === quote ? 'string' : 'scalar'
    this.#depth = container ? 1 : 0
    this.#inString = byte === quote
    this.#escaped = false
    return true
  }

  /** Whether the value ends with this byte, before it, or goes on (null). */
  #follow(byte: number): 'with' | 'before' | null {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      else if (byte === quote) {
        this.#inString = false
        return this.#kind === 'string' ? 'with' : null
      }
      return null
    }
    if (this.#kind === 'scalar') {
      return isSpace(byte) || byte === comma || byte === closeBrace || byte === closeBracket ? 'before' : null
    }
    if (byte === quote) this.#inString = true
    else if (byte === openBrace || byte === openBracket) this.#depth++
    else if (byte === closeBrace || byte === closeBracket) return --this.#depth === 0 ? 'with' : null
    return null
  }

  #close(rest: Uint8Array): JsonElement | null {
    this.#hold(rest)
    const text = Buffer.concat(this.#held).toString('utf8')
    this.#held = []
    this.#heldBytes = 0
    this.#kind = 'none'
    const frame = this.#frames.at(-1) as Frame
    if (this.#expected === 'key' || this.#expected === 'keyOrEnd') {
      frame.key = JSON.parse(text) as string
      this.#expected = 'colon'
      return null
    }
    this.#expected = 'commaOrEnd'
    return { path: this.#frames.flatMap(({ array, key }) => (array ? [] : [key])), text }
  }

  #hold(piece: Uint8Array): void {
    this.#heldBytes += piece.length
    if (this.#heldBytes > this.#largest) {
      throw new JsonMalformed(`one value is larger than ${String(Math.round(this.#largest / 1024 ** 2))} MiB`)
    }
    // The chunk may be used again by whoever reads the file.
    this.#held.push(Buffer.from(piece))
  }
}

import { finished, pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

// The zip format of PKWARE's APPNOTE.TXT 6.3, written without going back: sizes and checksums stand behind each member
// and once more in the directory at the end. Members beyond 4 GiB use the 64-bit extension.

/** One member; its content is opened when its turn comes. */
export interface ZipMember {
  readonly name: string
  /** 1 fast to 9 small. */
  readonly level: number
  readonly content: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

interface Written {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

const limit32 = 0xffff_ffff
const limit16 = 0xffff
/** Sizes follow the content; names are UTF-8. */
const flags = 0x0808
const deflated = 8

/**
 * A zip file as a stream, made while it is read. Stopping early closes the member being read.
 * @param modified written as the time of every member, in UTC
 */
export async function* zipStream(members: Iterable<ZipMember>, modified: Date): AsyncGenerator<Buffer> {
  const stamp = dosTime(modified)
  const written: Written[] = []
  let offset = 0
  for (const member of members) {
    const name = Buffer.from(member.name, 'utf8')
    const start = offset
    const header = localHeader(name, stamp)
    offset += header.length
    yield header
    let crc = 0
    let size = 0
    let packed = 0
    const source = await member.content()
    const deflate = createDeflateRaw({ level: member.level })
    const feeding = pipeline(
      source,
      async function* count(pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
          crc = crc32(piece, crc)
          size += piece.length
          yield piece
        }
      },
      deflate,
    )
    feeding.catch(() => undefined)
    try {
      for await (const piece of deflate as AsyncIterable<Buffer>) {
        packed += piece.length
        yield piece
      }
      await feeding
    } finally {
      deflate.destroy()
      await finished(deflate).catch(() => undefined)
    }
    const trailer = descriptor(crc, packed, size)
    offset += packed + trailer.length
    yield trailer
    written.push({ name, crc, packed, size, offset: start })
  }
  const directory = Buffer.concat(written.map((one) => directoryEntry(one, stamp)))
  yield directory
  yield ending(written.length, directory.length, offset)
}

function localHeader(name: Buffer, stamp: number): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x0403_4b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(deflated, 8)
  header.writeUInt32LE(stamp, 10)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor(crc: number, packed: number, size: number): Buffer {
  const large = packed >= limit32 || size >= limit32
  const out = Buffer.alloc(large ? 24 : 16)
  out.writeUInt32LE(0x0807_4b50, 0)
  out.writeUInt32LE(crc, 4)
  if (large) {
    out.writeBigUInt64LE(BigInt(packed), 8)
    out.writeBigUInt64LE(BigInt(size), 16)
  } else {
    out.writeUInt32LE(packed, 8)
    out.writeUInt32LE(size, 12)
  }
  return out
}

function directoryEntry({ name, crc, packed, size, offset }: Written, stamp: number): Buffer {
  const large = packed >= limit32 || size >= limit32 || offset >= limit32
  const extra = Buffer.alloc(large ? 28 : 0)
  if (large) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    extra.writeBigUInt64LE(BigInt(size), 4)
    extra.writeBigUInt64LE(BigInt(packed), 12)
    extra.writeBigUInt64LE(BigInt(offset), 20)
  }
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x0201_4b50, 0)
  entry.writeUInt16LE(0x0300 | (large ? 45 : 20), 4)
  entry.writeUInt16LE(large ? 45 : 20, 6)
  entry.writeUInt16LE(flags, 8)
  entry.writeUInt16LE(deflated, 10)
  entry.writeUInt32LE(stamp, 12)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(large ? limit32 : packed, 20)
  entry.writeUInt32LE(large ? limit32 : size, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt16LE(extra.length, 30)
  // A regular file readable by its owner only, as Unix writes it.
  entry.writeUInt32LE((0o100600 << 16) >>> 0, 38)
  entry.writeUInt32LE(large ? limit32 : offset, 42)
  return Buffer.concat([entry, name, extra])
}

function ending(count: number, bytes: number, offset: number): Buffer {
  const large = count >= limit16 || bytes >= limit32 || offset >= limit32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x0605_4b50, 0)
  end.writeUInt16LE(large ? limit16 : count, 8)
  end.writeUInt16LE(large ? limit16 : count, 10)
  end.writeUInt32LE(large ? limit32 : bytes, 12)
  end.writeUInt32LE(large ? limit32 : offset, 16)
  if (!large) return end
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x0606_4b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(0x032d, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(bytes), 40)
  record.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x0706_4b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator, end])
}

/** Date and time as MS-DOS kept them, two seconds fine; before 1980 there is none. */
function dosTime(moment: Date): number {
  const year = Math.max(0, Math.min(127, moment.getUTCFullYear() - 1980))
  const date = (year << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate()
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1)
  return ((date << 16) | time) >>> 0
}

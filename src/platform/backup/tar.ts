import type { FileHandle } from 'node:fs/promises'

// The ustar format of POSIX.1-1988, so that any `tar` unpacks a backup. One block is 512 bytes.

const block = 512

/** The largest size eleven octal digits hold; beyond it the size is written in base 256, as GNU and BSD tar do. */
const largestOctal = 8 ** 11 - 1

export interface TarEntry {
  readonly name: string
  /** Bytes of content. */
  readonly size: number
  /** Where the content starts in the archive. */
  readonly offset: number
}

/** How many bytes follow content of this size to fill its last block. */
export const paddingFor = (size: number): number => (block - (size % block)) % block

/** The two empty blocks an archive ends with. */
export const tarEnd = Buffer.alloc(2 * block)

/**
 * The header of a regular file, readable by its owner only.
 * @param modified seconds since 1970
 * Throws when the name does not fit (100 bytes after, 155 before one of its slashes).
 */
export function tarHeader(name: string, size: number, modified: number): Buffer {
  const header = Buffer.alloc(block)
  const [prefix, base] = splitName(name)
  header.write(base, 0, 100, 'utf8')
  header.write('0000600\0', 100, 'latin1')
  header.write('0000000\x000000000\0', 108, 'latin1')
  if (size > largestOctal) {
    header.writeUInt8(0x80, 124)
    header.writeBigUInt64BE(BigInt(size), 128)
  } else {
    header.write(octal(size, 11), 124, 'latin1')
  }
  header.write(octal(modified, 11), 136, 'latin1')
  header.write('0', 156, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  header.write(prefix, 345, 155, 'utf8')
  header.write(`${octal(checksum(header), 6)} `, 148, 'latin1')
  return header
}

/** `digits` octal digits and a NUL. */
const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`

function splitName(name: string): [string, string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const [prefix, base] = [name.slice(0, slash), name.slice(slash + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(base) <= 100) return [prefix, base]
  }
  throw new RangeError(`The name ${name} is too long for a tar archive.`)
}

/** Sum of all bytes, those of the checksum itself counted as spaces. */
function checksum(header: Uint8Array): number {
  let sum = 8 * 0x20
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte
  return sum
}

/**
 * The regular files of an archive, found by going from header to header.
 * Null when it is not one or breaks off.
 */
export async function readTarIndex(file: FileHandle): Promise<Map<string, TarEntry> | null> {
  const { size: length } = await file.stat()
  const entries = new Map<string, TarEntry>()
  const header = Buffer.alloc(block)
  for (let at = 0; at + block <= length; ) {
    await file.read(header, 0, block, at)
    if (header.every((byte) => byte === 0)) return entries
    if (Number.parseInt(text(header, 148, 8), 8) !== checksum(header)) return null
    const entry = { name: nameOf(header), size: sizeOf(header), offset: at + block }
    if (!(entry.offset + entry.size <= length)) return null
    const type = text(header, 156, 1)
    if (type === '0' || type === '') entries.set(entry.name, entry)
    at = entry.offset + entry.size + paddingFor(entry.size)
  }
  return null
}

function text(header: Buffer, at: number, length: number): string {
  const end = header.indexOf(0, at)
  return header.toString('utf8', at, end === -1 ? at + length : Math.min(end, at + length))
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155)
  const name = text(header, 0, 100)
  return (prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, '')
}

function sizeOf(header: Buffer): number {
  if (header.readUInt8(124) === 0x80) return Number(header.readBigUInt64BE(128))
  return Number.parseInt(text(header, 124, 12), 8)
}

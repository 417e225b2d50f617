import { isUtf8 } from 'node:buffer'
import { detect } from 'chardet'
import iconv from 'iconv-lite'
import { Stop } from './stop.ts'

export interface DecodedText {
  readonly text: string
  /** Name of the encoding, as people know it. */
  readonly encoding: string
  /** It was concluded from the bytes, not stated by a byte order mark. */
  readonly guessed: boolean
}

/**
 * Decodes a text file: byte order mark first, then UTF-16 by its zero bytes, then UTF-8 if it is valid, else
 * Windows-1252, which is what spreadsheet programs in Western Europe write. Other code pages only when the bytes clearly
 * are not Western, or when the caller says so.
 * @param encoding name that overrides the detection
 */
export function decodeText(bytes: Buffer, encoding?: string): DecodedText {
  if (encoding !== undefined) {
    if (!iconv.encodingExists(encoding))
      throw new Stop(
        'import.unknown_encoding',
        `There is no encoding “${encoding}”; try utf-8, utf-16le, windows-1252 or iso-8859-15`,
        { encoding },
      )
    return { text: iconv.decode(bytes, encoding), encoding, guessed: false }
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { text: bytes.toString('utf8', 3), encoding: 'UTF-8', guessed: false }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'LE', false)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'BE', false)
  const head = bytes.subarray(0, 4096)
  if (head.includes(0)) return utf16(bytes, zeroSide(head), true)
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), encoding: 'UTF-8', guessed: false }
  const other = notWestern(bytes)
  if (other) return { text: iconv.decode(bytes, other), encoding: other, guessed: true }
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252', guessed: true }
}

function utf16(bytes: Buffer, order: 'LE' | 'BE', guessed: boolean): DecodedText {
  return {
    text: new TextDecoder(order === 'LE' ? 'utf-16le' : 'utf-16be').decode(bytes),
    encoding: `UTF-16 ${order}`,
    guessed,
  }
}

function zeroSide(head: Buffer): 'LE' | 'BE' {
  let odd = 0
  let even = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  return odd >= even ? 'LE' : 'BE'
}

const elsewhere = /^(?:windows-125[13-6]|ISO-8859-[5678]|KOI8-R|Shift_JIS|EUC-JP|EUC-KR|GB18030|Big5)$/i

/** Detectors mistake short Western texts for other code pages; only a text dense in foreign letters is believed. */
function notWestern(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, 64 * 1024)
  let high = 0
  for (const byte of sample) if (byte >= 0x80) high++
  if (high < sample.length * 0.15) return null
  const name = detect(sample)
  return name && elsewhere.test(name) && iconv.encodingExists(name) ? name : null
}

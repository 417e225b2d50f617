/** How many bytes from the start of a file detection looks at; more do no harm. */
export const headBytes = 64 * 1024

/** How many bytes from the end: there a zip archive lists what it holds. */
export const tailBytes = 64 * 1024

/** Media types a browser, viewer or office program may execute something from. */
const activeTypes: ReadonlySet<string> = new Set([
  'text/html',
  'application/xml',
  'text/xml',
  'text/javascript',
  'application/javascript',
  'application/vnd.ms-word.document.macroEnabled.12',
  'application/vnd.ms-excel.sheet.macroEnabled.12',
  'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
  'application/x-msdownload',
  'application/x-executable',
  'text/x-shellscript',
])

/** Whether content of this type can do something when opened: a page, a drawing with script, a macro, a program. */
export function isActiveContent(mediaType: string): boolean {
  const essence = (mediaType.split(';')[0] ?? '').trim()
  return activeTypes.has(essence) || essence.endsWith('+xml')
}

interface Signature {
  readonly type: string
  readonly at: number
  readonly bytes: string
}

/** Leading bytes in Latin-1, most specific first. */
const signatures: readonly Signature[] = [
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/tiff', at: 0, bytes: 'II*\0' },
  { type: 'image/tiff', at: 0, bytes: 'MM\0*' },
  { type: 'video/mp4', at: 4, bytes: 'ftyp' },
  { type: 'application/gzip', at: 0, bytes: '\x1f\x8b\x08' },
  { type: 'application/x-7z-compressed', at: 0, bytes: "7z\xbc\xaf'\x1c" },
  { type: 'application/x-msdownload', at: 0, bytes: 'MZ' },
  { type: 'application/x-executable', at: 0, bytes: '\x7fELF' },
  { type: 'text/x-shellscript', at: 0, bytes: '#!' },
]

/** A zip with members, an empty one, and the first part of a split one. */
const zipStarts = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']

/**
 * The media type of a file from its content alone: names and claimed types are anybody's to choose.
 * A label for people and for the rules of import, never a licence to show something inline.
 * @param head the first bytes of the file, `headBytes` of them or the whole of a shorter one
 * @param tail the last bytes, `tailBytes` of them; tells the kinds of zip apart when the head does not
 * @returns `application/octet-stream` when nothing is recognised
 */
export function detectType(head: Uint8Array, tail: Uint8Array = head): string {
  const start = latin1(head)
  const found = signatures.find(({ at, bytes }) => start.startsWith(bytes, at))
  if (found !== undefined) return found.type
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'image/webp'
  if (zipStarts.some((bytes) => start.startsWith(bytes))) return zipType(start, latin1(tail))
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundType(start, latin1(tail))
  // Readers accept a PDF whose header is anywhere in the first kilobyte, so this does too.
  if (start.slice(0, 1024).includes('%PDF-')) return 'application/pdf'
  const text = asText(head.subarray(0, headBytes))
  return text === null ? 'application/octet-stream' : textType(text)
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

const ooxml = 'application/vnd.openxmlformats-officedocument'

/** Office formats are zip archives; the names of their members, kept uncompressed, tell which. */
function zipType(head: string, tail: string): string {
  const opening = /mimetype(application\/(?:vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip))/.exec(head.slice(30, 200))
  if (opening?.[1] !== undefined) return opening[1]
  const names = head + tail
  const macros = names.includes('vbaProject.bin')
  if (names.includes('word/document')) {
    return macros ? 'application/vnd.ms-word.document.macroEnabled.12' : `${ooxml}.wordprocessingml.document`
  }
  if (names.includes('xl/workbook')) {
    return macros ? 'application/vnd.ms-excel.sheet.macroEnabled.12' : `${ooxml}.spreadsheetml.sheet`
  }
  if (names.includes('ppt/presentation')) {
    return macros
      ? 'application/vnd.ms-powerpoint.presentation.macroEnabled.12'
      : `${ooxml}.presentationml.presentation`
  }
  return 'application/zip'
}

/** OLE compound files: Office before 2007, Outlook messages, and newer Office files under a password. */
function compoundType(head: string, tail: string): string {
  const utf16 = (name: string): string => [...name].map((c) => `${c}\0`).join('')
  const has = (name: string): boolean => head.includes(utf16(name)) || tail.includes(utf16(name))
  if (has('EncryptedPackage')) return 'application/x-office-encrypted'
  if (has('WordDocument')) return 'application/msword'
  if (has('Workbook')) return 'application/vnd.ms-excel'
  if (has('PowerPoint Document')) return 'application/vnd.ms-powerpoint'
  return has('__properties_version1.0') ? 'application/vnd.ms-outlook' : 'application/x-ole-storage'
}

/** The text these bytes are in UTF-16 (with byte order mark), UTF-8 or a one-byte encoding; null for binary data. */
function asText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  for (const byte of bytes) {
    // The control characters that no text holds: all but tab, line feed, form feed, carriage return and escape.
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) return null
  }
  return new TextDecoder('utf-8').decode(bytes)
}

const htmlTags =
  'html|head|title|body|script|iframe|h1|div|font|table|a|style|br|p|b|img|form|input|link|meta|base|object|embed|video|audio|details|math|template'
const htmlStart = new RegExp(`^<(?:!doctype\\s+html|(?:${htmlTags})[\\s/>])`, 'i')

function textType(text: string): string {
  const declared = /^\ufeff?\s*<\?xml[\s?]/i.test(text.slice(0, 1024))
  const root = text.slice(prologLength(text)).slice(0, 1024)
  if (htmlStart.test(root)) {
    const namespaced = /xmlns\s*=\s*["']http:\/\/www\.w3\.org\/1999\/xhtml/i.test(root)
    return declared || namespaced ? 'application/xhtml+xml' : 'text/html'
  }
  if (/^<(?:\w{1,64}:)?svg[\s/>]/i.test(root)) return 'image/svg+xml'
  return declared ? 'application/xml' : 'text/plain'
}

/**
 * Length of what may stand before the root element: white space, comments, instructions, an SVG document type.
 * A scan, because one regular expression for all of it takes exponential time on hostile text.
 */
function prologLength(text: string): number {
  let at = 0
  for (;;) {
    if (/[\ufeff\s]/.test(text.charAt(at))) at++
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4)
    else if (text.startsWith('<?', at)) at = after(text, '?>', at + 2)
    else if (/^<!doctype\s+svg/i.test(text.slice(at, at + 40))) {
      const end = text.indexOf('>', at)
      const subset = text.indexOf('[', at)
      at = subset !== -1 && subset < end ? after(text, ']>', subset) : after(text, '>', at)
    } else return at
  }
}

/** The position behind the next occurrence of `mark`, or the end of the text. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found + mark.length
}

/** Longest name in bytes of UTF-8 that ext4, APFS and NTFS all accept. */
const maxNameBytes = 255

/** Longest extension that is kept when a name has to be shortened. */
const maxExtensionBytes = 20

// Controls, line and paragraph separators, zero-width space, byte order mark, and every bidirectional control: with a
// right-to-left override inside, `report…fdp.exe` reads as `reportexe.pdf`. Joiners stay: Indic scripts need them.
const invisible = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

/** Characters that at least one of the common file systems refuses in a name. */
const forbidden = /[<>:"|?*]/g

const reservedOnWindows = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/**
 * A name that is safe to show, to store and to save under on any system, as close to the given one as possible: the
 * last path segment, composed (NFC), without controls and bidirectional overrides, at most 255 bytes, the extension
 * kept. Never empty: what leaves nothing is called `file`. Applying it twice changes nothing.
 */
export function safeFileName(given: string): string {
  const visible = given.toWellFormed().replace(invisible, '').normalize('NFC')
  const segment = visible.split(/[/\\]/).findLast((part) => trimEdges(part) !== '') ?? ''
  const name = trimEdges(segment.replace(forbidden, '_'))
  if (name === '') return 'file'
  return shorten(reservedOnWindows.test(name) ? `_${name}` : name)
}

/** Spaces at either end and dots at the end: Windows drops them silently, and `..` is nothing but them. */
function trimEdges(text: string): string {
  // A loop: the regular expression for it takes quadratic time on a long run of dots.
  const trimmed = text.trim()
  let end = trimmed.length
  while (end > 0 && (trimmed[end - 1] === '.' || trimmed[end - 1]?.trim() === '')) end--
  return trimmed.slice(0, end)
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxNameBytes) return name
  const dot = name.lastIndexOf('.')
  const given = dot > 0 ? name.slice(dot) : ''
  const extension = Buffer.byteLength(given) <= maxExtensionBytes ? given : ''
  const stem = name.slice(0, name.length - extension.length)
  const room = maxNameBytes - Buffer.byteLength(extension)
  let kept = ''
  let bytes = 0
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(stem)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > room) break
    kept += segment
  }
  // One grapheme can be longer than a whole name (a letter with hundreds of accents); then nothing of it is kept.
  return `${trimEdges(kept) || 'file'}${extension}`
}

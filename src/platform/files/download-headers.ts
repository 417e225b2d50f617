import { isActiveContent } from './detect-type.ts'
import { safeFileName } from './file-name.ts'

/** What is known of the bytes that are sent; each fact adds its header. */
export interface DownloadFacts {
  /** SHA-256 of the whole file, hex: becomes `ETag` and `Repr-Digest`, so that a recipient can check what arrived. */
  readonly sha256?: string
  /** Size of the whole file in bytes. */
  readonly bytes?: number
  /** The part that is sent when the request asked for one. */
  readonly range?: ByteRange
}

/** First and last byte, both included, counted from 0. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Headers under which a stored file leaves the server. Whatever its content, a browser saves it and never runs it:
 * attachment (RFC 6266, the name in RFC 5987 form with an ASCII fallback), no type sniffing, a sandbox without
 * scripts, and no type a browser would render as a page.
 * @param name the file's name; made safe here once more
 * @param type the media type detected from the content, never one a client claimed
 */
export function downloadHeaders(name: string, type: string, facts: DownloadFacts = {}): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': isActiveContent(type) ? 'application/octet-stream' : type,
    'content-disposition': attachment(name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
  }
  if (facts.sha256 !== undefined) {
    headers['etag'] = `"${facts.sha256}"`
    headers['repr-digest'] = `sha-256=:${Buffer.from(facts.sha256, 'hex').toString('base64')}:`
  }
  if (facts.range !== undefined) {
    headers['content-length'] = String(facts.range.end - facts.range.start + 1)
    headers['content-range'] = `bytes ${facts.range.start}-${facts.range.end}/${facts.bytes ?? '*'}`
  } else if (facts.bytes !== undefined) {
    headers['content-length'] = String(facts.bytes)
  }
  return headers
}

function attachment(given: string): string {
  const name = safeFileName(given)
  // Some browsers decode %xx in the plain form too, so it carries no percent sign; quotes and backslashes end it.
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["%\\]/gu, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/**
 * Reads a `Range` header (RFC 9110 §14.2) for a file of the given size in bytes.
 * `null`: send the whole file (no header, another unit, several ranges, or nonsense, all of which may be ignored).
 * `'unsatisfiable'`: answer 416 with the size in `Content-Range`.
 */
export function parseRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '')
  if (match === null) return null
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '' && last === '') return null
  if (first === '') {
    const count = Number(last)
    return count === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - count), end: bytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= bytes ? 'unsatisfiable' : { start, end }
}

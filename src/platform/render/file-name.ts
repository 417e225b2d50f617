import { dateAt } from '#kernel/time.ts'
import { isInstant } from './cell-text.ts'
import { type Report, type ReportFormat, statusMark } from './report.ts'

/** Bytes most file systems take for a name, with room for a browser's “ (1)”. */
const longest = 180

/**
 * A file name that says what the file is: `nordlicht-analytik-gmbh_statement-of-applicability_2.0_2026-03-31.pdf`.
 * Letters and digits of any script, dots, hyphens and underscores only, so it is safe as a name on every system.
 */
export function fileNameOf({ meta, labels }: Report, format: ReportFormat): string {
  const zone = meta.timeZone ?? 'UTC'
  const moment = meta.asOf ?? meta.generatedAt
  const day = isInstant(moment) ? dateAt(moment, zone) : moment
  const parts = [meta.organization, meta.title, meta.version ?? '', statusMark(meta, labels), day]
    .map(safePart)
    .filter((part) => part !== '')
  return `${shorten(parts.join('_'))}.${format}`
}

const safePart = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '')

function shorten(name: string): string {
  let short = name.slice(0, longest)
  while (new TextEncoder().encode(short).length > longest) short = short.slice(0, -1)
  return short.toWellFormed().replace(/[\ufffd\-_.]+$/, '')
}

/**
 * The `Content-Disposition` of a download (RFC 6266): an ASCII name for old clients, the exact one by RFC 8187.
 * Takes any string; what a header may not carry is replaced or encoded.
 */
export function contentDisposition(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.\- ]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

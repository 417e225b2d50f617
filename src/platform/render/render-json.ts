import type { Report } from './report.ts'

/** `{ meta, rows }`: the rows with machine keys and codes, and what the cover says. UTF-8. */
export function renderJson({ meta, data }: Report): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ meta, rows: data }, null, 2)}\n`)
}

import { shortened } from '#kernel/shorten.ts'
import type { Problem } from '#platform/contract/schemas.ts'
import type { Format } from './format.ts'

/** A refusal, a reason or a remark as the API sends it. */
export interface Said {
  readonly code: string
  /** The English sentence; shown where no text is known. */
  readonly message: string
  readonly facts: Problem['facts']
}

/** What the texts are looked up with, see `useRefusalText`. */
export interface Wording {
  /** The text of a key in any namespace that is loaded. */
  readonly text: (key: string, values: Record<string, unknown>) => string
  readonly has: (key: string) => boolean
  readonly format: Format
}

/**
 * Says a refusal in the reader's language, from its code and facts: the text is `refusals.<code>` in the namespace of
 * the module the code belongs to. A test holds that each code has one.
 */
export function refusalText(said: Said, wording: Wording): string {
  const key = [
    `refusals.${said.code}`,
    ...(said.code.endsWith('.not_found') ? ['refusals.record.not_found'] : []),
  ].find(wording.has)
  return key === undefined ? said.message : wording.text(key, factTexts(said.facts, wording.format))
}

/** Facts as people read them: days, sizes, waiting times and lists in the reader's way; long texts are shortened. */
export function factTexts(facts: Problem['facts'], format: Format): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, factText(name, value, format)]))
}

function factText(name: string, value: Problem['facts'][string], format: Format): unknown {
  if (Array.isArray(value)) return format.list(value.length > 6 ? [...value.slice(0, 6), '…'] : value)
  if (typeof value === 'number') {
    if (/bytes$/i.test(name)) return name.startsWith('max') ? format.byteLimit(value) : format.bytes(value)
    return name === 'seconds' ? format.duration(value) : format.number(value)
  }
  if (typeof value !== 'string') return value ?? ''
  if (/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value)) return format.shortDate(value)
  return shortened(format.quoted(value))
}

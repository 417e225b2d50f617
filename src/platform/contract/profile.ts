import { z } from 'zod'
import { line } from './schemas.ts'

/** What an organization says of itself, at set-up and later. */
export const sectors = [
  'software',
  'finance',
  'health',
  'manufacturing',
  'professionalServices',
  'public',
  'retail',
  'logistics',
  'energy',
  'education',
  'other',
] as const
export const sizes = ['1-10', '11-50', '51-250', '251-1000', '1001+'] as const

/** Languages of the interface. */
export const locale = z.enum(['en', 'de'])

const currencies = new Set(Intl.supportedValuesOf('currency'))

export const profileFields = {
  name: line(),
  sector: z.enum(sectors),
  /** Number of people. */
  size: z.enum(sizes),
  language: locale,
  currency: line(3).refine((code) => currencies.has(code), {
    error: 'is not a three-letter currency code such as EUR',
  }),
  timeZone: line(60).refine(isTimeZone, { error: 'is not a time zone such as Europe/Berlin' }),
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currencyDigits } from '#kernel/currency.ts'

/** Dates, numbers and sizes as the reader writes them. */
export interface Format {
  /** 31 March 2026; takes a day (`2026-03-31`) or an instant. */
  date: (value: string) => string
  /** 31 Mar 2026 */
  shortDate: (value: string) => string
  /** March 2026 */
  month: (value: string) => string
  /** 31 March 2026, 14:05 in the reader's own zone. */
  dateTime: (value: string) => string
  /** 14:05 in the reader's own zone. */
  time: (value: string) => string
  /** 14:05:09 in the reader's own zone. */
  exactTime: (value: string) => string
  /** “in 3 days”, “44 days ago”, “2 months ago”. */
  relative: (value: string, now?: number) => string
  number: (value: number, digits?: number) => string
  percent: (part: number) => string
  /** An amount in the smallest unit of its currency: €8,000 of 800000 cents; a fraction only where there is one. */
  money: (units: number, currency: string) => string
  /** 4.2 MB, 165 bytes; powers of 1000. */
  bytes: (value: number) => string
  /** The most a file may have, as people know it: 1 GB for 1 GiB. Powers of 1024. */
  byteLimit: (value: number) => string
  /** 40 seconds; from two minutes on in minutes. */
  duration: (seconds: number) => string
  /** Quotation marks of a text made in English, as the language sets them: „so“. */
  quoted: (text: string) => string
  /** “A, B and C” */
  list: (values: readonly string[]) => string
}

const isDay = (value: string): boolean => value.length === 10

/** Formats of a language; `en` writes dates the British way, as the standard's own documents do. */
export function formatsOf(language: string, plain = false): Format {
  const locale = language === 'en' ? 'en-GB' : language
  const sizeIn = (value: number, base: number): string => {
    const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
    const step = Math.max(
      0,
      steps.findLastIndex((_, at) => value >= base ** at),
    )
    const unit = { style: 'unit', unit: steps[step] ?? 'byte', unitDisplay: step === 0 ? 'long' : 'short' } as const
    return new Intl.NumberFormat(locale, { ...unit, maximumFractionDigits: step === 0 ? 0 : 1 }).format(
      value / base ** step,
    )
  }
  const asDate = (value: string) => new Date(isDay(value) ? `${value}T12:00:00Z` : value)
  const days = (options: Intl.DateTimeFormatOptions) => {
    const day = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    const moment = new Intl.DateTimeFormat(locale, options)
    return (value: string) => {
      const date = asDate(value)
      if (Number.isNaN(date.getTime())) return value
      return plain ? date.toISOString().slice(0, 10) : (isDay(value) ? day : moment).format(date)
    }
  }
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  // Unit, its seconds, and how many of it there must be: one month would be anything from 31 to 45 days.
  const units: [Intl.RelativeTimeFormatUnit, number, number][] = [
    ['year', 31_557_600, 2],
    ['month', 2_629_800, 2],
    ['day', 86_400, 1],
    ['hour', 3_600, 1],
    ['minute', 60, 1],
  ]
  return {
    date: days({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: days({ day: 'numeric', month: 'short', year: 'numeric' }),
    month: days({ month: 'long', year: 'numeric' }),
    dateTime: days({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    time: days({ hour: '2-digit', minute: '2-digit' }),
    exactTime: days({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    relative: (value, now = Date.now()) => {
      if (plain) return value.slice(0, 10)
      const seconds = (asDate(value).getTime() - now) / 1000
      const [unit, size] = units.find(([, size, least]) => Math.abs(seconds) >= size * least) ?? ['minute', 60]
      return relative.format(Math.round(seconds / size), unit)
    },
    number: (value, digits) =>
      new Intl.NumberFormat(locale, digits === undefined ? {} : { maximumFractionDigits: digits }).format(value),
    percent: (part) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(part),
    money: (units, currency) => {
      const options = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const
      return new Intl.NumberFormat(locale, options).format(units / 10 ** currencyDigits(currency))
    },
    bytes: (value) => sizeIn(value, 1000),
    byteLimit: (value) => sizeIn(value, 1024),
    duration: (seconds) => {
      const [value, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: plain ? 'narrow' : 'long' }).format(
        value,
      )
    },
    quoted: (text) => (language === 'de' ? text.replaceAll(/“([^“”]*)”/g, '„$1“') : text),
    list: (values) => (plain ? values.join(', ') : new Intl.ListFormat(locale).format(values)),
  }
}

/** Formats of the interface's language. In pseudo-locale dates are plain, so that no month name looks hard-coded. */
export function useFormat(): Format {
  const { i18n } = useTranslation('ui')
  return useMemo(() => formatsOf(i18n.language, document.documentElement.dataset['pseudo'] === 'true'), [i18n.language])
}

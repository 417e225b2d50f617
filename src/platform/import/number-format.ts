import { dateOfSerial } from '#kernel/import/dates.ts'
import type { Cell } from '#kernel/import.ts'

/** What a number format makes of a number, as far as an import cares. */
export type NumberFormat =
  | { readonly kind: 'general' }
  | { readonly kind: 'date'; readonly time: boolean }
  | { readonly kind: 'duration' }
  | { readonly kind: 'percent'; readonly decimals: number }
  /** Fixed text around a number with leading zeros or decimals: `"R-"000`, `0.00`. */
  | {
      readonly kind: 'pattern'
      readonly prefix: string
      readonly digits: number
      readonly decimals: number
      readonly suffix: string
    }

const general: NumberFormat = { kind: 'general' }
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  45: '[mm]:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
}
// Ids that mean a date in the East Asian versions.
const isLocalDate = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** Reads a format by its id and, for a format of the file's own, its code. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined && isLocalDate(id)) return { kind: 'date', time: false }
  const format = code ?? builtIn[id]
  if (format === undefined) return general
  const [section = ''] = format.split(';')
  if (/^general$/i.test(section) || section === '@') return general
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return { kind: 'duration' }
  if (/[ymdhs]/i.test(bare) && !/[#0]/.test(bare.replace(/\.0+/, ''))) {
    return /[yd]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))
      ? { kind: 'date', time: /[hs]/i.test(bare) }
      : { kind: 'duration' }
  }
  if (bare.includes('%')) return { kind: 'percent', decimals: decimalsOf(bare) }
  return pattern(section)
}

const decimalsOf = (code: string): number => /\.([0#?]+)/.exec(code)?.[1]?.replace(/[^0]/g, '').length ?? 0

function pattern(section: string): NumberFormat {
  const literal = String.raw`(?:"[^"]*"|\\.|[-+ ()/:])*`
  const m = new RegExp(`^(${literal})(0+)(?:\\.(0+))?(${literal})$`).exec(section)
  if (!m) return general
  const plain = (text: string): string => text.replace(/"([^"]*)"|\\(.)/g, '$1$2')
  return {
    kind: 'pattern',
    prefix: plain(m[1] ?? ''),
    digits: (m[2] ?? '').length,
    decimals: (m[3] ?? '').length,
    suffix: plain(m[4] ?? ''),
  }
}

/** The cell a stored number is shown as. */
export function numberCell(value: number, format: NumberFormat, date1904: boolean): Cell {
  const plain = plainNumber(value)
  switch (format.kind) {
    case 'general':
    case 'duration':
      return { text: plain, number: value }
    case 'percent':
      return { text: `${plainNumber(Number((value * 100).toFixed(Math.max(format.decimals, 2))))} %`, number: value }
    case 'pattern': {
      const { prefix, suffix, digits, decimals } = format
      // Only whole numbers of a format with leading zeros or fixed text read differently from the number itself.
      if (value < 0 || (decimals === 0 && !Number.isInteger(value))) return { text: plain, number: value }
      const shown = decimals > 0 ? value.toFixed(decimals) : plain.padStart(digits, '0')
      // Decimals the format would hide are not hidden: 2.345 shown as 2.35 is still 2.345.
      const text = Number(shown) === value ? `${prefix}${shown}${suffix}` : plain
      return prefix.trim() + suffix.trim() === '' ? { text: text.trim(), number: value } : { text: text.trim() }
    }
    case 'date': {
      const date = dateOfSerial(value, date1904)
      if (!date) return { text: plain, number: value }
      const minutes = Math.min(1439, Math.round((value % 1) * 1440))
      const time =
        format.time && minutes > 0
          ? ` ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
          : ''
      return { text: `${date}${time}`, date }
    }
  }
}

/** Without the noise of binary fractions: 0.30000000000000004 is 0.3. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)))
}

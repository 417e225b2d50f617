import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import type { Why } from './views.ts'

/**
 * Turns a reason or a refusal of the domain into a sentence in the reader's language: `risk.no_option` →
 * `risk:problems.no_option`; the English sentence of the server where there is no translation.
 */
export function useReason(): (why: Why) => string {
  const t = useText('risk')
  const format = useFormat()
  const { i18n } = useTranslation('risk')
  return useCallback(
    ({ code, message, facts }: Why): string => {
      const key = `problems.${code.slice(code.indexOf('.') + 1)}`
      // The server's own sentence is English and names more than the facts do.
      if (i18n.language === 'en' || !t.has(key)) return message
      const said = Object.entries(facts).map(([name, value]) => [
        name,
        name === 'state' && t.has(`levelName.${String(value)}`)
          ? t(`levelName.${String(value)}`)
          : Array.isArray(value)
            ? format.list(value)
            : typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
              ? format.shortDate(value)
              : value,
      ])
      return t(key, Object.fromEntries(said) as Record<string, unknown>)
    },
    [t, format, i18n],
  )
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '#ui/text.ts'
import type { Why } from './views.ts'

/** Turns a reason or a refusal of the domain into a sentence in the reader's language. */
export function useReason(): (why: Why) => string {
  const textOf = useRefusalText()
  const { i18n } = useTranslation('risk')
  return useCallback(
    // The server's own sentence is English and names more than the facts do; in pseudo-locale it would look untranslated.
    (why: Why): string =>
      i18n.language === 'en' && document.documentElement.dataset['pseudo'] !== 'true' ? why.message : textOf(why),
    [textOf, i18n],
  )
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Picks the reader's language of a catalogue text; English where it is not translated. */
export function useWorded(): (text: { readonly en: string; readonly de?: string | undefined }) => string {
  const { i18n } = useTranslation('ui')
  const german = i18n.language === 'de'
  return useCallback((text) => (german ? (text.de ?? text.en) : text.en), [german])
}

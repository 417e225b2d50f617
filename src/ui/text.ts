import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import { errorText } from './problem.ts'
import { refusalText, type Said, type Wording } from './refusal-text.ts'

/** Gives the text of a key in the reader's language. */
export interface Text {
  (key: string, values?: Record<string, unknown>): string
  /** Whether a key exists, for keys that come from data. */
  has: (key: string) => boolean
}

/**
 * Texts of one namespace: `const t = useText('risk')`, then `t('list.title')`; other namespaces as `t('web:nav.plan')`.
 * Keys are literal so that the test of the texts finds them; a template begins with the name of an existing group.
 */
export function useText(namespace: string): Text {
  const { t, i18n } = useTranslation(namespace)
  return useMemo(
    () =>
      Object.assign(
        (key: string, values?: Record<string, unknown>): string => (values === undefined ? t(key) : t(key, values)),
        { has: (key: string): boolean => i18n.exists(key, { ns: namespace }) },
      ),
    [t, i18n, namespace],
  )
}

/** Texts of all namespaces that are loaded, with the reader's formats. */
export function useWording(): Wording {
  const { t, i18n } = useTranslation('ui')
  const format = useFormat()
  return useMemo(() => {
    const everywhere = () => Object.keys(i18n.store.data[i18n.language] ?? {})
    return {
      text: (key, values) => t(key, { ...values, ns: everywhere() }),
      has: (key) => i18n.exists(key, { ns: everywhere() }),
      format,
    }
  }, [t, i18n, format])
}

/** Turns a failure into a sentence in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const wording = useWording()
  return useCallback((error: unknown) => errorText(error, wording), [wording])
}

/** Turns a refusal, a reason or a remark of the server into a sentence in the reader's language. */
export function useRefusalText(): (said: Said) => string {
  const wording = useWording()
  return useCallback((said: Said) => refusalText(said, wording), [wording])
}

import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from './problem.ts'

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

/** Turns a failure into a sentence in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const t = useText('ui')
  return useCallback((error: unknown) => errorText(error, t, t.has), [t])
}

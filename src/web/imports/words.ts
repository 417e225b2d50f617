import { useMemo } from 'react'
import { slugOf } from '#platform/contract/issue-rule.ts'
import type { Said } from '#ui/refusal-text.ts'
import { useRefusalText, useText } from '#ui/text.ts'

/** What the server says in English about a file, in the reader's language. */
export interface ImportWords {
  /** A field, a choice or a fact by its English name; what comes from the file or the method stays as it is. */
  readonly label: (english: string) => string
  /** A question or a remark about a row. */
  readonly sentence: (said: Said) => string
}

/** Names of fields in a sentence are facts too, so they are named in the reader's language as well. */
const named = new Set(['field', 'other', 'label'])

export function useImportWords(): ImportWords {
  const t = useText('imports')
  const textOf = useRefusalText()
  return useMemo(() => {
    const one = (english: string): string => {
      const key = `labels.${slugOf(english)}`
      return t.has(key) ? t(key) : english
    }
    const label = (english: string): string => {
      const whole = one(english)
      // “Impact: Financial” is named after a dimension of the method; a list of values is named one by one.
      if (whole !== english || !/: |, | \/ /.test(english)) return whole
      return english
        .split(/(: |, | \/ )/)
        .map(one)
        .join('')
    }
    return {
      label,
      sentence: (said) =>
        textOf({
          ...said,
          facts: Object.fromEntries(
            Object.entries(said.facts).map(([name, value]) => [
              name,
              named.has(name) && typeof value === 'string' ? label(value) : value,
            ]),
          ),
        }),
    }
  }, [t, textOf])
}

import { useMemo } from 'react'
import { slugOf } from '#platform/contract/issue-rule.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import type { ImportRoutes } from '#platform/import/contract.ts'
import { useFormat } from '#ui/format.ts'
import type { Said } from '#ui/refusal-text.ts'
import { useRefusalText, useText } from '#ui/text.ts'
import { useRecordWords } from '../record-words.ts'

/** What the server says in English about a file, in the reader's language. */
export interface ImportWords {
  /** A field, a choice or a fact by its English name; what comes from the file or the method stays as it is. */
  readonly label: (english: string) => string
  /** A question or a remark about a row. */
  readonly sentence: (said: Said) => string
  /** What a record will say. */
  readonly value: (value: FactValue) => string
}

/** Names of fields in a sentence are facts too, so they are named in the reader's language as well. */
const named = new Set(['field', 'other', 'label'])

/** A value of a record to be, as a preview sends it. */
export type FactValue = NonNullable<
  WireResponse<ImportRoutes['preview']>['rows'][number]['becomes']
>['facts'][number]['values'][number]

/** Remarks about a person, a day or a length quote a cell without naming its column, which two of a row may share. */
const quotesOnly = /^import\.(?:owner_|role_vacant$|date_|cut$)/

/** Whether the sentence of a remark makes plain by itself which column it is about. */
export const saysItsColumn = ({ code }: Pick<Said, 'code'>): boolean => !quotesOnly.test(code)

export function useImportWords(): ImportWords {
  const t = useText('imports')
  const textOf = useRefusalText()
  const { value: wordOf } = useRecordWords()
  const format = useFormat()
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
    const told = (name: string, value: Said['facts'][string]): Said['facts'][string] => {
      if (typeof value !== 'string') return value
      if (name === 'measure') return t(`measures.${value}`)
      return named.has(name) ? label(value) : value
    }
    const sentence = (said: Said): string =>
      textOf({ ...said, facts: Object.fromEntries(Object.entries(said.facts).map(([n, v]) => [n, told(n, v)])) })
    const value = (one: FactValue): string => {
      if (one.kind === 'text') return one.text
      if (one.kind === 'day') return format.shortDate(one.day)
      return one.kind === 'word' ? wordOf(one.words, one.word) : sentence(one)
    }
    return { label, sentence, value }
  }, [t, textOf, wordOf, format])
}

import { cleanText, momentText } from './cell-text.ts'
import type { Report } from './report.ts'

/** A line of the cover: what it is, in words, and its value as text. `key` is the same in every language. */
export interface CoverFact {
  readonly key: string
  readonly label: string
  readonly value: string
}

/** What the cover of every format states besides organization and title, in reading order; absent facts are left out. */
export function coverFacts({ meta, labels }: Report): readonly CoverFact[] {
  const fact = (key: string, label: string, value: string | undefined): CoverFact[] =>
    value === undefined || value === '' ? [] : [{ key, label: cleanText(label), value: cleanText(value) }]
  // A zone alone on a second line would be read as another fact.
  const moment = (at: string | undefined): string | undefined =>
    at === undefined ? undefined : momentText(at, meta).replace(/(\d) (\S+)$/, '$1\u00a0$2')
  return [
    ...fact('version', labels.version, meta.version),
    ...fact('status', labels.status, meta.status && labels.statuses[meta.status]),
    ...fact('standing', labels.standing, meta.standing),
    ...fact('classification', labels.classification, meta.classification),
    ...fact('approver', labels.approver, meta.approver),
    ...fact('approvedAt', labels.approvedAt, moment(meta.approvedAt)),
    ...fact('asOf', labels.asOf, moment(meta.asOf)),
    ...fact('method', labels.method, meta.method),
    ...fact('filter', labels.filter, meta.filter),
    ...fact('rowCount', labels.rowCount, String(meta.rowCount)),
    ...fact('generatedAt', labels.generatedAt, moment(meta.generatedAt)),
    ...fact('hash', labels.hash, meta.hash),
  ]
}

/** Whether a fact takes the width of the cover; shorter ones stand in columns, on two lines where words allow. */
export const isLongFact = (value: string): boolean => value.length > 60 || /\S{37}/.test(value)

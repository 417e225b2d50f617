import { dateAt, endOfDay } from '#kernel/time.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ReportMeta } from './report.ts'

/** When a document was made and, where its records are those of an earlier moment, of which. */
export type ReportMoment = Pick<ReportMeta, 'generatedAt' | 'asOf'>

/** The moments of a document that is made in this transaction. The end of a day, as asked for by a bare date, is that day. */
export function reportMoment({
  startedAt,
  now,
  asOf,
  org,
}: Pick<Tx, 'startedAt' | 'now' | 'asOf' | 'org'>): ReportMoment {
  if (asOf === null) return { generatedAt: startedAt }
  const day = dateAt(now, org.timeZone)
  return { generatedAt: startedAt, asOf: now === endOfDay(day, org.timeZone) ? day : now }
}

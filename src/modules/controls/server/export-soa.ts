import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, downloadUseCase } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { Report } from '#platform/render/report.ts'
import { reportDownload } from '#platform/render/report-download.ts'
import { reportMoment } from '#platform/render/report-moment.ts'
import { controls } from '../contract.ts'
import { soaReport } from './soa-report.ts'
import { showStatement, workingRows } from './soa-views.ts'
import { languageOf } from './views.ts'

/** The statement as a report: a version, or the working statement. */
export async function printSoa(
  tx: Tx,
  asked: { readonly soaId?: Id<'soa'> | undefined; readonly language?: 'en' | 'de' | undefined },
  can: Can,
): Promise<Report> {
  const moment = reportMoment(tx)
  if (asked.soaId === undefined) {
    const language = asked.language ?? languageOf(tx.org.language)
    return soaReport({ rows: await workingRows(tx, language), version: null, language }, tx.org, moment)
  }
  const { rows, number, status, approvedBy, approvedAt, hash, language } = await showStatement(tx, asked.soaId, can)
  const version = { number, issued: status === 'issued' || status === 'superseded', approvedBy, approvedAt, hash }
  return soaReport({ rows, version, language: languageOf(language) }, tx.org, moment)
}

/** The version in force as a document. Refuses with `soa.none_issued`. */
export async function printIssuedSoa(tx: Tx, can: Can): Promise<Report> {
  const issued = await tx.first<{ id: Id<'soa'> }>(
    statement(`select id from soa_version where org_id = $1 and status = 'issued'`, [tx.org.id]),
  )
  if (issued) return printSoa(tx, { soaId: issued.id }, can)
  throw new RefusalError({
    code: 'soa.none_issued',
    message: `${tx.org.name} has no issued statement at that time: export the working statement, or issue one first.`,
    facts: { organization: tx.org.name },
  })
}

export const exportSoaUseCase = downloadUseCase(controls.export, async ({ tx, query, can }) =>
  reportDownload(await printSoa(tx, query, can), query.format),
)

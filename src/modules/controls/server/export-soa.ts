import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, downloadUseCase } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { Report } from '#platform/render/report.ts'
import { reportDownload } from '#platform/render/report-download.ts'
import { reportMoment } from '#platform/render/report-moment.ts'
import { controls } from '../contract.ts'
import type { ControlFilter } from '../domain/filter-controls.ts'
import { soaFilterWords } from './soa-filters.ts'
import { soaReport } from './soa-report.ts'
import { filteredStatement, showStatement } from './soa-views.ts'
import { languageOf } from './views.ts'

interface AskedSoa extends ControlFilter {
  readonly soaId?: Id<'soa'> | undefined
  readonly language?: 'en' | 'de' | undefined
}

/** The statement as a report: a version whole, or the working statement as far as the filter leaves it. */
export async function printSoa(tx: Tx, asked: AskedSoa, can: Can): Promise<Report> {
  const moment = reportMoment(tx)
  const { soaId, language = languageOf(tx.org.language), ...filter } = asked
  if (soaId === undefined) {
    const { rows, kept } = await filteredStatement(tx, language, filter)
    const words = soaFilterWords(filter, rows, language)
    const filterWords = words === '' ? {} : { filter: words }
    return soaReport({ rows: kept, version: null, language, ...filterWords }, tx.org, moment)
  }
  if (soaFilterWords(filter, [], language) !== '') {
    throw new RefusalError({
      code: 'soa.version_is_whole',
      message:
        'A version of the statement is approved as a whole and exported as a whole: leave the filter out, or export the working statement with it.',
      facts: {},
    })
  }
  const [shown, lasting] = await Promise.all([showStatement(tx, soaId, can), lastingFacts(tx, soaId)])
  const { number, status, note, hash, endedAt, standing, approvedAt } = shown
  const version = {
    number,
    status,
    note,
    hash,
    endedAt,
    standing,
    supersededBy: lasting.supersededBy,
    prepared: { name: shown.preparedBy, jobTitle: lasting.preparedAs ?? '', at: shown.preparedAt },
    separation: shown.separation,
    approved:
      approvedAt === null ? null : { name: shown.approvedBy, jobTitle: lasting.approvedAs ?? '', at: approvedAt },
  }
  return soaReport({ rows: shown.rows, version, language: languageOf(shown.language) }, tx.org, moment)
}

interface LastingFacts {
  readonly preparedAs: string | null
  readonly approvedAs: string | null
  readonly supersededBy: number | null
}

// In which position somebody signed is what the ledger says of that moment: people change theirs.
const positionAt = (person: string, moment: string): string =>
  `(select l.after ->> 'job_title' from ledger_entry l
    where l.org_id = v.org_id and l.record_type = 'person' and l.record_id = v.${person} and l.at <= v.${moment}
    order by l.seq desc limit 1)`

async function lastingFacts(tx: Tx, id: Id<'soa'>): Promise<LastingFacts> {
  const found = await tx.first<LastingFacts>(
    statement(
      `select ${positionAt('prepared_by', 'prepared_at')} as prepared_as,
         ${positionAt('approved_by', 'approved_at')} as approved_as,
         (select n.number from soa_version n
          where v.status = 'superseded' and n.org_id = v.org_id and n.id <> v.id and n.approved_at >= v.ended_at
          order by n.approved_at limit 1) as superseded_by
       from soa_version v where v.org_id = $1 and v.id = $2`,
      [tx.org.id, id],
    ),
  )
  return found ?? { preparedAs: null, approvedAs: null, supersededBy: null }
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

export const exportSoaUseCase = downloadUseCase(controls.export, async ({ tx, query: { format, ...asked }, can }) =>
  reportDownload(await printSoa(tx, asked, can), format),
)

import type { z } from 'zod'
import type { OrgFacts } from '#platform/access/policy.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import type { Page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, downloadUseCase, type UseCase } from '#platform/http/use-case.ts'
import { reportLabels } from './labels.ts'
import { filterWords, type RegisterFilters } from './register-filter.ts'
import type { Cell, Column, DataRow, Report, ReportFormat, RowGroup } from './report.ts'
import { reportDownload } from './report-download.ts'
import { type ReportMoment, reportMoment } from './report-moment.ts'
import type { ReportLanguage, Words } from './words.ts'

/** A column of a register: how it is set, and what a row says in it. */
export interface RegisterColumn<Row> extends Omit<Column, 'title'> {
  readonly title: Words
  readonly cell: (row: Row, language: ReportLanguage, org: OrgFacts) => Cell
}

/** How a register becomes a document. */
export interface Register<Row> {
  /** Machine name of the table. */
  readonly key: string
  readonly title: Words
  /** Clause or control the register answers to. */
  readonly subtitle: Words
  readonly columns: readonly RegisterColumn<Row>[]
  /** By the name the list route gives them. */
  readonly filters?: RegisterFilters<Row>
  /** Groups rows under titles; rows of a group follow each other. */
  readonly group?: { readonly title: Words; readonly of: (row: Row, language: ReportLanguage) => string }
  /** A row as machines read it: language-free keys and codes. */
  readonly data: (row: Row) => DataRow
}

/** What was asked for: language and the filters of the list. */
interface Asked {
  readonly language?: ReportLanguage | undefined
  readonly q?: string | undefined
}

const classification: Words = { en: 'Internal', de: 'Intern' }

/** A register as a document, the same in every format. */
export function registerReport<Row>(
  register: Register<Row>,
  rows: readonly Row[],
  asked: Asked,
  org: OrgFacts,
  moment: ReportMoment,
): Report {
  const language = asked.language ?? (org.language === 'de' ? 'de' : 'en')
  const cells = (row: Row) =>
    Object.fromEntries(register.columns.map(({ key, cell }) => [key, cell(row, language, org)]))
  const filter = filterWords(register.filters ?? {}, asked, rows, language)
  const { group } = register
  const groups: RowGroup[] = [...Map.groupBy(rows, (row) => group?.of(row, language) ?? '')].map(
    ([title, members]) => ({
      title,
      rows: members.map(cells),
    }),
  )
  return {
    meta: {
      organization: org.name,
      title: register.title[language],
      subtitle: register.subtitle[language],
      classification: classification[language],
      ...moment,
      rowCount: rows.length,
      language,
      timeZone: org.timeZone,
      ...(filter === '' ? {} : { filter }),
    },
    labels: reportLabels[language],
    mainTable: register.key,
    sections: [
      {
        blocks: [
          {
            kind: 'table',
            key: register.key,
            columns: register.columns.map(({ cell: _cell, title, ...column }) => ({
              ...column,
              title: title[language],
            })),
            ...(group === undefined ? { rows: rows.map(cells) } : { groups, groupTitle: group.title[language] }),
          },
        ],
      },
    ],
    data: rows.map(register.data),
  }
}

/** Every row of a list, page by page: as many statements as there are ten thousands of rows. */
export async function everyRow<Row, Query extends object>(
  list: (query: Query & { limit: number; cursor?: string }) => Promise<Page<Row>>,
  query: Query,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const found: Page<Row> = await list({ ...query, limit: 10_000, ...(cursor === null ? {} : { cursor }) })
    for (const row of found.items) rows.push(row)
    cursor = found.next
  } while (cursor !== null)
  return rows
}

/** Makes a document of a register: for the route and for the command line. */
export type PrintRegister<Query> = (tx: Tx, query: Query, can: Can) => Promise<Report>

/** A register that reads its rows from a list. */
export function printing<Row, Query extends Asked>(
  register: Register<Row>,
  read: (tx: Tx, query: Query, can: Can) => Promise<readonly Row[]>,
): PrintRegister<Query> {
  return async (tx, query, can) => registerReport(register, await read(tx, query, can), query, tx.org, reportMoment(tx))
}

/** The route of a register's export. */
export function registerExportUseCase<Query extends { readonly format: ReportFormat }>(
  contract: RouteContract & { readonly query: z.ZodObject & z.ZodType<Query> },
  print: PrintRegister<NoInfer<Query>>,
): UseCase<unknown> {
  return downloadUseCase(contract, async ({ tx, query, can }) =>
    reportDownload(await print(tx, query, can), query.format),
  )
}

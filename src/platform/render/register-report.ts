import type { OrgFacts } from '#platform/access/policy.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import type { Page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, downloadUseCase, type UseCase } from '#platform/http/use-case.ts'
import { reportLabels } from './labels.ts'
import type { Cell, Column, DataRow, Report, ReportFormat, RowGroup } from './report.ts'
import { reportDownload } from './report-download.ts'
import { type ReportMoment, reportMoment } from './report-moment.ts'

export type ReportLanguage = 'en' | 'de'

/** The same words in every language documents come in. */
export type Words<T = string> = Readonly<Record<ReportLanguage, T>>

/** A column of a register: how it is set, and what a row says in it. */
export interface RegisterColumn<Row> extends Omit<Column, 'title'> {
  readonly title: Words
  readonly cell: (row: Row, language: ReportLanguage) => Cell
}

/** A filter of the list, said in words on the document. */
export interface RegisterFilter<Row> {
  readonly title: Words
  /** The word for a value; ids are looked up in the rows the filter has left. */
  readonly word: (value: string, language: ReportLanguage, rows: readonly Row[]) => string
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
  readonly filters?: Readonly<Record<string, RegisterFilter<Row>>>
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

const common: Words<{ classification: string; search: string; withdrawn: string; yes: string; quotes: string }> = {
  en: { classification: 'Internal', search: 'Search', withdrawn: 'Withdrawn', yes: 'yes', quotes: '“”' },
  de: { classification: 'Intern', search: 'Suche', withdrawn: 'Zurückgezogen', yes: 'ja', quotes: '„“' },
}

/** A register as a document, the same in every format. */
export function registerReport<Row>(
  register: Register<Row>,
  rows: readonly Row[],
  asked: Asked,
  org: OrgFacts,
  moment: ReportMoment,
): Report {
  const language = asked.language ?? (org.language === 'de' ? 'de' : 'en')
  const cells = (row: Row) => Object.fromEntries(register.columns.map(({ key, cell }) => [key, cell(row, language)]))
  const filter = filterWords(register, asked, rows, language)
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
      classification: common[language].classification,
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

function filterWords<Row>(
  register: Register<Row>,
  asked: Asked,
  rows: readonly Row[],
  language: ReportLanguage,
): string {
  const t = common[language]
  const said = asked.q === undefined || asked.q === '' ? [] : [`${t.search}: ${t.quotes[0]}${asked.q}${t.quotes[1]}`]
  for (const [name, value] of Object.entries(asked as Readonly<Record<string, unknown>>)) {
    if (name === 'withdrawn' && value === true) said.push(`${t.withdrawn}: ${t.yes}`)
    const filter = register.filters?.[name]
    if (filter === undefined || value === undefined) continue
    const values = (Array.isArray(value) ? value : [value]) as unknown[]
    said.push(`${filter.title[language]}: ${values.map((one) => filter.word(String(one), language, rows)).join(', ')}`)
  }
  return said.join('; ')
}

/** The filter by person, which every register has: the name as the rows have it. */
export function personFilter<Row>(
  title: Words,
  person: (row: Row) => { readonly id: string; readonly name: string } | null,
): RegisterFilter<Row> {
  return { title, word: (id, _language, rows) => rows.map(person).find((one) => one?.id === id)?.name ?? '–' }
}

/** The words of a code in both languages, as a filter and cells need them. */
export function coded<Code extends string>(words: Words<Readonly<Record<Code, string>>>) {
  return (code: Code | null | undefined, language: ReportLanguage): string =>
    code === null || code === undefined ? '' : words[language][code]
}

/** The filter by a code. */
export const codeFilter = <Row>(
  title: Words,
  word: (code: never, language: ReportLanguage) => string,
): RegisterFilter<Row> => ({ title, word: (value, language) => word(value as never, language) })

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
export function registerExportUseCase<const C extends RouteContract, Query extends Asked>(
  contract: C,
  print: PrintRegister<Query>,
): UseCase<unknown> {
  return downloadUseCase(contract, async ({ tx, query, can }) =>
    reportDownload(
      await print(tx, query as unknown as Query, can),
      (query as unknown as { format: ReportFormat }).format,
    ),
  )
}

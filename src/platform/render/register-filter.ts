import type { ReportLanguage, Words } from './words.ts'

/** A filter of a list, said in words on the document. */
export interface RegisterFilter<Row> {
  readonly title: Words
  /** The word for a value; ids are looked up in the rows the filter has left. */
  readonly word: (value: string, language: ReportLanguage, rows: readonly Row[]) => string
}

/** Filters by the name the list route gives them. */
export type RegisterFilters<Row> = Readonly<Record<string, RegisterFilter<Row>>>

const common: Words<{ search: string; withdrawn: string; yes: string; quotes: string }> = {
  en: { search: 'Search', withdrawn: 'Withdrawn', yes: 'yes', quotes: '“”' },
  de: { search: 'Suche', withdrawn: 'Zurückgezogen', yes: 'ja', quotes: '„“' },
}

/** Search and filters of a list as its document says them: `Search: “halle”; Type: Hardware`. Empty where there are none. */
export function filterWords<Row>(
  filters: RegisterFilters<Row>,
  asked: object,
  rows: readonly Row[],
  language: ReportLanguage,
): string {
  const t = common[language]
  return Object.entries(asked)
    .flatMap(([name, value]: [string, unknown]): string[] => {
      if (value === undefined || value === '') return []
      if (name === 'q' && typeof value === 'string') return [`${t.search}: ${t.quotes[0]}${value}${t.quotes[1]}`]
      if (name === 'withdrawn') return value === true ? [`${t.withdrawn}: ${t.yes}`] : []
      const filter = filters[name]
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      if (filter === undefined || values.length === 0) return []
      return [`${filter.title[language]}: ${values.map((one) => filter.word(String(one), language, rows)).join(', ')}`]
    })
    .join('; ')
}

/** The filter by person, which every register has: the name as the rows have it. */
export function personFilter<Row>(
  title: Words,
  person: (row: Row) => { readonly id: string; readonly name: string } | null,
): RegisterFilter<Row> {
  return { title, word: (id, _language, rows) => rows.map(person).find((one) => one?.id === id)?.name ?? '–' }
}

/** The filter by a code; a code nobody knows is said as it is. */
export const codeFilter = <Row>(
  title: Words,
  word: (code: never, language: ReportLanguage) => string,
): RegisterFilter<Row> => ({ title, word: (value, language) => word(value as never, language) })

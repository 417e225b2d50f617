import { claimedOwner } from '#kernel/import/as-imported.ts'
import type { RegisterColumn } from './register-report.ts'
import type { Cell } from './report.ts'
import type { ReportLanguage, Words } from './words.ts'

/** Names of the fields of a row that hold such a value. */
type Holding<Row, Value> = { [K in keyof Row]: Row[K] extends Value ? K : never }[keyof Row] & string

type More<Row> = Partial<Omit<RegisterColumn<Row>, 'key' | 'title' | 'kind' | 'cell'>>

interface Named {
  readonly name: string
}

/**
 * Builders of the columns most registers have, each named after the field of the row it shows: `columns<Item>()`.
 * Titles are given in English and German.
 */
export const columns = <Row>() => ({
  ref: (key: Holding<Row, string>, title: Words, more: More<Row> = {}) => plain<Row>(key, 'ref', title, more),
  text: (key: Holding<Row, string | null>, title: Words, more: More<Row> = {}) => plain<Row>(key, 'text', title, more),
  date: (key: Holding<Row, string | null>, title: Words, more: More<Row> = {}) => plain<Row>(key, 'date', title, more),
  number: (key: Holding<Row, number | null>, title: Words, more: More<Row> = {}) =>
    plain<Row>(key, 'number', title, more),
  /** A code, in the words of the document's language. */
  code: <K extends keyof Row & string>(
    key: K,
    title: Words,
    word: (code: Row[K], language: ReportLanguage) => string,
    more: More<Row> = {},
  ): RegisterColumn<Row> => ({
    key,
    title,
    kind: 'text',
    ...more,
    cell: (row, language) => word(row[key], language),
  }),
  /** A person the row names, such as its owner; where only an import names one, that name, said to be the import's. */
  named: <K extends Holding<Row, Named | null>>(
    key: K,
    title: Words,
    more: More<Row> = {},
    claimed: (row: Row) => string = () => '',
  ): RegisterColumn<Row> => ({
    key,
    title,
    kind: 'text',
    ...more,
    cell: (row, language) => {
      const named = row[key] as Named | null
      return named === null ? claimedOwner(claimed(row), language) : named.name
    },
  }),
})

const plain = <Row>(
  key: keyof Row & string,
  kind: RegisterColumn<Row>['kind'],
  title: Words,
  more: More<Row>,
): RegisterColumn<Row> => ({ key, title, kind, ...more, cell: (row) => row[key] as Cell })

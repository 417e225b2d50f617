import type { Instant, LocalDate } from '#kernel/time.ts'

/**
 * A document as data: what it says, never how it is set. Every format is rendered from this one model, so the content
 * is the same in each. Nothing in it is markup: text is text, whatever characters it holds.
 */
export interface Report {
  readonly meta: ReportMeta
  readonly labels: ReportLabels
  readonly sections: readonly ReportSection[]
  /** The rows as machines read them: language-free keys and codes. JSON exports are `{ meta, rows: data }`. */
  readonly data: readonly DataRow[]
  /** Key of the table a CSV file holds (CSV holds exactly one). The first table when not given. */
  readonly mainTable?: string
}

/** What the cover, the running header and the file's own properties say. */
export interface ReportMeta {
  readonly organization: string
  readonly title: string
  readonly subtitle?: string
  readonly version?: string
  /** Not given for what is neither, such as a register as it stands. */
  readonly status?: DocumentStatus
  /** Whether an issued document still says what holds, and why not; in a sentence, for the cover. */
  readonly standing?: string
  /** The same in two or three words for the header of every page, where a reader must not miss it: “Out of date”. */
  readonly mark?: string
  readonly classification: string
  readonly preparer?: string
  readonly preparedAt?: Instant | LocalDate
  /** What is to be said of the separation of preparing and approving, in a sentence; left out where two people did it. */
  readonly separation?: string
  readonly approver?: string
  readonly approvedAt?: Instant | LocalDate
  readonly generatedAt: Instant
  /** The moment the records are shown at. A day means its end, as everywhere. */
  readonly asOf?: Instant | LocalDate
  /** The filter in words, as the reader of the list saw it. */
  readonly filter?: string
  /** Rows of the main table. */
  readonly rowCount: number
  /** BCP 47: decides hyphenation, number and date words, reading direction, the document's language property. */
  readonly language: string
  /** IANA zone the moments are printed in; UTC when not given. */
  readonly timeZone?: string
  /** Hash of the content that was approved (hex), as recorded at issue. */
  readonly hash?: string
  /** The risk method (or other method) and version the figures follow. */
  readonly method?: string
}

/** Where a document stands that is approved before it holds. */
export type DocumentStatus = 'draft' | 'proposed' | 'issued' | 'superseded' | 'withdrawn'

/** All fixed words of a document, already in its language. */
export interface ReportLabels {
  /** With `{page}` and `{pages}`: “Page {page} of {pages}”. */
  readonly pageOf: string
  readonly statuses: Readonly<Record<DocumentStatus, string>>
  readonly organization: string
  readonly document: string
  readonly version: string
  readonly status: string
  readonly standing: string
  readonly classification: string
  readonly approver: string
  readonly approvedAt: string
  readonly asOf: string
  readonly generatedAt: string
  readonly filter: string
  readonly rowCount: string
  readonly method: string
  readonly hash: string
  /** Name of the XLSX sheet that holds what the cover says. */
  readonly about: string
  /** What a table without rows shows. */
  readonly noRows: string
  /** With `{count}`: end of an XLSX cell whose text passes Excel's limit of 32,767 characters. */
  readonly cutOff: string
}

export interface ReportSection {
  readonly title?: string
  readonly blocks: readonly ReportBlock[]
}

export type ReportBlock = ParagraphBlock | FactsBlock | TableBlock | CalloutBlock

/** Running text; a blank line separates paragraphs, a line break is kept. */
export interface ParagraphBlock {
  readonly kind: 'paragraph'
  readonly text: string
}

/** Label and value, one under the other. */
export interface FactsBlock {
  readonly kind: 'facts'
  readonly items: readonly Fact[]
}

export interface Fact {
  readonly label: string
  readonly value: Cell
  /** How the value is read; text when not given. */
  readonly kind?: ColumnKind
}

/** A boxed remark. The title carries the meaning in words, the tone only supports it. */
export interface CalloutBlock {
  readonly kind: 'callout'
  readonly tone: Tone
  readonly title: string
  readonly text?: string
}

/** A table. Rows are given flat (`rows`) or in titled groups (`groups`), never both. */
export interface TableBlock {
  readonly kind: 'table'
  /** Machine name, unique within the report. */
  readonly key: string
  readonly title?: string
  readonly columns: readonly Column[]
  readonly rows?: readonly Row[]
  readonly groups?: readonly RowGroup[]
  /** What the groups are (“Theme”): XLSX and CSV carry the group as a first column of this name. */
  readonly groupTitle?: string
  /** Printed under the table. */
  readonly note?: string
}

export interface RowGroup {
  readonly title: string
  /** What else is to be said of all its rows: pages print it under the title, spreadsheets after it. */
  readonly detail?: string
  readonly rows: readonly Row[]
  /** What stands in the place of its rows where there are none; it is no row and not counted. */
  readonly instead?: Row
}

/** Cells by column key; a missing one is an empty cell. */
export type Row = Readonly<Record<string, Cell>>

export interface Column {
  readonly key: string
  readonly title: string
  readonly kind: ColumnKind
  /** Share of the width that is left after the narrow columns (weight, default from the content). */
  readonly width?: number
  /**
   * Key of a column of kind `text` or `ref` under whose cells pages print this one, with its title and muted;
   * spreadsheets keep it as a column of its own.
   */
  readonly under?: string
  /** With `under`: on pages it continues the line of the column before it instead of beginning one of its own. */
  readonly sameLine?: boolean
  /** With `under`: pages print its lines last and without its title: what was noted beside. */
  readonly untitled?: boolean
  /** With `under`: pages print this many characters and an ellipsis, such as of a hash; all other formats print all. */
  readonly short?: number
  /** Default: numbers to the end, everything else to the start. */
  readonly align?: 'start' | 'center' | 'end'
}

/**
 * - `text`: line breaks are kept
 * - `ref`: a short identifier that never breaks
 * - `number`: a real number
 * - `date`: a `LocalDate` or `Instant`; written in the document's language for people, as 2026-03-31 (ISO 8601) in CSV
 * - `badge`: a state as icon, word and tone
 * - `list`: several short texts, one per line
 */
export type ColumnKind = 'text' | 'ref' | 'number' | 'date' | 'badge' | 'list'

/** One value. `null` and `''` are an empty cell. */
export type Cell = string | number | null | Badge | Noted | readonly string[]

/** A text with what was noted beside it, on muted lines of its own. */
export interface Noted {
  readonly text: string
  readonly noted: string
}

/** A state: the word says it, icon and tone repeat it, so that it never hangs on colour alone. */
export interface Badge {
  readonly text: string
  readonly icon: BadgeIcon
  readonly tone: Tone
  /** A colour of the organization's own (the method's band), `#rrggbb`; colours the icon only. */
  readonly swatch?: string
}

export type Tone = 'positive' | 'caution' | 'negative' | 'info' | 'neutral'

export type BadgeIcon = keyof typeof badgeGlyphs

/** Icons as characters, for formats that cannot draw. */
export const badgeGlyphs = {
  full: '●',
  half: '◐',
  open: '○',
  dotted: '◌',
  dash: '–',
  question: '?',
  cross: '✕',
  check: '✓',
  alert: '▲',
  square: '■',
} as const

/** Text colours of the tones; each has a contrast of at least 5 : 1 on white. */
export const toneColors: Readonly<Record<Tone, string>> = {
  positive: '#1b6b3a',
  caution: '#8a5300',
  negative: '#b3261e',
  info: '#1d5a99',
  neutral: '#565d69',
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

export type DataRow = Readonly<Record<string, JsonValue>>

export const reportFormats = ['pdf', 'docx', 'xlsx', 'csv', 'json'] as const

export type ReportFormat = (typeof reportFormats)[number]

export const isBadge = (cell: Cell): cell is Badge => typeof cell === 'object' && cell !== null && 'icon' in cell

export const isNoted = (cell: Cell): cell is Noted => typeof cell === 'object' && cell !== null && 'noted' in cell

/** What is not in force says so; an issued document needs no mark. */
export const statusMark = ({ status }: Pick<ReportMeta, 'status'>, labels: Pick<ReportLabels, 'statuses'>): string =>
  status === undefined || status === 'issued' ? '' : labels.statuses[status]

/** All tables of a report in reading order. */
export function tablesOf(report: Report): readonly TableBlock[] {
  return report.sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'table'))
}

/** The table a CSV file holds; null when the report has none. */
export function mainTableOf(report: Report): TableBlock | null {
  const tables = tablesOf(report)
  return tables.find((table) => table.key === report.mainTable) ?? tables[0] ?? null
}

/** Title and detail of a group on one line, as spreadsheets say it. */
export const groupLine = ({ title, detail }: RowGroup): string =>
  detail === undefined || detail === '' ? title : `${title} · ${detail}`

/** What is printed under the title of a group: its rows, or what stands in their place. */
export const linesOf = ({ rows, instead }: RowGroup): readonly Row[] =>
  rows.length === 0 && instead !== undefined ? [instead] : rows

/** What a table prints in order, whether grouped or not. */
export function rowsOf(table: TableBlock): readonly Row[] {
  return table.groups?.flatMap(linesOf) ?? table.rows ?? []
}

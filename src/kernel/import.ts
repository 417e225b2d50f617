import type { ImportCode } from './import/sentences.ts'
import type { RefusalFacts } from './result.ts'
import type { LocalDate } from './time.ts'

/**
 * What reading, mapping and interpreting a spreadsheet have in common. The platform reads files and guesses mappings
 * without knowing registers; each module interprets rows without knowing files. These types are where they meet.
 */

/** One cell as a person sees it. `text` is always there; `number` and `date` only when the file says so by type. */
export interface Cell {
  readonly text: string
  readonly number?: number
  readonly date?: LocalDate
  /** The value is the stored result of a formula. */
  readonly computed?: true
  /** Target of a hyperlink on the cell. */
  readonly link?: string
  /** Why the cell has no usable value: an error value (in `text`), or a formula nobody has calculated. */
  readonly problem?: 'error' | 'uncalculated'
}

/** A row of a sheet with the number it has in the file (1 is the first line). Columns count from 0; gaps are absent. */
export interface SheetRow {
  readonly line: number
  readonly cells: readonly (Cell | undefined)[]
}

/** A merged range: lines from 1, columns from 0, all inclusive. */
export interface MergedRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** One sheet of a workbook (a CSV file is a workbook of one). Rows without any content are left out. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly SheetRow[]
  /** One more than the last column with content. */
  readonly width: number
  readonly merges: readonly MergedRange[]
  /** The sign between cells of a text file, where a row with more cells than the header is a damaged row; null for workbooks. */
  readonly separator: string | null
  /** What the reader had to assume, for people: encoding, delimiter. */
  readonly notes: readonly string[]
}

/** Why a row is proposed to be left out. A person may overrule it per line. */
export type SkipKind = 'section' | 'heading' | 'placeholder' | 'repeatedHeader' | 'total' | 'legend' | 'computedOnly'

export interface TableRow extends SheetRow {
  /** The heading row above (“HUMAN RESOURCES”), when the table is divided by such rows. */
  readonly section?: string
  readonly skip?: { readonly kind: SkipKind; readonly text: string }
  /** What was put right while reading the row (cells a stray comma had torn apart), for people to check. */
  readonly repaired?: { readonly text: string; readonly separator: string }
  /** Cells beyond the header that could not be put right. */
  readonly extra?: readonly string[]
}

/** A column heading: what it says, with the heading of its group in front where the header has two rows. */
export interface Header {
  readonly index: number
  readonly text: string
}

/** A sheet with its header row found. */
export interface Table {
  readonly sheet: string
  readonly headerLine: number
  readonly headers: readonly Header[]
  readonly rows: readonly TableRow[]
}

/** How a field's values look; the guess uses it as evidence, the row reader to convert. */
export type FieldKind =
  | 'ref'
  | 'name'
  | 'text'
  | 'longText'
  | 'person'
  | 'email'
  | 'date'
  | 'number'
  | 'money'
  | 'yesNo'
  | 'choice'
  | 'scale'
  | 'controls'

/** A value a choice field can take, with the words files use for it (any language). */
export interface Choice {
  readonly value: string
  readonly words: readonly string[]
}

/** A field of a register that a column can feed. */
export interface ImportField {
  /** Stable name, as it stands in mappings: `title`, `inherent.impact.financial`. */
  readonly name: string
  /** English name for people. */
  readonly label: string
  readonly kind: FieldKind
  /** Headings that mean this field, English and German, as people write them. */
  readonly headers: readonly string[]
  /** Words that rule the field out when a heading contains them. */
  readonly not?: readonly string[]
  /** Rows are recognised by it: a row whose key fields are all template text is template text. */
  readonly key?: boolean
  /** Several columns may feed it; their texts are joined. */
  readonly many?: boolean
  readonly choices?: readonly Choice[]
  /** A cell may hold several choices (“Mitigate / Transfer”). */
  readonly combines?: true
}

/** A field a heading may mean, 0 to 1. */
export interface HeadingMatch {
  readonly field: string
  readonly kind: FieldKind
  readonly score: number
}

export type Severity = 'error' | 'warning' | 'note'

/** Something to say about a row. `code` is stable; `message` is the English sentence; `facts` are what it is made of. */
export interface RowIssue {
  readonly severity: Severity
  /** One of the sentences known here, or the code of the rule that refused the row. */
  readonly code: ImportCode | (string & {})
  readonly field: string | null
  readonly message: string
  readonly facts: RefusalFacts
}

export type RowStatus = 'create' | 'update' | 'skip' | 'error'

/** What one row of the file will become. `becomes` is null for rows that are skipped or cannot be read. */
export interface InterpretedRow<Draft> {
  readonly line: number
  readonly status: RowStatus
  readonly becomes: Draft | null
  /** The record that already has this reference; set when `status` is `update` or the row is skipped because of it. */
  readonly existingId: string | null
  readonly issues: readonly RowIssue[]
}

/** A column of the file: its position and heading. The heading wins when a saved mapping meets a rearranged file. */
export interface ColumnRef {
  readonly index: number
  readonly header: string
}

/** Stage of a risk that unlabelled or residual figures stand for. */
export type Stage = 'inherent' | 'current' | 'target'

export interface MappingOptions {
  /** Rows whose reference already exists: change the record or leave it. */
  readonly existing: 'update' | 'skip'
  /** Which stage likelihood and impact columns without “inherent” or “current” in their heading stand for. */
  readonly assessedMeans: 'inherent' | 'current' | null
  /** Impact dimension of the file → dimension key of the method; null keeps it among the original values only. */
  readonly dimensions: Readonly<Record<string, string | null>>
  /** When a control's number and title disagree: which of them counts. Null leaves such rows out until someone says. */
  readonly controlMismatch: 'number' | 'title' | 'skip' | null
  /** ISO 4217 code for amounts without a currency of their own. */
  readonly currency: string | null
}

/**
 * How a sheet's columns and values become a register's fields. Made by a guess, corrected by a person, saved and used
 * again. Everything that is converted is listed here: nothing is scaled by arithmetic.
 */
export interface Mapping {
  readonly register: string
  readonly sheet: string
  readonly headerRow: number
  readonly columns: Readonly<Record<string, readonly ColumnRef[]>>
  /** Per field: value as it stands in the file → value of the field; null leaves it as text only. */
  readonly valueMaps: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  /** Per scale (`likelihood`, `impact`, `impact.financial`, `level`): value in the file → level of the method; null leaves it unscored. */
  readonly levelMaps: Readonly<Record<string, Readonly<Record<string, number | null>>>>
  /** What “residual” columns mean: with the controls that are live, or when the plan is done. Null: not said yet. */
  readonly residualMeans: 'current' | 'target' | null
  /** How `03/04/26` is to be read. */
  readonly dateFormat: 'dmy' | 'mdy' | null
  /** Values for fields no column feeds. */
  readonly defaults: Readonly<Record<string, string>>
  /** Decisions about single lines: take a row that was proposed to be skipped, skip one, name the control it means. */
  readonly rows: Readonly<Record<string, { readonly skip?: boolean; readonly control?: string }>>
  readonly options: MappingOptions
}

/** A mapping that maps nothing yet. */
export function emptyMapping(register: string, sheet: string, headerRow: number): Mapping {
  return {
    register,
    sheet,
    headerRow,
    columns: {},
    valueMaps: {},
    levelMaps: {},
    residualMeans: null,
    dateFormat: null,
    defaults: {},
    rows: {},
    options: { existing: 'skip', assessedMeans: null, dimensions: {}, controlMismatch: null, currency: null },
  }
}

/**
 * Something only a person can say, or (without choices) only has to know. `about` is the place in the mapping the answer goes to (`residualMeans`,
 * `levelMaps.impact`, `columns.owner`). `proposal` is what the mapping holds already; null when nothing was assumed.
 */
export interface Question {
  readonly about: string
  readonly code: ImportCode
  readonly message: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly proposal: string | null
  /** Rows stay incomplete until it is answered. */
  readonly needed: boolean
}

export interface ImportPerson {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly jobTitle: string | null
  /** Day the person left, when they did. */
  readonly leftOn: LocalDate | null
}

export interface ImportRole {
  readonly name: string
  readonly aliases: readonly string[]
  readonly holderIds: readonly string[]
}

/** A control of the catalogue release in use, or an own control. */
export interface ImportControl {
  readonly ref: string
  /** Short titles, one per language at most: `{ en: 'Screening' }`. */
  readonly titles: Readonly<Record<string, string>>
  /** Controls of the edition before that went into it, with their titles where known. */
  readonly predecessors: readonly { readonly ref: string; readonly title: string | null }[]
}

export interface ImportRecordRef {
  readonly id: string
  readonly ref: string | null
  readonly name: string
}

export interface ImportLevel {
  readonly value: number
  readonly name: string
}

export interface ImportMethod {
  readonly name: string
  readonly likelihood: readonly ImportLevel[]
  readonly dimensions: readonly {
    readonly key: string
    readonly name: string
    readonly levels: readonly ImportLevel[]
  }[]
  /** Risk levels from low to high. */
  readonly bands: readonly { readonly key: string; readonly name: string }[]
  /** The level the method gives to a likelihood and the overall impact; null when one is not on its scale. */
  readonly levelOf: (likelihood: number, impact: number) => { readonly key: string; readonly name: string } | null
}

/** What the organization already has. The server fills it; interpreters only read it. */
export interface ImportContext {
  readonly today: LocalDate
  /** Of the organization: what remarks call controls in. */
  readonly language: string
  readonly people: readonly ImportPerson[]
  readonly roles: readonly ImportRole[]
  readonly controls: readonly ImportControl[]
  readonly assets: readonly ImportRecordRef[]
  readonly risks: readonly ImportRecordRef[]
  /** Records of the register being imported, by which duplicates are recognised. */
  readonly existing: readonly ImportRecordRef[]
  /** Levels of the classification scheme, with the words that mean them. */
  readonly classifications: readonly Choice[]
  readonly method: ImportMethod | null
}

/** What a refinement may change after columns were guessed. */
export interface GuessedMapping {
  readonly mapping: Mapping
  readonly questions: readonly Question[]
}

/**
 * A register that can be imported. A module offers one value of this type; the platform guesses with `fields`, lets
 * `refine` add what only the register knows (scales, stages), and `interpret` turns rows into drafts.
 */
export interface ImportRegister<Draft> {
  readonly name: string
  /** English name for people. */
  readonly label: string
  /** Names sheets of this register tend to have. */
  readonly sheetNames: readonly string[]
  readonly fields: (context: ImportContext) => readonly ImportField[]
  /** Of each of these groups of fields one must have a column (or a default), or nothing can be imported. */
  readonly required: readonly (readonly string[])[]
  /** Its fields of kind `person` name people of the directory, who can be chosen where nobody is found. */
  readonly namesPeople?: true
  /** Fields that tell this register from others (every list has a name, an owner and a status); `inherent` covers `inherent.score`. */
  readonly telling: readonly string[]
  /** Headings that follow a grammar rather than a list (“Residual impact financial”). */
  readonly recognise?: (heading: string) => readonly HeadingMatch[]
  readonly refine?: (guess: GuessedMapping, table: Table, context: ImportContext) => GuessedMapping
  readonly interpret: (table: Table, mapping: Mapping, context: ImportContext) => readonly InterpretedRow<Draft>[]
}

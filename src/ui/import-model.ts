import type { ReactNode } from 'react'

export type ImportStep = 'upload' | 'mapping' | 'scales' | 'preview' | 'done'

/** A column of the uploaded file and what it becomes. */
export interface ImportColumn {
  /** Position in the file, from 0; the key of the mapping. */
  readonly index: number
  readonly header: string
  readonly samples: readonly string[]
  /** Key of a field, or null to leave the column out. */
  readonly field: string | null
}

/** A field of the register a column can become. */
export interface ImportField {
  readonly key: string
  readonly label: string
  readonly required?: boolean
  /** Several columns may become it. */
  readonly many?: boolean
}

/** A scale of the file whose values are given levels of the method. */
export interface ImportScale {
  readonly key: string
  readonly label: string
  /** What has to be decided about it, when anything has. */
  readonly question?: string | undefined
  /** Values with the number of cells that hold them. */
  readonly values: readonly { value: string; cells: number; level: string | null }[]
  /** Levels of the method: `{ value: '3', label: '3 Possible' }`. */
  readonly levels: readonly { value: string; label: string }[]
}

export interface ImportRow {
  /** Row number in the file. */
  readonly row: number
  readonly outcome: 'create' | 'change' | 'skip' | 'error'
  /** What the row becomes: reference and title. */
  readonly becomes: ReactNode
  /** Whether it is taken; null where nobody can decide that, as something else keeps the row out. */
  readonly taken: boolean | null
  /** A note says what happens anyway; warnings and errors want somebody to look. */
  readonly issues: readonly { severity: 'error' | 'warning' | 'note'; column?: string | undefined; message: string }[]
}

export interface ImportPreview {
  readonly counts: { readonly create: number; readonly change: number; readonly skip: number; readonly error: number }
  /** How many of the skipped ones somebody left out. */
  readonly leftOut: number
  /** Rows to look at; the server decides how many it sends. */
  readonly rows: readonly ImportRow[]
}

/** What came of an import, in rows of the file. */
export interface ImportResult {
  readonly imported: number
  readonly skipped: number
  readonly failed: number
  readonly undone: boolean
}

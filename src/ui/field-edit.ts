import type { RecordOption } from './record-select.tsx'

interface Common<Row> {
  /** Key of the column the field stands in. */
  readonly key: string
  /** “Owner”; the button that changes several records says it too. */
  readonly label: string
  /** The key that edits it on the active row: o for owner, d for a date, s for a state. */
  readonly shortcut?: 'o' | 'd' | 's'
  /** What the record's `can` says. */
  readonly can: (row: Row) => boolean
  /** A reason asked for beside the value, which goes into the ledger. */
  readonly reason?: 'optional' | 'required'
  /** Not offered in the row, or not for several records at once. */
  readonly only?: 'row' | 'many'
  /** Changes one record through its own use-case, with the version that is on screen; rejects with what refused it. */
  readonly save: (row: Row, value: string | null, reason: string) => Promise<unknown>
}

/** A field of a record that can be changed in its row, and for several rows at once. Values are text, null for none. */
export type FieldEdit<Row> = Common<Row> &
  (
    | {
        readonly kind: 'record'
        /** Distinguishes caches, as `RecordSelect` takes it. */
        readonly source: string
        readonly find: (text: string, signal: AbortSignal) => Promise<readonly RecordOption[]>
        readonly value: (row: Row) => RecordOption | null
        readonly clearable?: boolean
      }
    | { readonly kind: 'date'; readonly value: (row: Row) => string | null; readonly clearable?: boolean }
    | {
        readonly kind: 'choice'
        readonly value: (row: Row) => string | null
        /** What a row may become; null asks for all, for several rows at once. */
        readonly options: (row: Row | null) => readonly { value: string; label: string }[]
      }
    | { readonly kind: 'text'; readonly value: (row: Row) => string; readonly clearable?: boolean }
    /** An act without a value: withdraw. */
    | { readonly kind: 'act'; readonly confirm: string; readonly explain?: string; readonly danger?: boolean }
  )

/** The fields of a register that can be changed from its list. */
export interface FieldEdits<Row> {
  readonly fields: readonly FieldEdit<Row>[]
  /** Reads again what the changes touched; called once, after the last of them. */
  readonly settle: () => Promise<void>
}

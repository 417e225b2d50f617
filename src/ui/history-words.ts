import type { z } from 'zod'
import type { fieldChange, history, historyEntry } from '#platform/ledger/contract.ts'

/** One act with all it entailed, as the API tells it. */
export type HistoryEvent = z.input<(typeof history)['response']>['items'][number]
export type HistoryEntry = z.input<typeof historyEntry>
export type FieldChange = z.input<typeof fieldChange>
export type NamedRecord = HistoryEntry['record']

/** Words and addresses for what histories mention; the texts are those of the modules. */
export interface HistoryWords {
  /** “Treatment option” */
  readonly type: (type: string) => string
  /**
   * What an action did to a record of a type, with its placeholders filled in. `as`: the field of the record that the
   * sentence is about from where it is read; a text of its own may be there for it, `assigned_personId`.
   */
  readonly sentence: (type: string, action: string, values: Readonly<Record<string, string>>, as?: string) => string
  readonly field: (type: string, field: string) => string
  /** The word of a group, `risk:kind`, for a value. */
  readonly value: (group: string, value: string) => string
  /** Whether such records are called by their name alone, as people are. */
  readonly byName: (type: string) => boolean
  /** Full address of a record in the app; null where there is no page. */
  readonly path: (record: NamedRecord) => string | null
}

import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Mapping } from '#kernel/import.ts'
import type { Instant } from '#kernel/time.ts'
import { counts, instant, internal, text, word } from '#platform/ledger/field-kind.ts'
import { recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { SavedMapping } from '../mapping.ts'

/** Rows by what became of them, and how many of them carry a warning. */
export type ImportCounts = Readonly<Record<'create' | 'update' | 'skip' | 'error' | 'warnings', number>>

/** A spreadsheet that was taken over. Its entries in the ledger are consecutive: from and to, inclusive. */
export interface ImportRun extends RecordRow {
  readonly id: Id<'import'>
  readonly ref: string
  readonly register: string
  readonly fileName: string
  readonly sha256: string
  readonly status: 'confirmed' | 'undone'
  readonly mapping: Mapping
  readonly counts: ImportCounts
  readonly ledgerFrom: number
  readonly ledgerTo: number
  readonly importedAt: Instant
  /** Name at that time, as the ledger has it. */
  readonly importedBy: string
  readonly undoneAt: Instant | null
  readonly undoneBy: string | null
}

/** A mapping kept under a name for the next file of the same kind. */
export interface ImportMapping extends RecordRow {
  readonly id: Id<'importMapping'>
  readonly register: string
  readonly name: string
  readonly mapping: SavedMapping
  readonly withdrawnAt: Instant | null
}

export const importRecord = recordType<ImportRun>({
  type: 'import_run',
  prefix: 'import',
  refPrefix: 'I',
  owners: () => [],
  noun: 'import',
  readAction: 'history.read',
  titleSql: `image ->> 'file_name'`,
  fields: {
    ref: internal,
    register: word('web:import.registers'),
    fileName: text,
    sha256: internal,
    status: word('web:import.statuses'),
    mapping: internal,
    counts: counts('web:import.counts'),
    ledgerFrom: internal,
    ledgerTo: internal,
    importedAt: internal,
    importedBy: internal,
    undoneAt: internal,
    undoneBy: internal,
  },
})

export const mappingRecord = recordType<ImportMapping>({
  type: 'import_mapping',
  prefix: 'importMapping',
  refPrefix: null,
  owners: () => [],
  noun: 'saved mapping',
  readAction: 'history.read',
  fields: {
    register: word('web:import.registers'),
    name: text,
    mapping: internal,
    withdrawnAt: instant,
  },
})

export const importFindables: readonly Findable[] = [
  {
    record: importRecord,
    path: '/imports',
    sql: `select id, ref, file_name as title, register as more, status = 'confirmed' as live from import_run
          where org_id = $1`,
  },
]

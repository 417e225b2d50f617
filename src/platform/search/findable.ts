import type { RecordRow } from '#kernel/change.ts'
import type { RecordType } from '#platform/ledger/record-type.ts'

/**
 * How the records of a type are found and named outside their own register: by the search, and in histories that
 * mention them. Modules declare it; `app` hands all of them to the platform.
 */
export interface Findable {
  readonly record: Pick<RecordType<RecordRow>, 'type' | 'prefix' | 'readAction'>
  /** Address of the register in the web app, inside the organization: `/people`; the record's reference follows. */
  readonly path: string
  /**
   * SELECT over one table giving `id`, `ref`, `title`, `more` (further text that is searched) and `live` for the
   * organization `$1`. Plain columns and expressions only: it stands in a UNION ALL with those of the other types.
   */
  readonly sql: string
}

/** The SELECTs of several types in one statement, each row with its type. Null when there are none. */
export function unionOf(findables: readonly Findable[]): string | null {
  if (findables.length === 0) return null
  return findables.map(({ record, sql }) => `select '${record.type}' as type, f.* from (${sql}) f`).join(' union all ')
}

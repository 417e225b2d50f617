import type { RecordRow } from '#kernel/change.ts'
import { fromWireId, type Id, toWireId } from '#kernel/id.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import type { RecordType } from '#platform/ledger/record-type.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

let recordTypes: readonly RecordType[] = []

/** `app` names the record types of all modules, so that any record of this system can be evidence. */
export function publishRecordTypes(published: readonly RecordType[]): void {
  // A link between two records is no record anybody would show an auditor.
  recordTypes = published.filter((type) => type.noun !== 'link')
}

interface RecordKey {
  readonly recordType: string
  readonly recordId: Id
}

// What says nothing about who may read it, like memberships and tokens, is shown to nobody here.
const readable = ({ readAction }: RecordType, can: Can): boolean => readAction !== undefined && can(readAction)

/**
 * Finds the record behind an id of the API. Refuses `record.not_found` when this organization has none such, or the
 * caller may not read it.
 */
export async function recordHere(tx: Tx, wireId: string, can: Can): Promise<RecordKey> {
  const type = recordTypes.find((one) => one.prefix === wireId.slice(0, -33) && readable(one, can))
  const recordId = type ? fromWireId(type.prefix, wireId) : null
  if (type && recordId !== null && (await tx.find(type, recordId))) return { recordType: type.type, recordId }
  throw new RefusalError({
    code: 'record.not_found',
    message: `There is no such record in ${tx.org.name}.`,
    facts: {},
    field: 'recordId',
  })
}

/**
 * A record as the artefact that points to it shows it; without name when the caller may not read it, or it does not
 * exist at the date asked about.
 */
export async function describeRecord(
  tx: Tx,
  { recordType, recordId }: RecordKey,
  can: Can,
): Promise<{ type: string; id: string; ref: string | null; title: string | null }> {
  const type = recordTypes.find((one) => one.type === recordType)
  const row = type && readable(type, can) ? await tx.find(type, recordId) : undefined
  return {
    type: recordType,
    id: toWireId(type?.prefix ?? recordType, recordId),
    ref: textOf(row, 'ref'),
    title: textOf(row, 'title') ?? textOf(row, 'name'),
  }
}

function textOf(row: RecordRow | undefined, key: string): string | null {
  const value = (row as Readonly<Record<string, unknown>> | undefined)?.[key]
  return typeof value === 'string' ? value : null
}

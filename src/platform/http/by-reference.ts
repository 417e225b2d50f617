import { type Id, toWireId } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { RecordType } from '#platform/ledger/record-type.ts'

/** What an address must know of a record type to name its records by reference. */
export type Referenced = Pick<RecordType<never>, 'type' | 'prefix' | 'refPrefix'>

const wireId = /_[0-9a-f]{32}$/
const reference = /^[A-Za-z]{1,4}[-.][0-9.]{1,12}$/

/**
 * People write `/risks/R-12` where an address holds an id. Puts the ids of such records into the parameters; what names
 * no record stays as it is and is then refused as an address. One statement per reference, none where ids are given.
 */
export async function byReference(
  tx: Tx,
  types: readonly Referenced[],
  params: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const entries = await Promise.all(
    Object.entries(params).map(async ([name, value]): Promise<[string, string]> => {
      if (wireId.test(value) || !reference.test(value)) return [name, value]
      // A control's reference may be one of Annex A, so the name of the parameter counts before the letters.
      const letters = value.split('-')[0]?.toUpperCase()
      const type =
        types.find((one) => one.refPrefix !== null && `${one.prefix}Id` === name) ??
        types.find((one) => one.refPrefix === letters)
      if (type === undefined) return [name, value]
      const found = await tx.first<{ id: Id }>(
        statement(`select id from ${type.type} where org_id = $1 and ref = upper($2)`, [tx.org.id, value]),
      )
      return [name, found ? toWireId(type.prefix, found.id) : value]
    }),
  )
  return Object.fromEntries(entries)
}

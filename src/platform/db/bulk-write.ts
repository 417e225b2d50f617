import { statement } from './database.ts'
import type { Tx } from './transaction.ts'

/**
 * Prepares a transaction for writing thousands of rows. The checks of foreign keys run by plans the connection made when
 * tables were small, perhaps by reading them whole; growing tables would make each check slower than the last. Plans are
 * made anew, by index only. Call it after reading, before the first write; the setting ends with the transaction.
 */
export async function beginBulkWrite(tx: Tx): Promise<void> {
  await tx.rows(statement(`select set_config('enable_seqscan', 'off', true)`))
  await tx.rows(statement('discard plans'))
}

import { dateAt, type LocalDate } from '#kernel/time.ts'
import type { Tx } from '#platform/db/transaction.ts'

/** The calendar day in the organization's time zone. */
export const todayOf = (tx: Tx): LocalDate => dateAt(tx.now, tx.org.timeZone)

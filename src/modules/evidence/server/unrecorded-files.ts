import type { OrgId } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ErasureOrder } from '#platform/files/erasure-order.ts'
import type { FileStore, ListedFile } from '#platform/files/file-store.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/**
 * How long a file may lie in the store before a record names it, in milliseconds: an upload records it within seconds,
 * the import of an organization within hours.
 */
const graceMillis = 24 * 3_600_000

/**
 * Lets one transaction at a time decide about a content: uploads that record it, and the removal of files nobody
 * recorded. Held until the transaction ends.
 */
export async function lockContent(tx: Tx, sha256: string): Promise<void> {
  await tx.rows(statement('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.org.id} ${sha256}`]))
}

/** Refuses to record a file that was removed between its arrival and now. The content must be locked. */
export async function requireStored(files: FileStore, orgId: OrgId, sha256: string): Promise<void> {
  if (await files.exists(orgId, sha256)) return
  throw new RefusalError({
    code: 'files.removed_meanwhile',
    message: 'The file is no longer in the store, so nothing was recorded. Upload it again.',
    facts: { sha256 },
  })
}

/**
 * The files of an organization that no record has named for a day: their upload was refused or broke off after they had
 * arrived. Withdrawn evidence and earlier states of a record count as records.
 */
export async function findUnrecordedFiles(tx: Tx, files: FileStore): Promise<ListedFile[]> {
  const old = Date.now() - graceMillis
  const found: ListedFile[] = []
  const known = await recordedOf(tx)
  for await (const file of files.list(tx.org.id)) {
    if (file.storedAt < old && !known.has(file.sha256)) found.push(file)
  }
  return found
}

async function recordedOf(tx: Tx, sha256: string | null = null): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ sha256: string }>(
    statement(
      `select sha256 from artefact where org_id = $1 and sha256 is not null and ($2::text is null or sha256 = $2)
       union
       select after ->> 'sha256' from ledger_entry
       where org_id = $1 and record_type = 'artefact' and after ->> 'sha256' is not null
         and ($2::text is null or after ->> 'sha256' = $2)`,
      [tx.org.id, sha256],
    ),
  )
  return new Set(rows.map((row) => row.sha256))
}

/**
 * Removes one file if there is still no record of it and nobody has brought it again. An upload of the same content waits
 * until the transaction ends, and then finds that it is gone. For writing transactions: others read a state of before the
 * lock.
 * @returns whether it was removed
 */
export async function removeUnrecordedFile(
  tx: Tx,
  files: FileStore,
  sha256: string,
  order: ErasureOrder,
): Promise<boolean> {
  await lockContent(tx, sha256)
  const [known, storedAt] = await Promise.all([recordedOf(tx, sha256), files.storedAt(tx.org.id, sha256)])
  if (known.size > 0 || storedAt === null || storedAt >= Date.now() - graceMillis) return false
  return files.erase(tx.org.id, sha256, order)
}

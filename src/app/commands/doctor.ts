import { systemClock } from '#kernel/time.ts'
import { findUnrecordedFiles, removeUnrecordedFile } from '#modules/evidence/server/unrecorded-files.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { type Tx, transaction } from '#platform/db/transaction.ts'
import { orderErasure } from '#platform/files/erasure-order.ts'
import type { FileStore, ListedFile } from '#platform/files/file-store.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { listOrganizations } from '#platform/identity/system.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import type { Installation } from './installation.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly says: string
}

type Inside = <T>(mode: 'read' | 'write', work: (tx: Tx) => Promise<T>) => Promise<T>

/**
 * What is right and wrong with an installation: database, secret key, file store, and of each organization its ledger and
 * the files that no record names.
 * @param repair remove those files
 */
export async function examine(
  installation: Pick<Installation, 'database' | 'files' | 'key'>,
  repair: boolean,
): Promise<{ lines: string[]; json: unknown; code: number }> {
  const findings: Finding[] = []
  const db = await installation.database()
  const server = await db.pool.query<{ version: string }>(`select current_setting('server_version') as version`)
  findings.push({ what: 'database', ok: true, says: `PostgreSQL ${server.rows[0]?.version ?? ''}` })
  const { fingerprint, from } = installation.key
  findings.push({ what: 'secret key', ok: true, says: `fingerprint ${fingerprint}, from ${from}` })
  const files = await installation.files()
  const usable = await files.check()
  findings.push({ what: 'files', ok: usable.ok, says: usable.ok ? 'writable' : usable.refusal.message })
  for (const { slug } of await listOrganizations(db, systemClock)) {
    const inside: Inside = (mode, work) =>
      transaction(db, systemClock, openSystemScope(slug, commandLine), { mode }, work)
    const result = await inside('read', (tx) => verifyLedger(tx, tx.org.id))
    const says = result.ok
      ? `${result.entries} entries, unbroken`
      : result.faults.map((fault) => fault.sentence).join(' ')
    findings.push({ what: `ledger of ${slug}`, ok: result.ok, says })
    const ofFiles = usable.ok
      ? await unrecordedFiles(files, inside, repair)
      : { ok: false, says: 'not looked at, because the file store cannot be used' }
    findings.push({ what: `files of ${slug}`, ...ofFiles })
  }
  return {
    lines: findings.map(({ what, ok, says }) => `${ok ? 'ok  ' : 'BAD '} ${what}: ${says}`),
    json: { ok: findings.every((one) => one.ok), findings },
    code: findings.every((one) => one.ok) ? 0 : 1,
  }
}

// Files nobody recorded take up room and harm nothing, so they make no installation a bad one.
async function unrecordedFiles(
  files: FileStore,
  inside: Inside,
  repair: boolean,
): Promise<Pick<Finding, 'ok' | 'says'>> {
  try {
    const found = await inside('read', (tx) => findUnrecordedFiles(tx, files))
    if (found.length === 0) return { ok: true, says: 'each one recorded' }
    if (!repair) return { ok: true, says: `${inWords(found)} recorded nowhere; “doctor --repair” removes them` }
    const order = orRefuse(orderErasure('files no record names', 'Removed with “doctor --repair”.'))
    const removed: ListedFile[] = []
    for (const file of found) {
      // Each in a transaction that sees what was recorded up to the moment the content is locked.
      if (await inside('write', (tx) => removeUnrecordedFile(tx, files, file.sha256, order))) removed.push(file)
    }
    return { ok: true, says: `${inWords(removed)} recorded nowhere, now removed` }
  } catch (error) {
    if (!(error instanceof RefusalError) && !(error instanceof Error && error.name === 'FileHomeUnavailable'))
      throw error
    return { ok: false, says: error.message }
  }
}

function inWords(files: readonly ListedFile[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return `${files.length} ${files.length === 1 ? 'file' : 'files'} (${bytes} bytes)`
}

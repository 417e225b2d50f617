import type { Result } from '#kernel/result.ts'
import { systemClock } from '#kernel/time.ts'
import { latestSchema } from '#platform/db/migrate.ts'
import { type Tx, transaction } from '#platform/db/transaction.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import {
  type ImportedOrganization,
  importOrganization,
  type OrganizationImport,
} from '#platform/transfer/import-organization.ts'
import { filesOf } from '#platform/transfer/read-organization.ts'
import { writePackage } from '#platform/transfer/write-package.ts'
import type { TestDatabase } from './database.ts'

/** Database and files of one installation. */
export interface Place {
  readonly t: TestDatabase
  readonly files: FileStore
}

/** Reads in an organization as the system. */
export function reading<T>({ t }: Place, slug: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const system = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
  return transaction(t.db, systemClock, openSystemScope(slug, system), { mode: 'read' }, work)
}

/** Exports an organization to a file, as the command line does. */
export async function exportTo(path: string, slug: string, from: Place): Promise<string> {
  const org = await reading(from, slug, async (tx) => tx.org.id)
  const origin = { appVersion: '0.0.0', schema: await latestSchema(), now: systemClock() }
  const source = {
    org,
    inside: (work: (tx: Tx) => Promise<void>) => reading(from, slug, work),
    store: from.files,
    files: await filesOf(from.files, org),
    origin,
  }
  const written = await writePackage(source, path, true)
  if (!written.ok) throw new Error(written.refusal.message)
  return path
}

/** Imports an exported organization, as the command line does. */
export async function bringIn(
  file: string,
  into: Place,
  more: Partial<OrganizationImport> = {},
): Promise<Result<ImportedOrganization>> {
  return importOrganization({
    file,
    slug: null,
    withoutFiles: false,
    noted: null,
    owner: into.t.ownerConfig,
    store: into.files,
    schema: await latestSchema(),
    now: systemClock(),
    ...more,
  })
}

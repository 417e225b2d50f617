import { Readable } from 'node:stream'
import { dateAt } from '#kernel/time.ts'
import type { Connection } from '#platform/db/database.ts'
import { latestSchema } from '#platform/db/migrate.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { downloadInStepsUseCase } from '#platform/http/use-case.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { contentDisposition } from '#platform/render/file-name.ts'
import { exportOrganization } from './contract.ts'
import { recordsOf, zipOf } from './export-package.ts'
import { filesOf } from './read-organization.ts'

/** What exporting an organization needs of the installation. */
export interface TransferServices {
  readonly files: FileStore
  readonly appVersion: string
}

const exportUseCase = downloadInStepsUseCase<typeof exportOrganization, TransferServices>(
  exportOrganization,
  async ({ actor, services, withTx }) => {
    const { org } = actor
    const now = await withTx('read', async ({ tx }) => tx.now)
    const files = await filesOf(services.files, org.id)
    const source = {
      org: org.id,
      inside: (work: (tx: Connection) => Promise<void>) => withTx('read', ({ tx }) => work(tx)),
      store: services.files,
      files,
      origin: { appVersion: services.appVersion, schema: await latestSchema(), now },
    }
    // All records are read before the answer begins: what cannot be read is a problem and no broken file, and who reads
    // slowly holds a file and not a state of the database.
    const records = orRefuse(await services.files.spool(recordsOf(source)))
    const zip = zipOf(source, () => records)
    return {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': contentDisposition(`${org.slug}_${dateAt(now, org.timeZone)}.zip`),
        'cache-control': 'no-store',
        'content-security-policy': "sandbox; default-src 'none'",
      },
      open: async () => {
        const body = Readable.from(zip, { objectMode: false })
        // Also where nobody read a byte.
        body.once('close', () => records.destroy())
        return body
      },
    }
  },
)

/** The export of a whole organization over the API. */
export const transferModule: ServerModule<TransferServices> = {
  name: 'transfer',
  records: [],
  useCases: [exportUseCase],
}

import { Readable } from 'node:stream'
import { dateAt } from '#kernel/time.ts'
import { latestSchema } from '#platform/db/migrate.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { downloadInStepsUseCase } from '#platform/http/use-case.ts'
import { contentDisposition } from '#platform/render/file-name.ts'
import { exportOrganization } from './contract.ts'
import { zipOf } from './export-package.ts'
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
    const zip = zipOf({
      org: org.id,
      inside: (work) => withTx('read', ({ tx }) => work(tx)),
      store: services.files,
      files,
      origin: { appVersion: services.appVersion, schema: await latestSchema(), now },
    })
    // Records are read before the answer begins, so that what cannot be read is a problem and no broken file.
    const begun = [await zip.next(), await zip.next()]
    async function* all(): AsyncGenerator<Buffer> {
      for (const piece of begun) if (piece.done !== true) yield piece.value
      yield* zip
    }
    return {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': contentDisposition(`${org.slug}_${dateAt(now, org.timeZone)}.zip`),
        'cache-control': 'no-store',
        'content-security-policy': "sandbox; default-src 'none'",
      },
      open: async () => Readable.from(all(), { objectMode: false }),
    }
  },
)

/** The export of a whole organization over the API. */
export const transferModule: ServerModule<TransferServices> = {
  name: 'transfer',
  records: [],
  useCases: [exportUseCase],
}

import { resolve } from 'node:path'
import { systemClock } from '#kernel/time.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { typedIn } from '#platform/config/config.ts'
import { latestSchema } from '#platform/db/migrate.ts'
import { transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import type { TransferSource } from '#platform/transfer/export-package.ts'
import { importOrganization } from '#platform/transfer/import-organization.ts'
import { filesOf } from '#platform/transfer/read-organization.ts'
import { writePackage } from '#platform/transfer/write-package.ts'
import { programVersion } from '../version.ts'
import type { Answer } from './answer.ts'
import { withInstallation } from './installation.ts'

const pathOf = (typed: string): string => resolve(typedIn(process.env, process.cwd()), typed)

interface OrganizationExport {
  readonly org: string
  readonly out: string
  /** As typed; null when it was not. */
  readonly format: string | null
  readonly at: string | null
  readonly files: boolean
}

/** `export org`: the whole organization as JSON with a folder of files beside it, or both in a zip file. */
export async function exportOrganization(asked: OrganizationExport): Promise<Answer> {
  if (asked.format !== null && asked.format !== 'json') {
    throw new RefusalError({
      code: 'cli.format',
      message: `An organization is exported as JSON, not as ${asked.format}; end the name of the file in .json or .zip.`,
      facts: {},
    })
  }
  if (asked.at !== null) {
    throw new RefusalError({
      code: 'cli.at',
      message:
        'An organization is exported as it is now, without --at: its ledger goes along, so that every earlier day can be read after the import as well.',
      facts: {},
    })
  }
  return withInstallation(process.env, async (installation) => {
    const [db, store] = [await installation.database(), await installation.files()]
    const scope = openSystemScope(asked.org, commandLine)
    const { org, now } = await transaction(db, systemClock, scope, { mode: 'read' }, async (tx) => ({
      org: tx.org.id,
      now: tx.now,
    }))
    const source: TransferSource = {
      org,
      store,
      inside: (work) => transaction(db, systemClock, scope, { mode: 'read' }, (tx) => work(tx)),
      files: await filesOf(store, org),
      origin: { appVersion: programVersion, schema: await latestSchema(), now },
    }
    const written = orRefuse(await writePackage(source, pathOf(asked.out), asked.files))
    const where =
      written.folder === null ? '' : `; ${written.files} files in ${asked.out.replace(/\.json$/i, '')}.files`
    const inZip = written.folder === null && written.files > 0 ? `, ${written.files} files included` : ''
    return {
      lines: [`${asked.org} written to ${asked.out}${inZip}${where}.`],
      json: { file: asked.out, folder: written.folder, files: written.files, bytes: written.bytes },
    }
  })
}

interface OrganizationToImport {
  readonly file: string
  readonly slug: string | null
  readonly files: boolean
  /** `seq:hash`. */
  readonly noted: string | null
}

/** `import org`: brings an exported organization into this installation. */
export async function importOrganizationFrom(asked: OrganizationToImport): Promise<Answer> {
  const noted = asked.noted === null ? null : /^(\d+):([0-9a-f]{64})$/.exec(asked.noted)
  if (asked.noted !== null && noted === null) {
    throw new RefusalError({
      code: 'cli.noted',
      message: '--noted is a number and a hash, as “ledger verify” prints them: 1204:9f86d0…',
      facts: {},
    })
  }
  return withInstallation(process.env, async ({ access, files }) => {
    const imported = orRefuse(
      await importOrganization({
        file: pathOf(asked.file),
        slug: asked.slug,
        withoutFiles: !asked.files,
        noted: noted === null ? null : { seq: Number(noted[1]), hash: noted[2] ?? '' },
        owner: access.owner,
        store: await files(),
        schema: await latestSchema(),
        now: systemClock(),
      }),
    )
    const { slug, name, rows, entries, members } = imported
    return {
      lines: [
        `${name} (${slug}) imported: ${rows} records, ${entries} ledger entries, ${imported.files} files; its ledger is unbroken.`,
        `Nobody has access to it yet. Invite the first administrator: plumbline account invite --org ${slug} --email ADDRESS --name NAME --role administrator`,
        ...(members.length > 0 ? [`Members where it comes from: ${members.join(', ')}`] : []),
      ],
      json: imported,
    }
  })
}

import { resolve } from 'node:path'
import type { Command } from 'commander'
import type pg from 'pg'
import { systemClock } from '#kernel/time.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { restoreBackup } from '#platform/backup/restore-backup.ts'
import { writeBackup } from '#platform/backup/write-backup.ts'
import { typedIn } from '#platform/config/config.ts'
import { latestSchema, migrate, schemaOf } from '#platform/db/migrate.ts'
import { transaction } from '#platform/db/transaction.ts'
import { withClient } from '#platform/db/with-client.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { prepareDatabase } from '../server.ts'
import { programVersion } from '../version.ts'
import { answering } from './answer.ts'
import { examine } from './doctor.ts'
import { type Installation, withInstallation } from './installation.ts'

const pathOf = (typed: string): string => resolve(typedIn(process.env, process.cwd()), typed)

// Tables an installation fills by itself before anybody has done anything.
const filledByItself = [
  'public.migration',
  'identity.installation',
  'identity.allowance',
  'catalogue.release',
  'catalogue.entry',
]

const asOwner = <T>(installation: Installation, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(installation.access.owner, work)

const keyLines = (fits: boolean | null, from: string): string[] => {
  if (fits === null)
    return [`The backup does not say which secret key it belongs to: ${from} has to hold the one of that time.`]
  return fits ? ['The secret key is the one of the backup: what was stored sealed with it can be read.'] : []
}

/** `migrate`, `ledger verify`, `backup`, `restore`, `doctor`. */
export function operationCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version’s schema; starting the server does it as well')
    .option('--json', 'answer as JSON')
    .action((_options: unknown, command: Command) =>
      answering(command, () =>
        withInstallation(
          process.env,
          async ({ access }) => {
            const applied = await migrate(access.owner)
            await prepareDatabase(access)
            return { lines: applied.length > 0 ? applied : ['The schema is up to date.'], json: { applied } }
          },
          false,
        ),
      ),
    )
  program
    .command('ledger')
    .description('the ledger of an organization')
    .command('verify')
    .description(
      'recompute every hash of the chain and compare the records with it; exit code 1 when something was tampered with',
    )
    .requiredOption('--org <slug>', 'organization')
    .option('--noted <seq:hash>', 'a head noted earlier: finds out whether everything was rewritten')
    .option('--json', 'answer as JSON')
    .action((options: { org: string; noted?: string }, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const db = await installation.database()
          const noted = /^(\d+):([0-9a-f]{64})$/.exec(options.noted ?? '')
          const result = await transaction(
            db,
            systemClock,
            openSystemScope(options.org, commandLine),
            { mode: 'read' },
            (tx) => verifyLedger(tx, tx.org.id, noted ? { seq: Number(noted[1]), hash: noted[2] ?? '' } : null),
          )
          const { head, entries, faults } = result
          const lines = result.ok
            ? [`${entries} entries, unbroken.`, ...(head ? [`Head to note down: ${head.seq}:${head.hash}`] : [])]
            : faults.map((fault) => fault.sentence)
          return { lines, json: result, code: result.ok ? 0 : 1 }
        }),
      ),
    )
  program
    .command('backup')
    .description('write database and files, with checksums, to a new folder or .tar file; the server may keep running')
    .argument('<target>', 'folder or .tar file to make')
    .option('--json', 'answer as JSON')
    .action((target: string, _options: unknown, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const files = await installation.files()
          const report = orRefuse(
            await asOwner(installation, (database) =>
              writeBackup({
                target: pathOf(target),
                database,
                schemaVersion: async (client) => (await schemaOf(client)) ?? 0,
                files,
                appVersion: programVersion,
                now: systemClock(),
                keyFingerprint: installation.key.fingerprint,
              }),
            ),
          )
          const damaged = report.manifest.damagedFiles
          const lines = [
            `Backup written to ${report.target}.`,
            `SHA-256 of its manifest: ${report.manifestSha256}`,
            `Keep the secret key (${installation.key.from}, fingerprint ${installation.key.fingerprint}) apart from it: it is not in the backup, and what is stored sealed with it can be read with no other.`,
            ...damaged.map((file) => `Damaged in the store and left out: ${JSON.stringify(file)}`),
          ]
          return { lines, json: report, code: damaged.length > 0 ? 1 : 0 }
        }),
      ),
    )
  program
    .command('restore')
    .description(
      'bring a backup back into an empty installation; stop the server first. Put the secret key in place before: it is not in the backup, and what is stored sealed with it can be read with no other',
    )
    .argument('<source>', 'folder or .tar file made by “backup”')
    .option('--json', 'answer as JSON')
    .action((source: string, _options: unknown, command: Command) =>
      answering(command, () =>
        withInstallation(
          process.env,
          async (installation) => {
            const files = await installation.files()
            const latest = await latestSchema()
            const report = orRefuse(
              await asOwner(installation, (database) =>
                restoreBackup({
                  source: pathOf(source),
                  database,
                  schemaVersion: schemaOf,
                  latestSchemaVersion: latest,
                  migrateTo: async (number) => {
                    await migrate(installation.access.owner, number)
                  },
                  mayHoldRows: filledByItself,
                  files,
                  key: installation.key,
                }),
              ),
            )
            await prepareDatabase(installation.access)
            // Whoever was signed in when the backup was made signs in anew.
            await asOwner(installation, (client) => client.query('delete from identity.session'))
            return {
              lines: [
                'Restored. Everybody signs in anew.',
                ...keyLines(report.keyFits, installation.key.from),
                ...report.warnings,
              ],
              json: report,
              code: report.warnings.length > 0 ? 1 : 0,
            }
          },
          false,
        ),
      ),
    )
  program
    .command('doctor')
    .description('check the installation: database, secret key, file store, ledgers')
    .option('--repair', 'remove files that no record has named for a day')
    .option('--json', 'answer as JSON')
    .action((options: { repair?: boolean }, command: Command) =>
      answering(command, () => withInstallation(process.env, (found) => examine(found, options.repair === true))),
    )
}

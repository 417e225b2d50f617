import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '#kernel/time.ts'
import { printSoa } from '#modules/controls/server/export-soa.ts'
import { printRisks } from '#modules/risk/server/export-use-cases.ts'
import { typedIn } from '#platform/config/config.ts'
import { type Tx, transaction } from '#platform/db/transaction.ts'
import { readAt } from '#platform/http/server.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { importFile } from '#platform/import/server/import-file.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { renderReport, stopRendering } from '#platform/render/render-report.ts'
import { type Report, type ReportFormat, reportFormats } from '#platform/render/report.ts'
import { importTargets } from '../import-registers.ts'
import { answering } from './answer.ts'
import { withInstallation } from './installation.ts'

const operator = { kind: 'system', id: null, name: 'command line', personId: null, roles: [] } as const

const pathOf = (typed: string): string => resolve(typedIn(process.env, process.cwd()), typed)

// The operator of an installation may read everything in it.
const all = (): boolean => true

const reports: Readonly<Record<string, (tx: Tx) => Promise<Report>>> = {
  soa: (tx) => printSoa(tx, {}, all),
  risks: (tx) => printRisks(tx, 'register', undefined),
  rtp: (tx) => printRisks(tx, 'plan', undefined),
}

interface ImportOptions {
  readonly org: string
  readonly map?: string
  readonly dryRun?: boolean
}

interface ExportOptions {
  readonly org: string
  readonly format: ReportFormat
  readonly out: string
  readonly at?: string
}

/** `import` and `export`. */
export function dataCommands(program: Command): void {
  const registers = importTargets.map((target) => target.register.name)
  program
    .command('import')
    .description('import a spreadsheet into a register; all rows that can be read, or none')
    .argument('<register>', registers.join(', '))
    .argument('<file>', 'XLSX or CSV')
    .requiredOption('--org <slug>', 'organization')
    .option('--map <file>', 'JSON that says which column is what; the rest is guessed')
    .option('--dry-run', 'only say what each row would become')
    .option('--json', 'answer as JSON')
    .action((register: string, file: string, options: ImportOptions, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const target = importTargets.find((one) => one.register.name === register)
          if (!target) {
            throw new RefusalError({
              code: 'cli.register',
              message: `There is no register “${register}” to import into; there are ${registers.join(', ')}.`,
              facts: {},
            })
          }
          const map: unknown =
            options.map === undefined ? undefined : JSON.parse(await readFile(pathOf(options.map), 'utf8'))
          const { ref, preview } = await importFile(
            await installation.database(),
            systemClock,
            target,
            options.org,
            pathOf(file),
            {
              ...(map === undefined ? {} : { map }),
              dryRun: options.dryRun === true,
            },
          )
          const { counts } = preview
          const said = Object.entries(counts).map(([status, count]) => `${String(count)} ${status}`)
          const lines = [ref === null ? 'Nothing was written.' : `Imported as ${ref}.`, said.join(', ')]
          return { lines, json: { ref, counts, rows: preview.rows }, code: 0 }
        }),
      ),
    )
  program
    .command('export')
    .description('export a report: the Statement of Applicability, the risk register, the risk treatment plan')
    .argument('<what>', Object.keys(reports).join(', '))
    .requiredOption('--org <slug>', 'organization')
    .addOption(new Option('--format <format>', 'format of the file').choices([...reportFormats]).default('pdf'))
    .requiredOption('--out <file>', 'file to write')
    .option('--at <date>', 'as of a day, 2026-03-31')
    .option('--json', 'answer as JSON')
    .action((what: string, options: ExportOptions, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const print = reports[what]
          if (!print) {
            throw new RefusalError({
              code: 'cli.report',
              message: `There is no report “${what}”; there are ${Object.keys(reports).join(', ')}.`,
              facts: {},
            })
          }
          const db = await installation.database()
          const { at } = options
          const report = await transaction(
            db,
            systemClock,
            openSystemScope(options.org, operator),
            { mode: 'read', at: ({ org }) => (at === undefined ? null : readAt(at, org.timeZone)) },
            print,
          )
          try {
            const { bytes } = orRefuse(await renderReport(report, options.format))
            await writeFile(pathOf(options.out), bytes)
            const rows = report.meta.rowCount
            return {
              lines: [`${rows} rows written to ${options.out}.`],
              json: { file: options.out, rows, bytes: bytes.length },
            }
          } finally {
            await stopRendering()
          }
        }),
      ),
    )
}

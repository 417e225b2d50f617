import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '#kernel/time.ts'
import { printAssets } from '#modules/assets/server/asset-report.ts'
import { printIssuedSoa, printSoa } from '#modules/controls/server/export-soa.ts'
import { printEvidence } from '#modules/evidence/server/evidence-report.ts'
import { printObligations, printParties } from '#modules/obligations/server/obligation-report.ts'
import { printStructure } from '#modules/organization/server/structure-report.ts'
import { printPeople } from '#modules/people/server/people-report.ts'
import { printPlan, printRegister } from '#modules/risk/server/export-use-cases.ts'
import { commandLine } from '#platform/access/system-actors.ts'
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
import { exportOrganization, importOrganizationFrom } from './transfer.ts'
import { writeWhole } from './write-whole.ts'

const pathOf = (typed: string): string => resolve(typedIn(process.env, process.cwd()), typed)
const all = (): boolean => true

type Language = 'en' | 'de' | undefined

const reports: Readonly<Record<string, (tx: Tx, language: Language) => Promise<Report>>> = {
  soa: (tx, language) => printSoa(tx, { language }, all),
  risks: (tx, language) => printRegister(tx, { state: 'current', language }),
  rtp: (tx, language) => printPlan(tx, { language }),
  assets: (tx, language) => printAssets(tx, { language }, all),
  people: (tx, language) => printPeople(tx, { language }, all),
  obligations: (tx, language) => printObligations(tx, { language }, all),
  parties: (tx, language) => printParties(tx, { language }, all),
  evidence: (tx, language) => printEvidence(tx, { language }, all),
  structure: (tx, language) => printStructure(tx, { language }, all),
}

interface ImportOptions {
  readonly org?: string
  readonly slug?: string
  readonly files: boolean
  readonly noted?: string
  readonly map?: string
  readonly dryRun?: boolean
}

interface ExportOptions {
  readonly issued?: boolean
  readonly org: string
  readonly format?: ReportFormat
  readonly out: string
  readonly files: boolean
  readonly at?: string
  readonly language?: 'en' | 'de'
}

/** `import` and `export`. */
export function dataCommands(program: Command): void {
  const registers = importTargets.map((target) => target.register.name)
  program
    .command('import')
    .description('import a spreadsheet into a register (all rows that can be read, or none), or a whole organization')
    .argument('<what>', `${registers.join(', ')}; org for an organization exported by “export org”`)
    .argument('<file>', 'XLSX or CSV; for org the exported .zip or .json')
    .option('--org <slug>', 'organization whose register it is')
    .option('--map <file>', 'JSON that says which column is what; the rest is guessed')
    .option('--dry-run', 'only say what each row would become')
    .option('--slug <slug>', 'org: another short name, where its own is taken here')
    .option('--no-files', 'org: the records alone, its files stay missing')
    .option('--noted <seq:hash>', 'org: head of its ledger noted earlier; finds out a file rewritten as a whole')
    .option('--json', 'answer as JSON')
    .action((register: string, file: string, options: ImportOptions, command: Command) =>
      answering(command, () => {
        if (register === 'org') {
          const { slug = null, noted = null, files } = options
          return importOrganizationFrom({ file, slug, noted, files })
        }
        const { org } = options
        if (org === undefined) {
          throw new RefusalError({
            code: 'cli.org',
            message: `Say which organization the ${register} are for: --org SLUG.`,
            facts: {},
          })
        }
        return withInstallation(process.env, async (installation) => {
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
            org,
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
        })
      }),
    )
  program
    .command('export')
    .description('export a document or register, or a whole organization with its ledger and files')
    .argument('<what>', `${Object.keys(reports).join(', ')}; org for everything`)
    .requiredOption('--org <slug>', 'organization')
    .addOption(
      new Option('--format <format>', 'format of the file; pdf when not said, json for org').choices([
        ...reportFormats,
      ]),
    )
    .requiredOption('--out <file>', 'file to write')
    .option('--at <date>', 'as of a day, 2026-03-31; not before the first record of the organization')
    .addOption(
      new Option('--language <language>', 'of the document; the organization’s when not said').choices(['en', 'de']),
    )
    .option('--issued', 'soa: the version in force instead of the working statement')
    .option('--no-files', 'org: the records alone')
    .option('--json', 'answer as JSON')
    .action((what: string, options: ExportOptions, command: Command) =>
      answering(command, () => {
        const { org, out, format = null, at = null, files } = options
        if (what === 'org') return exportOrganization({ org, out, format, at, files })
        return withInstallation(process.env, async (installation) => {
          const print = reports[what]
          if (!print) {
            throw new RefusalError({
              code: 'cli.report',
              message: `There is no report “${what}”; there are ${Object.keys(reports).join(', ')}.`,
              facts: {},
            })
          }
          const db = await installation.database()
          const report = await transaction(
            db,
            systemClock,
            openSystemScope(org, commandLine),
            { mode: 'read', at: (scope) => (at === null ? null : readAt(at, scope.org.timeZone)) },
            (tx) => (what === 'soa' && options.issued === true ? printIssuedSoa(tx, all) : print(tx, options.language)),
          )
          try {
            const { bytes } = orRefuse(await renderReport(report, format ?? 'pdf'))
            await writeWhole(pathOf(out), bytes)
            const rows = report.meta.rowCount
            return {
              lines: [`${rows} rows written to ${out}.`],
              json: { file: out, rows, bytes: bytes.length },
            }
          } finally {
            await stopRendering()
          }
        })
      }),
    )
}

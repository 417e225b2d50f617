import type { Id } from '#kernel/id.ts'
import { catalogueOf } from '#modules/catalogue/server/reader.ts'
import type { ControlChoices, ControlDirectory, ControlFacts } from '#modules/risk/server/control-directory.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Control } from '../domain/control.ts'
import { contradicted, deriveStatus, standingOf } from '../domain/status.ts'
import { actionsOfControls } from './actions-of-controls.ts'
import { type AttachedArtefact, attachedColumns, judgeAttached } from './evidence-line.ts'
import { compareRefs } from './load.ts'
import { controlReporters } from './reporters.ts'
import { languageOf } from './views.ts'

/** A control with one artefact attached to it, or with none; with several there are as many rows. */
interface DirectoryRow
  extends Pick<Control, 'release' | 'applicability' | 'stated' | 'operatedBy' | 'ownerId'>,
    Omit<AttachedArtefact, 'controlId'> {
  readonly ownId: Id<'control'>
  readonly ownRef: string
  readonly ownTitle: string
  readonly goneAt: Control['withdrawnAt']
  readonly described: boolean
  readonly openActions: readonly string[]
  readonly controlId: Id<'control'> | null
}

// Status needs evidence and open actions, and lists have one statement for all of it. Where a person has said that a
// control is missing, or it is excluded, no evidence is looked at; see deriveStatus. Each table is read once: on a day in
// the past every look at one works its rows out of the ledger, and a look per control would take minutes.
const directoryRows = `
  with open_of as materialized (
    select control_id, array_agg(ref) as refs from ${actionsOfControls} t
    where org_id = $1 and status in ('planned', 'inProgress') group by control_id),
  link as materialized (select control_id, artefact_id, assurance from control_evidence where org_id = $1 and live),
  attached as materialized (
    select ${attachedColumns} from link l
    join artefact a on a.org_id = $1 and a.id = l.artefact_id and a.withdrawn_at is null)
  select c.id as own_id, c.ref as own_ref, c.title as own_title, c.withdrawn_at as gone_at, c.release, c.applicability, c.stated,
    c.operated_by, c.owner_id, btrim(c.implementation, E' \\t\\r\\n') <> '' as described, coalesce(o.refs, '{}') as open_actions,
    e.*
  from control c
  left join open_of o on o.control_id = c.id
  left join attached e
    on e.control_id = c.id and c.applicability <> 'excluded' and c.stated not in ('notImplemented', 'planned')
  where c.org_id = $1`

/** Controls a treatment can name: those that are not withdrawn, in the order of their references. */
export const choices: ControlChoices = async (tx) =>
  [...(await directory(tx)).values()]
    .filter(({ standing }) => standing !== 'withdrawn')
    .toSorted((a, b) => compareRefs(a.ref, b.ref))

/** Controls as risks see them: named, and with the one answer on where each stands. One statement, and one per reporter. */
export const directory: ControlDirectory = async (tx, language = languageOf(tx.org.language)) => {
  const [rows, reports] = await Promise.all([
    tx.rows<DirectoryRow>(statement(directoryRows, [tx.org.id])),
    Promise.all(controlReporters.map((reporter) => reporter.report(tx))),
  ])
  const found = new Map<Id<'control'>, ControlFacts>()
  for (const [id, own] of Map.groupBy(rows, (row) => row.ownId)) {
    const [first] = own
    if (first !== undefined) found.set(id, factsOf(tx, language, first, own, reports))
  }
  return found
}

type Reports = readonly Awaited<ReturnType<(typeof controlReporters)[number]['report']>>[]

function factsOf(
  tx: Tx,
  language: 'en' | 'de',
  control: DirectoryRow,
  rows: readonly DirectoryRow[],
  reports: Reports,
): ControlFacts {
  const { ownId: id, ownRef: ref, release, goneAt: withdrawnAt } = control
  const attached = rows.filter((row): row is DirectoryRow & AttachedArtefact => row.controlId !== null)
  const facts = reports.flatMap((report) => report.get(id) ?? [])
  const derived = deriveStatus(
    { ...control, implementation: control.described ? ref : '' },
    {
      evidence: judgeAttached({ ref, ownerId: control.ownerId }, attached, tx),
      actions: control.openActions.map((action) => ({ ref: action, open: true, dueOn: null })),
      tests: facts.flatMap((one) => one.tests ?? []),
      findings: facts.flatMap((one) => one.findings ?? []),
    },
  )
  const standing = standingOf({ stated: control.stated, withdrawnAt }, derived)
  const title = release === null ? undefined : catalogueOf(release).control(ref)?.title[language]
  return { id, ref, title: title ?? control.ownTitle, standing, works: !contradicted(control, standing) }
}

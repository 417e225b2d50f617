import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { mutable } from '#kernel/mutable.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { controls, soaItem, soaView } from '../contract.ts'
import { type ControlFilter, type FilteredControl, filterControls } from '../domain/filter-controls.ts'
import { judgeSoa, redline } from '../domain/redline.ts'
import { type SoaRow, type SoaVersion, separationOf, soaIssues } from '../domain/soa.ts'
import { loadControls } from './load.ts'
import { definitionsOf, languageOf, soaRowOf } from './views.ts'

type Item = z.output<typeof soaItem>
type View = z.output<typeof soaView>

interface Row extends Omit<SoaVersion, 'preparedBy' | 'approvedBy'> {
  readonly preparedBy: string | null
  readonly preparedById: Id<'person'> | null
  readonly approvedBy: string | null
  readonly approvedById: Id<'person'> | null
}

const select = (columns: string): string =>
  `select v.id, v.version, v.number, v.status, v.language, v.note, v.hash, v.prepared_at, v.approved_at, v.ended_at,
     p.name as prepared_by, p.id as prepared_by_id, a.name as approved_by, a.id as approved_by_id${columns}
   from soa_version v
   left join person p on p.org_id = v.org_id and p.id = v.prepared_by
   left join person a on a.org_id = v.org_id and a.id = v.approved_by
   where v.org_id = $1`

// What issuing a proposal supersedes.
const inForce = `case when v.status = 'proposed' then
  (select n.number from soa_version n where n.org_id = v.org_id and n.status = 'issued') end`

const itemOf = ({ approvedById, ...row }: Row, can: Can): Item => ({
  ...row,
  separation: separationOf({ preparedBy: row.preparedById, approvedBy: approvedById, approvedAt: row.approvedAt }),
  can: canDo(row, can),
})

const canDo = (row: Pick<Row, 'status'>, can: Can): Item['can'] => ({
  issue: row.status === 'proposed' && can('soa.issue'),
  withdraw: row.status === 'proposed' && can('soa.propose'),
})

/** Versions of the statement, newest first, without their rows. */
export async function listStatements(tx: Tx, can: Can): Promise<Item[]> {
  const rows = await tx.rows<Row>(statement(`${select('')} order by v.number desc`, [tx.org.id]))
  return rows.map((row) => itemOf(row, can))
}

/** One version with its rows; an issued one is compared with the records. Refuses with `soa.not_found`. */
export async function showStatement(tx: Tx, id: Id<'soa'>, can: Can): Promise<View> {
  const [row, loaded] = await Promise.all([
    tx.first<Row & { readonly supersedes: number | null }>(
      statement(`${select(`, v.rows, ${inForce} as supersedes`)} and v.id = $2`, [tx.org.id, id]),
    ),
    loadControls(tx),
  ])
  if (!row) throw notFound(tx)
  const current = loaded.map((one) => soaRowOf(one, languageOf(row.language)))
  const standing = row.status === 'issued' ? judgeSoa(row.rows, current) : null
  const { supersedes } = row
  return { ...itemOf(row, can), rows: mutable(row.rows), supersedes, standing: standing && mutable(standing) }
}

/** What changed from one version to another one, or to the working statement. */
export async function showRedline(
  tx: Tx,
  from: Id<'soa'>,
  to: Id<'soa'> | undefined,
): Promise<z.output<(typeof controls.redline)['response']>> {
  const versions = await tx.rows<Pick<SoaVersion, 'id' | 'number' | 'language' | 'rows'>>(
    statement('select id, number, language, rows from soa_version where org_id = $1 and id = any($2)', [
      tx.org.id,
      to === undefined ? [from] : [from, to],
    ]),
  )
  const before = versions.find((version) => version.id === from)
  const after = to === undefined ? undefined : versions.find((version) => version.id === to)
  if (!before || (to !== undefined && !after)) throw notFound(tx)
  const rows = after ? after.rows : await workingRows(tx, languageOf(before.language))
  return { from: before.number, to: after?.number ?? null, rows: mutable(redline(before.rows, rows)) }
}

/** The statement as the records say it now. */
export async function workingRows(tx: Tx, language: 'en' | 'de'): Promise<SoaRow[]> {
  return (await loadControls(tx)).map((loaded) => soaRowOf(loaded, language))
}

/**
 * The working statement as far as the filter leaves it.
 * @returns `kept` its rows; `rows` what the filter looked at, all of it
 */
export async function filteredStatement(
  tx: Tx,
  language: 'en' | 'de',
  filter: ControlFilter,
): Promise<{ kept: readonly SoaRow[]; rows: readonly FilteredControl[] }> {
  const loaded = await loadControls(tx)
  const rows = loaded.map((one) => {
    const { control, ownerName } = one
    const row = soaRowOf(one, language)
    const owner = control.ownerId === null ? null : { id: control.ownerId, name: ownerName ?? '' }
    return { ...row, row, owner, ownerText: control.ownerText, issues: soaIssues([row]) }
  })
  return { rows, kept: filterControls(rows, filter, definitionsOf(loaded)).map(({ row }) => row) }
}

const notFound = (tx: Tx): RefusalError =>
  new RefusalError({
    code: 'soa.not_found',
    message: `There is no such version of the statement in ${tx.org.name}.`,
    facts: {},
  })

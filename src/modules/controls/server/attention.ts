import { isDeepStrictEqual } from 'node:util'
import type { Id } from '#kernel/id.ts'
import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { type Judging, judgedCount } from '#platform/attention/judged-count.ts'
import { statement } from '#platform/db/database.ts'
import type { Control } from '../domain/control.ts'
import { judgeSoa } from '../domain/redline.ts'
import type { SoaVersion } from '../domain/soa.ts'
import type { TestLine } from '../domain/status.ts'
import { judgeAttached } from './evidence-line.ts'
import { attachedTo, loadControls } from './load.ts'
import { controlReporters } from './reporters.ts'
import { languageOf, soaRowOf } from './views.ts'

type Reported = readonly [
  Id<'control'>,
  { readonly tests?: readonly TestLine[]; readonly findings?: readonly string[] },
]

/**
 * A row of the issued statement hangs on its control with drivers, evidence and actions, and on what later modules
 * report of it; who owns the control and how its papers are called make no row out of date.
 */
const outOfDateRows: Judging<'control', readonly Reported[]> = {
  basis: async (tx) => {
    const reports = await Promise.all(controlReporters.map((reporter) => reporter.report(tx)))
    return reports.flatMap((report): Reported[] => [...report])
  },
  touched: async (tx, since, reports) => {
    const same = (one: Reported, others: readonly Reported[]): boolean =>
      others.some((other) => isDeepStrictEqual(one, other))
    const reported = [
      ...reports.filter((one) => !same(one, since.basis)),
      ...since.basis.filter((one) => !same(one, reports)),
    ].map(([id]) => id)
    const written = await tx.first<{ whole: boolean | null; controls: Id<'control'>[] | null }>(
      statement(
        `with e as (select record_type, record_id, before, after from ledger_entry where org_id = $1 and seq > $2),
         of_type as (select record_type, array_agg(record_id) as ids from e group by record_type)
         select (select bool_or(record_type in ('soa_version', 'organization')) from e) as whole, (
           select array_agg(distinct id) from (
             select record_id as id from e where record_type = 'control'
             union all
             select (after ->> 'control_id')::uuid from e
             where record_type in ('control_obligation', 'control_evidence', 'risk_control', 'risk_action', 'action_control')
             union all select (before ->> 'control_id')::uuid from e where record_type = 'risk_action'
             union all
             select control_id from risk_control
             where org_id = $1 and risk_id = any((select ids from of_type where record_type = 'risk')::uuid[])
             union all
             select control_id from action_control
             where org_id = $1 and action_id = any((select ids from of_type where record_type = 'risk_action')::uuid[])
             union all
             select control_id from control_obligation
             where org_id = $1 and obligation_id = any((select ids from of_type where record_type = 'obligation')::uuid[])
             union all
             select control_id from control_evidence
             where org_id = $1 and artefact_id = any((select ids from of_type where record_type = 'artefact')::uuid[])
           ) x where id is not null) as controls`,
        [tx.org.id, since.seq],
      ),
    )
    return written?.whole === true ? null : [...reported, ...(written?.controls ?? [])]
  },
  judge: async (tx, only) => {
    if (only?.length === 0) return []
    const [issued, loaded, named] = await Promise.all([
      tx.first<Pick<SoaVersion, 'language' | 'rows'>>(
        statement(
          `select v.language, case when $2::uuid[] is null then v.rows else (
             select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(v.rows) row
             where row ->> 'ref' in (select ref from control where org_id = $1 and id = any($2))) end as rows
           from soa_version v where v.org_id = $1 and v.status = 'issued'`,
          [tx.org.id, only],
        ),
      ),
      loadControls(tx, only),
      tx.rows<{ id: Id<'control'>; ref: string }>(
        statement('select id, ref from control where org_id = $1', [tx.org.id]),
      ),
    ])
    if (issued === undefined) return []
    const language = languageOf(issued.language)
    const current = loaded.filter((one) => one.control.withdrawnAt === null).map((one) => soaRowOf(one, language))
    const idOf = new Map(named.map(({ id, ref }) => [ref, id]))
    return judgeSoa(issued.rows, current).reasons.flatMap(({ ref }) => idOf.get(ref) ?? [])
  },
}

/** Controls that are no longer as issued, and those whose evidence has all expired (6.1.3 d, 7.5). */
export const controlAttention: readonly AttentionSource[] = [
  {
    path: '/soa',
    readAction: 'control.read',
    reason: 'outOfDate',
    count: judgedCount(outOfDateRows),
  },
  {
    path: '/evidence',
    readAction: 'evidence.read',
    reason: 'expired',
    // A newer artefact makes up for an older one: what counts is a control with nothing current.
    count: async (tx) => {
      const [controls, attached] = await Promise.all([
        tx.rows<Control>(
          statement(
            `select * from control where org_id = $1 and withdrawn_at is null and applicability = 'applicable'`,
            [tx.org.id],
          ),
        ),
        attachedTo(tx),
      ])
      const attachedOf = Map.groupBy(attached, (one) => one.controlId)
      return controls.filter((control) => {
        const evidence = judgeAttached(control, attachedOf.get(control.id) ?? [], tx)
        return evidence.length > 0 && evidence.every((line) => line.freshness === 'stale')
      }).length
    },
  },
]

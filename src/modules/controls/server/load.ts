import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Control } from '../domain/control.ts'
import type { Driver } from '../domain/soa.ts'
import { type ActionLine, type DerivedStatus, deriveStatus, type TestLine } from '../domain/status.ts'
import { actionsOfControls } from './actions-of-controls.ts'
import { type AttachedArtefact, attachedColumns, judgeAttached, type LinkedEvidence } from './evidence-line.ts'
import { controlReporters } from './reporters.ts'

/** A driver with the record it points to; null for a business decision. */
export interface LinkedDriver extends Driver {
  readonly id: string | null
}

export interface LinkedAction extends ActionLine {
  readonly title: string
  readonly status: string
  readonly version: number
  readonly riskRef: string
}

/** A control with everything its status and its line in the statement follow from. */
export interface LoadedControl {
  readonly control: Control
  readonly ownerName: string | null
  readonly ownerActive: boolean
  readonly statedByName: string | null
  readonly drivers: readonly LinkedDriver[]
  readonly evidence: readonly LinkedEvidence[]
  readonly actions: readonly LinkedAction[]
  readonly derived: DerivedStatus
}

interface ControlRow extends Control {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
  readonly statedByName: string | null
}

const ofThese = (only: readonly Id<'control'>[] | null, column: string): string =>
  only === null ? '' : ` and ${column} = any($2)`

/**
 * Loads controls with drivers, evidence and actions: four statements, whatever the number, and one per reporter.
 * @param only these, whether withdrawn or not; all that are not withdrawn when null
 */
export async function loadControls(tx: Tx, only: readonly Id<'control'>[] | null = null): Promise<LoadedControl[]> {
  const values = only === null ? [tx.org.id] : [tx.org.id, only]
  const [rows, drivers, evidence, actions, reports] = await Promise.all([
    tx.rows<ControlRow>(
      statement(
        `select c.*, o.name as owner_name, o.status <> 'left' and o.withdrawn_at is null as owner_active,
           s.name as stated_by_name
         from control c
         left join person o on o.org_id = c.org_id and o.id = c.owner_id
         left join person s on s.org_id = c.org_id and s.id = c.stated_by
         where c.org_id = $1 and ${only === null ? 'c.withdrawn_at is null' : 'c.id = any($2)'}`,
        values,
      ),
    ),
    tx.rows<LinkedDriver & { controlId: Id<'control'> }>(
      statement(
        `select l.control_id, 'risk' as kind, r.ref, r.title, 'risk_' || replace(r.id::text, '-', '') as id
         from risk_control l
         join risk r on r.org_id = l.org_id and r.id = l.risk_id and r.withdrawn_at is null and r.closed_at is null
         where l.org_id = $1 and l.live${ofThese(only, 'l.control_id')}
         union all
         select l.control_id, case when o.kind = 'interestedParty' then 'requirement' else 'obligation' end, o.ref, o.title,
           'obligation_' || replace(o.id::text, '-', '')
         from control_obligation l
         join obligation o on o.org_id = l.org_id and o.id = l.obligation_id and o.withdrawn_at is null
           and o.addressed <> 'no'
         where l.org_id = $1 and l.live${ofThese(only, 'l.control_id')}`,
        values,
      ),
    ),
    attachedTo(tx, only),
    tx.rows<Omit<LinkedAction, 'open'> & { controlId: Id<'control'> }>(
      statement(
        `select control_id, ref, title, status, version, due_on, risk_ref from ${actionsOfControls} t
         where org_id = $1${ofThese(only, 'control_id')}`,
        values,
      ),
    ),
    Promise.all(controlReporters.map((reporter) => reporter.report(tx))),
  ])
  const driversOf = Map.groupBy(drivers, (one) => one.controlId)
  const evidenceOf = Map.groupBy(evidence, (one) => one.controlId)
  const actionsOf = Map.groupBy(actions, (one) => one.controlId)
  return rows
    .map((row) => {
      const { ownerName, ownerActive, statedByName, ...control } = row
      const lines = judgeAttached(control, evidenceOf.get(row.id) ?? [], tx).toSorted(byRef)
      const steps = (actionsOf.get(row.id) ?? [])
        .map(({ controlId: _controlId, ...action }) => ({ ...action, open: isOpen(action.status) }))
        .toSorted(byRef)
      const facts = reports.flatMap((report) => report.get(row.id) ?? [])
      const tests = facts.flatMap((one): readonly TestLine[] => one.tests ?? [])
      const findings = facts.flatMap((one) => one.findings ?? [])
      return {
        control,
        ownerName,
        ownerActive: ownerActive ?? false,
        statedByName,
        drivers: [...(driversOf.get(row.id) ?? []).map(driverOf).toSorted(byRef), ...businessDriver(control)],
        evidence: lines,
        actions: steps,
        derived: deriveStatus(control, { evidence: lines, actions: steps, tests, findings }),
      }
    })
    .toSorted((a, b) => compareRefs(a.control.ref, b.control.ref))
}

/** What is attached as evidence to the given controls, or to all; withdrawn artefacts are left out. */
export const attachedTo = (tx: Tx, only: readonly Id<'control'>[] | null = null): Promise<AttachedArtefact[]> =>
  tx.rows(
    statement(
      `select ${attachedColumns}
       from control_evidence l
       join artefact a on a.org_id = l.org_id and a.id = l.artefact_id and a.withdrawn_at is null
       where l.org_id = $1 and l.live${ofThese(only, 'l.control_id')}`,
      only === null ? [tx.org.id] : [tx.org.id, only],
    ),
  )

const isOpen = (status: string): boolean => status === 'planned' || status === 'inProgress'

function driverOf({ kind, ref, title, id }: LinkedDriver): LinkedDriver {
  return { kind, ref, title, id }
}

function businessDriver(control: Control): LinkedDriver[] {
  const reason = control.businessReason.trim()
  return reason === '' ? [] : [{ kind: 'business', ref: '', title: reason, id: null }]
}

const collator = new Intl.Collator('en', { numeric: true })

/** Order of references as people read them: A.5.2 before A.5.10, Annex A before own controls. */
export const compareRefs = (a: string, b: string): number => collator.compare(a, b)

const byRef = (a: { ref: string }, b: { ref: string }): number => compareRefs(a.ref, b.ref)

import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { mutable } from '#kernel/mutable.ts'
import { type ControlDefinition, catalogueOf } from '#modules/catalogue/server/reader.ts'
import { isClaimedByImport } from '#modules/risk/domain/treatment-action.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { controlItem, controls, controlView } from '../contract.ts'
import { type Applicability, applicabilities, type Control } from '../domain/control.ts'
import { filterControls } from '../domain/filter-controls.ts'
import { judgeSoa } from '../domain/redline.ts'
import { type SoaRow, type SoaVersion, soaIssues, soaRow } from '../domain/soa.ts'
import { type ControlStatus, controlStatuses } from '../domain/status.ts'
import { type LoadedControl, loadControls } from './load.ts'
import { todayOf } from './today.ts'

type Item = z.output<typeof controlItem>
type View = z.output<typeof controlView>
type List = z.output<(typeof controls.list)['response']>

/** The language an organization's documents are in, as far as the catalogue has it. */
export const languageOf = (language: string): 'en' | 'de' => (language === 'de' ? 'de' : 'en')

const definitionOf = (loaded: LoadedControl): ControlDefinition | null =>
  loaded.control.release === null ? null : catalogueOf(loaded.control.release).control(loaded.control.ref)

/** What the catalogue knows of the loaded controls, by reference. */
export function definitionsOf(loaded: readonly LoadedControl[]): (ref: string) => ControlDefinition | null {
  const byRef = new Map(loaded.map((one) => [one.control.ref, one]))
  return (ref) => {
    const one = byRef.get(ref)
    return one === undefined ? null : definitionOf(one)
  }
}

/** A control's title: the catalogue's for Annex A, its own otherwise. */
export const nameOf = (control: Pick<Control, 'ref' | 'title' | 'release'>, language: 'en' | 'de'): string =>
  (control.release === null ? undefined : catalogueOf(control.release).control(control.ref)?.title[language]) ??
  control.title

/** `nameOf` a loaded control. */
export function titleOf(loaded: LoadedControl, language: 'en' | 'de'): string {
  return nameOf(loaded.control, language)
}

/** A control as a line of the statement. */
export function soaRowOf(loaded: LoadedControl, language: 'en' | 'de'): SoaRow {
  const { control, drivers, evidence, derived, ownerName } = loaded
  return soaRow({
    ref: control.ref,
    title: titleOf(loaded, language),
    theme: control.theme,
    own: control.source === 'own',
    applicability: control.applicability,
    drivers: drivers.map(({ kind, ref, title }) => ({ kind, ref, title })),
    justification: control.justification,
    implementation: control.implementation,
    status: derived.status,
    plannedOn: control.plannedOn,
    operatedBy: control.operatedBy,
    provider: control.provider,
    owner: ownerName ?? (control.ownerText === '' ? null : control.ownerText),
    ...(ownerName === null && control.ownerText !== '' ? { ownerAsImported: true } : {}),
    evidence: evidence.map(({ ref, title }) => ({ ref, title })),
  })
}

/** The working statement: all controls, with what is issued and proposed. Five statements. */
export async function listControls(tx: Tx, query: QueryOf<typeof controls.list>, can: Can): Promise<List> {
  const language = languageOf(tx.org.language)
  const [loaded, versions] = await Promise.all([loadControls(tx), currentVersions(tx)])
  const rows = loaded.map((one) => ({ one, row: soaRowOf(one, language) }))
  const items = rows.map(({ one, row }) => itemOf(one, row, can))
  const kept = filterControls(items, query, definitionsOf(loaded))
  const issued = versions.find((version) => version.status === 'issued')
  const proposed = versions.find((version) => version.status === 'proposed')
  const current =
    issued && issued.language !== language
      ? loaded.map((one) => soaRowOf(one, languageOf(issued.language)))
      : rows.map(({ row }) => row)
  const standing = issued ? judgeSoa(issued.rows, current) : null
  return {
    items: kept,
    total: kept.length,
    counts: countsOf(items),
    issued:
      issued && standing
        ? {
            id: issued.id,
            number: issued.number,
            approvedAt: issued.approvedAt,
            approvedBy: issued.approverName,
            holds: standing.holds,
            changed: standing.reasons.length,
          }
        : null,
    proposed: proposed ? { id: proposed.id, number: proposed.number } : null,
    can: { create: can('control.create'), propose: can('soa.propose') && !proposed, import: can('control.import') },
  }
}

function countsOf(items: readonly Item[]): List['counts'] {
  const count = <K extends string>(keys: readonly K[], of: (item: Item) => K): Record<K, number> => {
    const counted = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
    for (const item of items) counted[of(item)] += 1
    return counted
  }
  const issues = items.flatMap((item) => item.issues)
  return {
    status: count<ControlStatus>(controlStatuses, (item) => item.status),
    applicability: count<Applicability>(applicabilities, (item) => item.applicability),
    blocking: issues.filter((issue) => issue.severity === 'blocks').length,
    warnings: issues.filter((issue) => issue.severity === 'warns').length,
  }
}

function itemOf(loaded: LoadedControl, row: SoaRow, can: Can): Item {
  const { control, derived } = loaded
  const owners = [control.ownerId]
  const live = control.withdrawnAt === null
  return {
    id: control.id,
    ref: control.ref,
    version: control.version,
    title: row.title,
    own: row.own,
    theme: control.theme,
    applicability: control.applicability,
    drivers: [...loaded.drivers],
    justification: control.justification,
    businessReason: control.businessReason,
    implementation: control.implementation,
    stated: control.stated,
    status: derived.status,
    reasons: derived.reasons.map(({ code, refs }) => ({ code, refs: [...refs] })),
    declared: row.declared,
    plannedOn: control.plannedOn,
    operatedBy: control.operatedBy,
    provider: control.provider,
    owner:
      control.ownerId === null
        ? null
        : { id: control.ownerId, name: loaded.ownerName ?? '', active: loaded.ownerActive },
    ownerText: control.ownerText,
    evidence: [...loaded.evidence],
    issues: soaIssues([row]).map(({ severity, code }) => ({ severity, code })),
    can: {
      edit: live && can('control.edit', owners),
      decide: live && can('control.decide', owners),
      state: live && can('control.state', owners),
    },
  }
}

/** One control. Refuses with `control.not_found`. */
export async function showControl(tx: Tx, id: Id<'control'>, can: Can): Promise<View> {
  const [[loaded], obligations] = await Promise.all([
    loadControls(tx, [id]),
    tx.rows<View['obligations'][number]>(
      statement(
        `select o.id, o.ref, o.title from control_obligation l
         join obligation o on o.org_id = l.org_id and o.id = l.obligation_id
         where l.org_id = $1 and l.control_id = $2 and l.live order by o.ref collate people`,
        [tx.org.id, id],
      ),
    ),
  ])
  if (!loaded) {
    throw new RefusalError({
      code: 'control.not_found',
      message: `There is no such control in ${tx.org.name}.`,
      facts: {},
    })
  }
  const language = languageOf(tx.org.language)
  const { control } = loaded
  const definition = definitionOf(loaded)
  return {
    ...itemOf(loaded, soaRowOf(loaded, language), can),
    purpose: definition?.purpose[language] ?? '',
    attributes: definition ? mutable(definition.attributes) : null,
    predecessors: [...(definition?.predecessors2013 ?? [])],
    statedOn: control.statedOn,
    statedBy: loaded.statedByName,
    actions: loaded.actions.map(({ ref, title, status, version, open, dueOn, riskRef }) => ({
      ref,
      title,
      status,
      claimedByImport: isClaimedByImport({ status, version }),
      overdue: open && dueOn !== null && dueOn < todayOf(tx),
      dueOn,
      riskRef,
    })),
    obligations,
    note: control.note,
    withdrawnAt: control.withdrawnAt,
  }
}

/** The issued and the proposed version, rows and all, with the approver's name. */
export function currentVersions(tx: Tx): Promise<(SoaVersion & { readonly approverName: string | null })[]> {
  return tx.rows(
    statement(
      `select v.*, a.name as approver_name from soa_version v
       left join person a on a.org_id = v.org_id and a.id = v.approved_by
       where v.org_id = $1 and v.status in ('issued', 'proposed')`,
      [tx.org.id],
    ),
  )
}

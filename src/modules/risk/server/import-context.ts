import type { Id } from '#kernel/id.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, ImportMethod, ImportRecordRef } from '#kernel/import.ts'
import { annexAControls } from '#modules/catalogue/server/import-controls.ts'
import { importDirectory } from '#modules/people/server/import-directory.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ImportOccasion } from '#platform/import/server/import-target.ts'
import { loadRefBook, type RefBook, withNumbers } from '#platform/import/server/ref-book.ts'
import type { ImportingAt, PersonFacts } from '../domain/acting.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import type { RiskMethod } from '../domain/method.ts'
import type { Risk } from '../domain/risk.ts'
import { type ControlFacts, controlDirectory } from './control-directory.ts'
import { todayOf } from './load.ts'

/** What imports into the risk register and the treatment plan have in common. */
export interface RiskImportState {
  readonly methods: readonly RiskMethod[]
  readonly inForce: RiskMethod | null
  readonly risks: ReadonlyMap<string, Risk>
  readonly people: ReadonlyMap<string, PersonFacts>
  /** Ids of controls by folded reference. */
  readonly controls: ReadonlyMap<string, Id<'control'>>
  readonly riskRefs: RefBook
  readonly actionRefs: RefBook
}

/** Loads it: a few statements, whatever the number of risks. `existing` is left to the register. */
export async function loadRiskImport(
  tx: Tx,
): Promise<{ context: Omit<ImportContext, 'existing'>; state: RiskImportState }> {
  const [directory, methods, risks, assets, controls, riskRefs, actionRefs] = await Promise.all([
    importDirectory(tx),
    tx.rows<RiskMethod>(statement('select * from risk_method where org_id = $1', [tx.org.id])),
    tx.rows<Risk>(statement('select * from risk where org_id = $1 and withdrawn_at is null', [tx.org.id])),
    tx.rows<ImportRecordRef>(
      statement('select id, ref, name from asset where org_id = $1 and withdrawn_at is null', [tx.org.id]),
    ),
    controlDirectory(tx),
    loadRefBook(tx, 'risk', 'R'),
    loadRefBook(tx, 'risk_action', 'T'),
  ])
  const inForce = methods.find((method) => method.status === 'approved') ?? null
  const annexA = annexAControls()
  const own = [...controls.values()].filter(({ ref }) => !annexA.some((control) => control.ref === ref))
  return {
    context: {
      today: todayOf(tx),
      language: tx.org.language,
      ...directory,
      controls: [...annexA, ...own.map(ownControl)],
      assets: withNumbers(assets, 'A'),
      risks: withNumbers(
        risks.map(({ id, ref, title }) => ({ id, ref, name: title })),
        'R',
      ),
      classifications: [],
      method: inForce && methodForImport(inForce),
    },
    state: {
      methods,
      inForce,
      risks: new Map(risks.map((risk) => [risk.id, risk])),
      people: new Map(
        directory.people.map(({ id, name, leftOn }) => [id, { id: id as Id<'person'>, name, active: leftOn === null }]),
      ),
      controls: new Map([...controls.values()].map(({ id, ref }) => [fold(ref), id])),
      riskRefs,
      actionRefs,
    },
  }
}

const ownControl = ({ ref, title }: ControlFacts) => ({ ref, titles: { en: title }, predecessors: [] })

/** The method in force as interpreters know one. */
function methodForImport(method: RiskMethod): ImportMethod {
  const levels = (all: RiskMethod['likelihood']) => all.map(({ value, name }) => ({ value, name }))
  return {
    name: method.name,
    likelihood: levels(method.likelihood),
    dimensions: method.dimensions.map(({ key, name, levels: own }) => ({ key, name, levels: levels(own) })),
    bands: method.bands.map(({ key, name }) => ({ key, name })),
    levelOf: (likelihood, impact) =>
      evaluationOf(method, { likelihood, consequences: { overall: impact } })?.band ?? null,
  }
}

/** The occasion as the rules of this module take it. */
export const importingAt = (at: ImportOccasion): ImportingAt => ({
  orgId: at.orgId,
  by: { personId: at.personId },
  now: at.now,
  today: at.today,
  mint: () => at.newId(),
})

import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Refusal, Result } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Actor, At, Mint, PersonFacts } from './acting.ts'
import type { AuthoritySignature, RiskApproval, SignedApproval } from './approval.ts'
import type { ApprovalAct } from './authority.ts'
import { defaultMethod } from './default-method.ts'
import type { Dossier, FullDossier } from './dossier.ts'
import { newMethod } from './draft-method.ts'
import { evaluationOf } from './evaluate.ts'
import type { Material } from './material.ts'
import type { MethodContent, RiskMethod } from './method.ts'
import { newRisk } from './record-risk.ts'
import { recordTypes } from './record-types.ts'
import type { Risk } from './risk.ts'
import type { Scores } from './scores.ts'
import type { RiskControl, RiskRise, TreatmentOption } from './treatment.ts'
import { type ControlRecord, controlsInPlan } from './treatment.ts'
import type { TreatmentAction } from './treatment-action.ts'
import { compareText } from './words.ts'

/** Builders and a small in-memory register for the tests of this folder. */

let minted = 0
export const mint: Mint = <Type extends string>() => {
  minted += 1
  return `00000000-0000-7000-8000-${minted.toString(16).padStart(12, '0')}` as Id<Type>
}

export const orgId = '00000000-0000-7000-8000-ffffffffffff' as Id<'org'>
export const person = (name: string, active = true): PersonFacts => ({ id: mint<'person'>(), name, active })
export const anna = person('Anna')
export const boris = person('Boris')
export const chloe = person('Chloe')
export const actor = (who: PersonFacts, ...roles: string[]): Actor => ({ personId: who.id, roles })

export const day = (date: string): LocalDate => date as LocalDate
const start = Date.UTC(2026, 0, 5, 9)
let ticks = 0

/** An occasion; every call is one second later than the one before, on the given day when one is given. */
export function at(by: PersonFacts = anna, today?: string, ...roles: string[]): At {
  ticks += 1
  const now = new Date(today === undefined ? start + ticks * 1000 : Date.parse(`${today}T09:00:00.000Z`) + ticks)
  const instant = now.toISOString() as Instant
  return { orgId, by: actor(by, ...roles), now: instant, today: day(instant.slice(0, 10)), mint }
}

/** Stands in for the server's hash: equal exactly when the canonical JSON is. */
export const hash = (material: Material): string => JSON.stringify(sorted(material))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => compareText(a, b))
  return entries.map(([key, each]) => [key, sorted(each)])
}

export function approvedMethod(patch: Partial<MethodContent> = {}): RiskMethod {
  const content = { ...defaultMethod('en', '2026'), ...patch }
  return { ...newMethod(content, 1, null, at()), status: 'approved', approvedBy: boris.id, approvedAt: at().now }
}

/** A method with one dimension, a product and four bands: quick to read in tests. */
export function productMethod(patch: Partial<MethodContent> = {}): RiskMethod {
  const base = defaultMethod('en', '2026')
  const first = base.dimensions[0]
  return approvedMethod({
    dimensions: first === undefined ? [] : [first],
    aggregate: { mode: 'product' },
    bands: [
      { key: 'low', name: 'Low', token: 'green', from: 1, to: 4 },
      { key: 'moderate', name: 'Moderate', token: 'yellow', from: 5, to: 9 },
      { key: 'high', name: 'High', token: 'orange', from: 10, to: 16 },
      { key: 'critical', name: 'Critical', token: 'red', from: 17, to: 25 },
    ],
    ...patch,
  })
}

/** Scores in all five dimensions of the default method, the same level in each unless said otherwise. */
export function scores(likelihood: number, level: number, other: Record<string, number> = {}): Scores {
  const consequences = { financial: level, operational: level, reputation: level, legal: level, safety: 1, ...other }
  return { likelihood, consequences }
}

export const money = (likelihood: number, financial: number): Scores => ({ likelihood, consequences: { financial } })
export const overall = (likelihood: number, level: number): Scores => ({ likelihood, consequences: { overall: level } })

export function buildRisk(patch: Partial<Risk> = {}, owner: PersonFacts | null = anna): Risk {
  const draft = {
    kind: 'informationSecurity',
    title: 'Ransomware on file servers',
    scenario: 'An attacker encrypts the file servers through a stolen administrator account.',
    threat: 'Ransomware',
    vulnerability: null,
    category: null,
    confidentiality: 'notLost',
    integrity: 'lost',
    availability: 'lost',
  } as const
  return { ...newRisk(draft, { ...at(), ref: 'R-1', owner }), ...patch }
}

/** A risk that has been scored under a method. */
export function assessedRisk(
  method: RiskMethod,
  current: Scores,
  patch: Partial<Risk> = {},
  owner: PersonFacts | null = anna,
) {
  const priority = evaluationOf(method, current)?.priority ?? null
  const now = at().now
  const scored = {
    methodId: method.id,
    current,
    priority,
    rationale: 'Known from last year.',
    assessedAt: now,
    assessedBy: boris.id,
  }
  return buildRisk({ ...scored, ...patch }, owner)
}

export function dossierOf(risk: Risk, method: RiskMethod | null, patch: Partial<Dossier> = {}): Dossier {
  return {
    risk,
    method: risk.methodId === null ? null : method,
    inForce: method,
    owner: risk.ownerId === anna.id ? anna : risk.ownerId === boris.id ? boris : null,
    options: [],
    controls: [],
    rises: [],
    actions: [],
    planApproval: null,
    acceptance: null,
    ...patch,
  }
}

/** Messages that are not sentences for people; tests expect none. */
export const notSentences = (refusals: readonly Refusal[]): string[] =>
  refusals.filter((refused) => !isSentence(refused)).map((refused) => refused.message)

/** What a rule returned; a refusal fails the test with its sentence. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}

export function refusalOf(result: Result<unknown>): Refusal {
  if (result.ok) throw new Error('Expected a refusal')
  if (!isSentence(result.refusal)) throw new Error(`Not a sentence for people: ${result.refusal.message}`)
  return result.refusal
}

/** A stable code of this module, and a sentence that ends like one or names the value it refuses. */
export function isSentence(refused: Refusal): boolean {
  const namesValue =
    refused.facts['value'] !== undefined && refused.message.includes(`${String(refused.facts['value'])}`)
  const ends = refused.message.endsWith('.') || namesValue
  return (
    /^risk\.[a-z_]+$/.test(refused.code) &&
    ends &&
    /^[A-Z“]/.test(refused.message) &&
    !/undefined|null|NaN\b.*NaN/.test(refused.message)
  )
}

/** Applies changes to rows of one risk, as the tables would, and gives the dossier back. */
export class RiskBook {
  risk: Risk
  readonly rows = new Map<string, Map<string, Change['after']>>()
  readonly method: RiskMethod
  inForce: RiskMethod
  owner: PersonFacts | null = anna

  constructor(risk: Risk, method: RiskMethod) {
    this.risk = risk
    this.method = method
    this.inForce = method
  }

  apply(changes: readonly Change[] | Change): this {
    for (const change of 'type' in changes ? [changes] : changes) {
      if (change.type === recordTypes.risk) this.risk = change.after as Risk
      else this.table(change.type).set(change.after.id, change.after)
    }
    return this
  }

  table(type: string): Map<string, Change['after']> {
    const table = this.rows.get(type) ?? new Map<string, Change['after']>()
    this.rows.set(type, table)
    return table
  }

  all<Row>(type: string): Row[] {
    return [...this.table(type).values()] as Row[]
  }

  get options(): TreatmentOption[] {
    return this.all(recordTypes.option)
  }
  get controls(): RiskControl[] {
    return this.all(recordTypes.control)
  }
  get rises(): RiskRise[] {
    return this.all(recordTypes.rise)
  }
  get actions(): TreatmentAction[] {
    return this.all(recordTypes.action)
  }

  signed(act: ApprovalAct): SignedApproval | null {
    const approval = this.all<RiskApproval>(recordTypes.approval).find((row) => row.act === act && row.endedAt === null)
    if (approval === undefined) return null
    const signatures = this.all<AuthoritySignature>(recordTypes.signature).filter(
      (row) => row.approvalId === approval.id,
    )
    return { approval, signatures }
  }

  dossier(records: ReadonlyMap<Id, ControlRecord> = new Map()): FullDossier {
    return {
      risk: this.risk,
      method: this.risk.methodId === this.inForce.id ? this.inForce : this.risk.methodId === null ? null : this.method,
      inForce: this.inForce,
      owner: this.owner,
      options: this.options,
      controls: controlsInPlan(this.controls, records),
      rises: this.rises,
      actions: this.actions,
      planApproval: this.signed('plan'),
      acceptance: this.signed('acceptance'),
    }
  }

  planRows() {
    const { options, controls, rises } = this
    return { method: this.method, options, controls, rises }
  }
}

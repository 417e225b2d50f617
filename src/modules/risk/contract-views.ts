import { z } from 'zod'
import { date, facts, filled, id, instant, personRef, sha256 } from '#platform/contract/schemas.ts'
import { approvalStandings } from './domain/judge-approval.ts'
import { authorityRoles, bandTokens } from './domain/method.ts'
import { levelOrigins, propertyLosses, riskKinds } from './domain/risk.ts'
import { nextSteps, riskStatuses } from './domain/risk-status.ts'
import { axes, controlStandings, controlStates, optionKinds } from './domain/treatment.ts'
import { actionStatuses } from './domain/treatment-action.ts'

/** Path of one risk. */
export const riskId = z.object({ riskId: id('risk') })

/** What an act that needs a reason sends. */
export const reason = z.object({ reason: filled(1000) })

export const loss = z.enum(propertyLosses)
export const kind = z.enum(riskKinds)

/** A value on a scale of the method. */
export const level = z.number().int().min(0).max(1000)

/** Likelihood and consequence levels, in values of the method's scales; `consequences` by dimension, or `overall` alone. */
export const scores = z.object({ likelihood: level, consequences: z.record(z.string().max(60), level) })

/** Why something is as it is: the English sentence, and what a translation of it needs. */
export const why = z.object({
  code: z.string(),
  message: z.string(),
  facts: facts(),
})

const evaluation = z.object({
  scores,
  likelihood: z.number().int(),
  consequence: z.number().int(),
  product: z.number().int().nullable(),
  band: z.object({ key: z.string(), name: z.string(), token: z.enum(bandTokens) }),
  level: z.number().int(),
  exceeds: z.boolean(),
})

const act = z.object({
  id: id('approval'),
  by: z.string(),
  signedAt: instant(),
  expiresOn: date(),
  standing: z.enum(approvalStandings),
  reasons: z.array(why),
  improvements: z.array(why),
  needs: z.array(z.enum(authorityRoles)),
  signatures: z.array(z.object({ role: z.enum(authorityRoles), by: z.string(), signedAt: instant() })),
  note: z.string().nullable(),
})

const controlLink = z.object({
  id: id('control'),
  ref: z.string(),
  title: z.string(),
  state: z.enum(controlStates),
  lowers: z.enum(axes).nullable(),
  /** Where its own records say that it stands, as the statement tells it; null where there are none. */
  standing: z.enum(controlStandings).nullable(),
  /** The records of the control do not contradict that it is at work; false counts as failing in approvals. */
  works: z.boolean(),
})

/** A treatment action with what the reader may do to it. */
export const actionView = z.object({
  id: id('action'),
  ref: z.string(),
  version: z.number().int(),
  riskId: id('risk'),
  riskRef: z.string(),
  riskTitle: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  /** The controls it brings about. */
  controls: z.array(z.object({ id: id('control'), ref: z.string(), title: z.string() })),
  owner: personRef().nullable(),
  /** Who an imported plan says does it, as long as nobody of the directory is named. */
  ownerText: z.string().nullable(),
  startOn: date().nullable(),
  dueOn: date().nullable(),
  dueMoves: z.array(z.object({ from: date(), to: date(), reason: z.string(), at: instant(), by: z.string() })),
  resources: z.string().nullable(),
  /** In the smallest unit of the organization's currency. */
  cost: z.number().int().nullable(),
  status: z.enum(actionStatuses),
  statusReason: z.string().nullable(),
  overdue: z.boolean(),
  doneAt: instant().nullable(),
  /** Done by the word of an imported file alone, until somebody here confirms it or opens it again. */
  claimedByImport: z.boolean(),
  can: z.object({ edit: z.boolean(), complete: z.boolean() }),
})

/** A level on the scales of an imported register, as far as its row stated it. */
const originalLevel = z.object({
  likelihood: z.number().int().nullable(),
  consequence: z.number().int().nullable(),
  product: z.number().nullable(),
  level: z.string().nullable(),
})

/** A risk as the register lists it. */
export const riskItem = z.object({
  id: id('risk'),
  ref: z.string(),
  version: z.number().int(),
  kind,
  title: z.string(),
  scenario: z.string(),
  category: z.string().nullable(),
  confidentiality: loss,
  integrity: loss,
  availability: loss,
  owner: personRef().nullable(),
  ownerText: z.string().nullable(),
  inherent: evaluation.nullable(),
  current: evaluation.nullable(),
  target: evaluation.nullable(),
  method: z.object({ id: id('method'), name: z.string(), inForce: z.boolean() }).nullable(),
  /** What the imported register said of states nobody has scored under a method of the organization; null when nothing. */
  original: z
    .object({
      inherent: originalLevel.nullable(),
      current: originalLevel.nullable(),
      target: originalLevel.nullable(),
    })
    .nullable(),
  status: z.enum(riskStatuses),
  why: z.array(why),
  next: z.object({ step: z.enum(nextSteps), by: z.string() }).nullable(),
  options: z.array(z.enum(optionKinds)),
  controls: z.array(controlLink),
  actions: z.object({
    total: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    /** Open ones that nobody owns, and those without a due date. */
    unowned: z.number().int(),
    undated: z.number().int(),
    nextDue: date().nullable(),
  }),
  /** Which level an acceptance would be of: the target while treatment goes on, in advance; the current one after it. */
  residual: z.enum(['target', 'current']).nullable(),
  plan: z.enum(approvalStandings).nullable(),
  acceptance: z.enum(approvalStandings).nullable(),
  /** When the current level was scored, or taken over from a file. */
  assessedAt: instant().nullable(),
  /** Whose judgement the current level is: of a person here, or of the register it was imported from; null without a level. */
  levelOrigin: z.enum(levelOrigins).nullable(),
  /** What the owner or the other authority may sign now. */
  can: z.object({
    edit: z.boolean(),
    /** Name another owner. */
    assign: z.boolean(),
    assess: z.boolean(),
    treat: z.boolean(),
    approve: z.boolean(),
    accept: z.boolean(),
    sign: z.boolean(),
  }),
})

const otherRecord = z.object({ id: z.string(), ref: z.string(), title: z.string() })

/** A risk with its treatment, its approvals and what keeps an act from being signed. */
export const riskView = riskItem.extend({
  threat: z.string().nullable(),
  vulnerability: z.string().nullable(),
  rationale: z.string(),
  assets: z.array(otherRecord),
  obligations: z.array(otherRecord),
  treatment: z.object({
    options: z.array(
      z.object({
        kind: z.enum(optionKinds),
        agreement: z.string().nullable(),
        change: z.string().nullable(),
        endedOn: date().nullable(),
      }),
    ),
    rises: z.array(z.object({ axis: z.string(), reason: z.string(), secondaryRiskId: id('risk') })),
    actions: z.array(actionView),
    rescoringDue: z.boolean(),
  }),
  approvals: z.object({ plan: act.nullable(), acceptance: act.nullable() }),
  /** Why an act cannot be signed now by the person asking; null when it can. */
  blocked: z.object({ approve: why.nullable(), accept: why.nullable(), sign: why.nullable() }),
  /** Hash of the state that would be signed, to be sent back with the signature. */
  seen: z.object({ plan: sha256().nullable(), acceptance: sha256().nullable() }),
  imported: z.unknown().nullable(),
  effectiveness: z.string().nullable(),
  closedAt: instant().nullable(),
  closedReason: z.string().nullable(),
  withdrawnAt: instant().nullable(),
})

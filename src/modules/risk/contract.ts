import { z } from 'zod'
import { exportFields, registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import {
  date,
  facts,
  id,
  instant,
  line,
  listQuery,
  pageOf,
  personRef,
  prose,
  several,
  sha256,
  text,
} from '#platform/contract/schemas.ts'
import { approvalStandings } from './domain/judge-approval.ts'
import { authorityRoles, bandTokens, methodStatuses } from './domain/method.ts'
import { propertyLosses, riskKinds } from './domain/risk.ts'
import { nextSteps, riskStatuses } from './domain/risk-status.ts'
import { runScopes, runStatuses } from './domain/run.ts'
import { riskStates } from './domain/scores.ts'
import { axes, controlStates, optionKinds } from './domain/treatment.ts'
import { actionStatuses } from './domain/treatment-action.ts'

const riskId = z.object({ riskId: id('risk') })
const methodId = z.object({ methodId: id('method') })
const runId = z.object({ runId: id('run') })
const actionId = z.object({ actionId: id('action') })
const reason = z.object({ reason: line(1000) })

const loss = z.enum(propertyLosses)
const kind = z.enum(riskKinds)
const level = z.number().int().min(0).max(1000)

/** Likelihood and consequence levels, in values of the method's scales; `consequences` by dimension, or `overall` alone. */
export const scores = z.object({ likelihood: level, consequences: z.record(z.string().max(60), level) })

const levelText = z.object({ value: level, name: line(80), definition: prose(2000) })
const band = z.object({
  key: line(40),
  name: line(80),
  token: z.enum(bandTokens),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
})
const authority = z.array(z.object({ upTo: line(40), also: z.array(z.enum(authorityRoles)) })).max(10)

/** Why something is as it is: the English sentence, and what a translation of it needs. */
const why = z.object({
  code: z.string(),
  message: z.string(),
  facts: facts(),
})

const methodFields = {
  name: line(120),
  // Imported scales may be longer than one's own may be; approval checks those.
  likelihood: z.array(levelText).max(25),
  dimensions: z
    .array(
      z.object({
        key: line(40),
        name: line(80),
        levels: z.array(levelText).max(25),
        acceptUpTo: z.string().nullable(),
      }),
    )
    .max(12),
  aggregate: z.union([
    z.object({ mode: z.literal('product') }),
    z.object({ mode: z.literal('matrix'), cells: z.array(z.array(z.string().max(40)).max(10)).max(10) }),
  ]),
  bands: z.array(band).max(10),
  acceptUpTo: z.string().max(40).nullable(),
  acceptanceAuthority: authority,
  planAuthority: authority,
  intervalMonths: z.number().int().min(1).max(60),
  triggers: z.array(line(500)).max(40),
  validityMonths: z.number().int().min(1).max(60),
}

export const methodView = z.object({
  id: id('method'),
  version: z.number().int(),
  edition: z.number().int(),
  status: z.enum(methodStatuses),
  ...methodFields,
  combination: z.literal('maximum'),
  approvedBy: z.string().nullable(),
  approvedAt: instant().nullable(),
  supersededAt: instant().nullable(),
  /** What keeps a draft from being approved, one sentence each. */
  problems: z.array(why.extend({ field: z.string().nullable() })),
  can: z.object({ edit: z.boolean(), approve: z.boolean(), revise: z.boolean() }),
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
  /** The records of the control say that it works; false counts as failing in approvals. */
  works: z.boolean(),
})

export const actionView = z.object({
  id: id('action'),
  ref: z.string(),
  version: z.number().int(),
  riskId: id('risk'),
  riskRef: z.string(),
  riskTitle: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  control: z.object({ id: id('control'), ref: z.string(), title: z.string() }).nullable(),
  owner: personRef().nullable(),
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
  can: z.object({ edit: z.boolean(), complete: z.boolean() }),
})

/** A risk as the register lists it. */
/** A level on the scales of an imported register, as far as its row stated it. */
const originalLevel = z.object({
  likelihood: z.number().int().nullable(),
  consequence: z.number().int().nullable(),
  product: z.number().nullable(),
  level: z.string().nullable(),
})

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
    nextDue: date().nullable(),
  }),
  plan: z.enum(approvalStandings).nullable(),
  acceptance: z.enum(approvalStandings).nullable(),
  assessedAt: instant().nullable(),
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

const riskFields = {
  title: line(300),
  scenario: prose(10_000),
  threat: text(500).nullable(),
  vulnerability: text(500).nullable(),
  category: text(200).nullable(),
  confidentiality: loss,
  integrity: loss,
  availability: loss,
}

const links = { assetIds: z.array(id('asset')).max(200), obligationIds: z.array(id('obligation')).max(200) }

const controlDraft = z.object({
  controlId: id('control'),
  state: z.enum(controlStates),
  lowers: z.enum(axes).nullable(),
})

const actionFields = {
  title: line(300),
  description: prose(5000).nullable(),
  controlId: id('control').nullable(),
  startOn: date().nullable(),
  resources: text(1000).nullable(),
  cost: z.number().int().min(0).nullable(),
}

const runView = z.object({
  id: id('run'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  scope: z.enum(runScopes),
  trigger: z.string().nullable(),
  method: z.object({ id: id('method'), name: z.string() }),
  status: z.enum(runStatuses),
  openedOn: date(),
  closedOn: date().nullable(),
  results: z.number().int(),
  missing: z.number().int(),
  can: z.object({ edit: z.boolean() }),
})

const runResult = z.object({
  riskId: id('risk'),
  ref: z.string(),
  title: z.string(),
  owner: z.string().nullable(),
  inherent: scores.nullable(),
  current: scores.nullable(),
  target: scores.nullable(),
  inherentBand: z.string().nullable(),
  currentBand: z.string(),
  targetBand: z.string().nullable(),
  exceeds: z.boolean(),
  rank: z.number().int().nullable(),
  rationale: z.string(),
  assessedAt: instant(),
})

const batch = z.object({
  signed: z.array(id('risk')),
  refused: z.array(z.object({ riskId: id('risk'), ref: z.string(), ...why.shape })),
})

const listRisks = route({
  name: 'risk.list',
  method: 'GET',
  path: '/orgs/:org/risks',
  action: 'risk.read',
  summary: 'The risk register',
  query: listQuery(
    {
      kind: several(kind).optional(),
      ownerId: id('person').optional(),
      status: several(z.enum(riskStatuses)).optional(),
      band: several(text(40)).optional(),
      category: text(200).optional(),
      controlId: id('control').optional(),
      assetId: id('asset').optional(),
      /** A cell of the matrix: `likelihood-consequence` of the state. */
      cell: z
        .string()
        .regex(/^\d{1,3}-\d{1,3}$/)
        .optional(),
      state: z.enum(riskStates).default('current'),
      withdrawn: z.stringbool().optional(),
    },
    ['ref', 'title', 'level', 'owner', 'category', 'assessedAt'],
  ),
  response: pageOf(riskItem, { create: z.boolean(), import: z.boolean() }),
  timeTravel: true,
})

const listActions = route({
  name: 'action.list',
  method: 'GET',
  path: '/orgs/:org/risk-actions',
  action: 'risk.read',
  summary: 'Treatment actions of all risks: the risk treatment plan',
  query: z.object({
    status: several(z.enum(actionStatuses)).optional(),
    ownerId: id('person').optional(),
    overdue: z.stringbool().optional(),
    q: text(200).optional(),
  }),
  response: z.object({ items: z.array(actionView), total: z.number().int() }),
  timeTravel: true,
})

/** Routes of method, register, treatment and assessment runs. */
export const risks = {
  list: listRisks,
  show: route({
    name: 'risk.show',
    method: 'GET',
    path: '/orgs/:org/risks/:riskId',
    action: 'risk.read',
    summary: 'One risk with treatment and approvals',
    params: riskId,
    response: riskView,
    timeTravel: true,
  }),
  record: route({
    name: 'risk.record',
    method: 'POST',
    path: '/orgs/:org/risks',
    action: 'risk.create',
    alsoActions: ['risk.claim'],
    summary: 'Record a risk',
    body: z.object({
      kind: kind.default('informationSecurity'),
      ...riskFields,
      threat: riskFields.threat.default(null),
      vulnerability: riskFields.vulnerability.default(null),
      category: riskFields.category.default(null),
      confidentiality: loss.default('notStated'),
      integrity: loss.default('notStated'),
      availability: loss.default('notStated'),
      ownerId: id('person').nullable().default(null),
      assetIds: links.assetIds.default([]),
      obligationIds: links.obligationIds.default([]),
    }),
    response: riskView,
    creates: true,
  }),
  change: route({
    name: 'risk.change',
    method: 'PATCH',
    path: '/orgs/:org/risks/:riskId',
    action: 'risk.edit',
    alsoActions: ['risk.assign'],
    summary: 'Change what a risk says, what it touches, or who owns it',
    params: riskId,
    body: z.object({ ...riskFields, ownerId: id('person').nullable(), ...links }).partial(),
    response: riskView,
    ifMatch: true,
  }),
  assess: route({
    name: 'risk.assess',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/assess',
    action: 'risk.assess',
    summary: 'Score a risk under the method in force, or within an open run',
    params: riskId,
    body: z.object({
      current: scores,
      inherent: scores.nullable().optional(),
      target: scores.nullable().optional(),
      rationale: prose(5000),
      runId: id('run').nullable().default(null),
    }),
    response: riskView,
    ifMatch: true,
  }),
  plan: route({
    name: 'risk.plan',
    method: 'PUT',
    path: '/orgs/:org/risks/:riskId/treatment',
    action: 'risk.treat',
    summary: 'Decide how a risk is treated: options, controls with the axis they lower, target',
    params: riskId,
    body: z.object({
      options: z
        .array(
          z.object({
            kind: z.enum(optionKinds),
            agreement: text(500).nullable().default(null),
            change: text(1000).nullable().default(null),
          }),
        )
        .max(4),
      controls: z.array(controlDraft).max(200),
      target: scores.nullable(),
      rises: z
        .array(z.object({ axis: line(60), reason: line(1000), secondaryRiskId: id('risk') }))
        .max(20)
        .default([]),
    }),
    response: riskView,
    ifMatch: true,
  }),
  rescore: route({
    name: 'risk.rescore',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/rescore',
    action: 'risk.assess',
    summary: 'Score the current level after the treatment; the variance against the target is kept',
    params: riskId,
    body: z.object({ current: scores, rationale: prose(5000) }),
    response: riskView,
    ifMatch: true,
  }),
  endActivity: route({
    name: 'risk.endActivity',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/end-activity',
    action: 'risk.treat',
    summary: 'The activity behind an avoided risk has ended: the risk closes',
    params: riskId,
    body: z.object({ endedOn: date() }),
    response: riskView,
  }),
  withdraw: route({
    name: 'risk.withdraw',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/withdraw',
    action: 'risk.withdraw',
    summary: 'Take a risk out of the register',
    params: riskId,
    body: reason,
    response: riskView,
  }),
  reopen: route({
    name: 'risk.reopen',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/reopen',
    action: 'risk.withdraw',
    summary: 'Open a closed or withdrawn risk again',
    params: riskId,
    body: reason,
    response: riskView,
  }),
  approvePlan: route({
    name: 'risk.approvePlan',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/approve-plan',
    action: 'risk.approvePlan',
    summary: 'The owner approves the treatment plan (6.1.3 f)',
    params: riskId,
    body: z.object({ seen: sha256().optional(), expiresOn: date().optional(), note: text(2000).optional() }),
    response: riskView,
  }),
  accept: route({
    name: 'risk.accept',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/accept',
    action: 'risk.accept',
    summary: 'The owner accepts the residual risk (6.1.3 f)',
    params: riskId,
    body: z.object({ seen: sha256().optional(), expiresOn: date().optional(), note: text(2000).optional() }),
    response: riskView,
  }),
  sign: route({
    name: 'risk.sign',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/sign',
    action: 'risk.sign',
    summary: 'A higher authority signs in addition to the owner',
    params: riskId,
    body: z.object({ act: z.enum(['plan', 'acceptance']) }),
    response: riskView,
  }),
  revoke: route({
    name: 'risk.revoke',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/revoke',
    action: 'risk.accept',
    summary: 'The person who signed takes an approval back',
    params: riskId,
    body: z.object({ act: z.enum(['plan', 'acceptance']), reason: line(1000) }),
    response: riskView,
  }),
  approveMany: route({
    name: 'risk.signMany',
    method: 'POST',
    path: '/orgs/:org/risks-sign',
    action: 'risk.accept',
    summary: 'Sign one act for several risks, each by its own rule',
    body: z.object({ act: z.enum(['plan', 'acceptance']), riskIds: z.array(id('risk')).min(1).max(200) }),
    response: batch,
  }),
  matrix: route({
    name: 'risk.matrix',
    method: 'GET',
    path: '/orgs/:org/risk-matrix',
    action: 'risk.read',
    summary: 'Likelihood × consequence with the number of risks per cell, for each state, and how they move',
    response: z.object({
      method: methodView.nullable(),
      states: z.array(
        z.object({
          state: z.enum(riskStates),
          cells: z.array(
            z.object({ likelihood: z.number().int(), consequence: z.number().int(), count: z.number().int() }),
          ),
        }),
      ),
      moves: z.array(
        z.object({
          from: z.object({ likelihood: z.number().int(), consequence: z.number().int() }),
          to: z.object({ likelihood: z.number().int(), consequence: z.number().int() }),
          count: z.number().int(),
        }),
      ),
      unscored: z.number().int(),
      otherMethod: z.number().int(),
    }),
    timeTravel: true,
  }),
  actions: listActions,
  addAction: route({
    name: 'action.add',
    method: 'POST',
    path: '/orgs/:org/risks/:riskId/actions',
    action: 'risk.treat',
    summary: 'Add an action to the treatment of a risk',
    params: riskId,
    body: z.object({
      title: actionFields.title,
      description: actionFields.description.default(null),
      controlId: actionFields.controlId.default(null),
      ownerId: id('person'),
      startOn: actionFields.startOn.default(null),
      dueOn: date(),
      resources: actionFields.resources.default(null),
      cost: actionFields.cost.default(null),
    }),
    response: actionView,
    creates: true,
  }),
  changeAction: route({
    name: 'action.change',
    method: 'PATCH',
    path: '/orgs/:org/risk-actions/:actionId',
    action: 'action.edit',
    summary: 'Change an action, its owner, or its due date with a reason',
    params: actionId,
    body: z.object({ ...actionFields, ownerId: id('person'), dueOn: date(), dueReason: line(1000) }).partial(),
    response: actionView,
    ifMatch: true,
  }),
  stepAction: route({
    name: 'action.step',
    method: 'POST',
    path: '/orgs/:org/risk-actions/:actionId/step',
    action: 'action.edit',
    summary: 'Start, complete, cancel or reopen an action',
    params: actionId,
    body: z.object({ step: z.enum(['start', 'complete', 'cancel', 'reopen']), reason: text(1000).default('') }),
    response: actionView,
  }),
  controlChoices: route({
    name: 'risk.controls',
    method: 'GET',
    path: '/orgs/:org/risk-controls',
    action: 'risk.read',
    summary: 'Controls a treatment can name, and whether their records say that they work',
    query: z.object({ q: text(200).optional() }),
    response: z.object({
      items: z.array(z.object({ id: id('control'), ref: z.string(), title: z.string(), works: z.boolean() })),
    }),
  }),
  methods: route({
    name: 'method.list',
    method: 'GET',
    path: '/orgs/:org/risk-methods',
    action: 'method.read',
    summary: 'Versions of the risk method, newest first',
    response: z.object({ items: z.array(methodView), can: z.object({ create: z.boolean() }) }),
    timeTravel: true,
  }),
  draftMethod: route({
    name: 'method.draft',
    method: 'POST',
    path: '/orgs/:org/risk-methods',
    action: 'method.edit',
    summary: 'Draft a method from the template, or a revision of the version in force',
    body: z.object({
      from: z.enum(['template', 'inForce']),
      name: line(120).optional(),
      language: z.enum(['en', 'de']).optional(),
    }),
    response: methodView,
    creates: true,
  }),
  changeMethod: route({
    name: 'method.change',
    method: 'PATCH',
    path: '/orgs/:org/risk-methods/:methodId',
    action: 'method.edit',
    summary: 'Change a draft of the method',
    params: methodId,
    body: z.object(methodFields).partial(),
    response: methodView,
    ifMatch: true,
  }),
  approveMethod: route({
    name: 'method.approve',
    method: 'POST',
    path: '/orgs/:org/risk-methods/:methodId/approve',
    action: 'method.approve',
    summary: 'Approve a draft: it is in force from now on and never changes',
    params: methodId,
    response: methodView,
  }),
  discardMethod: route({
    name: 'method.discard',
    method: 'POST',
    path: '/orgs/:org/risk-methods/:methodId/discard',
    action: 'method.edit',
    summary: 'Discard a draft of the method',
    params: methodId,
    response: methodView,
  }),
  runs: route({
    name: 'run.list',
    method: 'GET',
    path: '/orgs/:org/risk-runs',
    action: 'risk.read',
    summary: 'Assessment runs, newest first, and when the next whole one is due',
    response: z.object({ items: z.array(runView), nextDue: date().nullable(), can: z.object({ create: z.boolean() }) }),
    timeTravel: true,
  }),
  run: route({
    name: 'run.show',
    method: 'GET',
    path: '/orgs/:org/risk-runs/:runId',
    action: 'risk.read',
    summary: 'One run with its results and what is still missing',
    params: runId,
    response: runView.extend({
      rows: z.array(runResult),
      missingRisks: z.array(z.object({ id: id('risk'), ref: z.string(), title: z.string() })),
    }),
    timeTravel: true,
  }),
  openRun: route({
    name: 'run.open',
    method: 'POST',
    path: '/orgs/:org/risk-runs',
    action: 'run.edit',
    summary: 'Open an assessment run, whole or for named risks',
    body: z.object({
      name: line(200),
      scope: z.enum(runScopes),
      trigger: text(1000).nullable().default(null),
      riskIds: z.array(id('risk')).max(10_000).default([]),
    }),
    response: runView,
    creates: true,
  }),
  closeRun: route({
    name: 'run.close',
    method: 'POST',
    path: '/orgs/:org/risk-runs/:runId/close',
    action: 'run.edit',
    summary: 'Close a run: its results are frozen and ranked',
    params: runId,
    response: runView,
  }),
  cancelRun: route({
    name: 'run.cancel',
    method: 'POST',
    path: '/orgs/:org/risk-runs/:runId/cancel',
    action: 'run.edit',
    summary: 'Cancel an open run',
    params: runId,
    body: reason,
    response: runView,
  }),
  exportRegister: registerExport(listRisks, {
    name: 'risk.export',
    path: '/orgs/:org/exports/risks',
    action: 'risk.export',
    summary: 'The risk register as a document or a table, narrowed as its list; the greatest risks first unless sorted',
  }),
  exportPlan: route({
    name: 'rtp.export',
    method: 'GET',
    path: '/orgs/:org/exports/rtp',
    action: 'risk.export',
    summary: 'The risk treatment plan (6.1.3 e) as a document or a table, narrowed as the list of its actions',
    query: listActions.query.extend(exportFields),
    response: 'file',
    timeTravel: true,
    costly: true,
  }),
} as const

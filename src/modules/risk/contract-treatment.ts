import { z } from 'zod'
import { exportFields } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import { date, filled, id, line, prose, several, sha256, text } from '#platform/contract/schemas.ts'
import { actionView, riskId, riskView, scores, why } from './contract-views.ts'
import { axes, controlStandings, controlStates, optionKinds } from './domain/treatment.ts'
import { actionStatuses } from './domain/treatment-action.ts'

const actionId = z.object({ actionId: id('action') })

const controlDraft = z.object({
  controlId: id('control'),
  state: z.enum(controlStates),
  lowers: z.enum(axes).nullable(),
})

const actionFields = {
  title: line(300),
  description: prose(5000).nullable(),
  controlIds: z.array(id('control')).max(20),
  startOn: date().nullable(),
  resources: text(1000).nullable(),
  cost: z.number().int().min(0).nullable(),
}

const batch = z.object({
  signed: z.array(id('risk')),
  refused: z.array(z.object({ riskId: id('risk'), ref: z.string(), ...why.shape })),
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
  response: z.object({ items: z.array(actionView), total: z.number().int(), can: z.object({ import: z.boolean() }) }),
  timeTravel: true,
})

/** Routes of the treatment of risks: options, controls, actions, and the two acts of the owner (6.1.3 f). */
export const treatmentRoutes = {
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
        .array(z.object({ axis: line(60), reason: filled(1000), secondaryRiskId: id('risk') }))
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
    body: z.object({ act: z.enum(['plan', 'acceptance']), reason: filled(1000) }),
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
      controlIds: actionFields.controlIds.default([]),
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
    body: z.object({ ...actionFields, ownerId: id('person'), dueOn: date(), dueReason: filled(1000) }).partial(),
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
    body: z.object({
      step: z.enum(['start', 'complete', 'cancel', 'reopen']),
      /** Why it is cancelled or reopened, or a note on its completion; kept in the history. */
      reason: text(1000).default(''),
      /** The day it was completed, from the day it was recorded (unless imported) up to today; today when left out. */
      doneOn: date().optional(),
    }),
    response: actionView,
  }),
  controlChoices: route({
    name: 'risk.controls',
    method: 'GET',
    path: '/orgs/:org/risk-controls',
    action: 'risk.read',
    summary: 'Controls a treatment can name, and where their records say that they stand',
    query: z.object({ q: text(200).optional() }),
    response: z.object({
      items: z.array(
        z.object({
          id: id('control'),
          ref: z.string(),
          title: z.string(),
          /** Where its records say that it stands, as the statement tells it. */
          standing: z.enum(controlStandings),
          /** Its records do not contradict that it is at work. */
          works: z.boolean(),
        }),
      ),
    }),
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

import { z } from 'zod'
import { registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import { id, line, listQuery, pageOf, prose, several, text } from '#platform/contract/schemas.ts'
import { methodRoutes, methodView } from './contract-methods.ts'
import { runRoutes } from './contract-runs.ts'
import { treatmentRoutes } from './contract-treatment.ts'
import { kind, loss, reason, riskId, riskItem, riskView, scores } from './contract-views.ts'
import { riskStatuses } from './domain/risk-status.ts'
import { riskStates } from './domain/scores.ts'

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

/** Routes of register, treatment, method and assessment runs. */
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
  exportRegister: registerExport(listRisks, {
    name: 'risk.export',
    path: '/orgs/:org/exports/risks',
    action: 'risk.export',
    summary: 'The risk register as a document or a table, narrowed as its list; the greatest risks first unless sorted',
  }),
  ...treatmentRoutes,
  ...methodRoutes,
  ...runRoutes,
} as const

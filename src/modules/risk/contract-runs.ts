import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date, id, instant, line, text } from '#platform/contract/schemas.ts'
import { reason, scores } from './contract-views.ts'
import { runScopes, runStatuses } from './domain/run.ts'

const runId = z.object({ runId: id('run') })

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

/** Routes of assessment runs (8.2). */
export const runRoutes = {
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
} as const

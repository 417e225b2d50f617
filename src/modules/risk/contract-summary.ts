import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date } from '#platform/contract/schemas.ts'
import { riskStatuses } from './domain/risk-status.ts'

/** How far the register is, in figures: for the overview and for whoever asks every morning. */
export const riskSummary = route({
  name: 'risk.summary',
  method: 'GET',
  path: '/orgs/:org/risk-summary',
  action: 'risk.read',
  summary: 'How many risks stand where, and what falls due next',
  response: z.object({
    total: z.number().int(),
    byStatus: z.record(z.enum(riskStatuses), z.number().int()),
    /** Current level above the acceptance threshold of the method. */
    exceeding: z.number().int(),
    /** Those with a current level that is as imported: nobody has assessed them here. */
    asImported: z.number().int(),
    withoutOwner: z.number().int(),
    /** Open actions and signatures that run out, earliest first. */
    due: z.array(
      z.object({
        kind: z.enum(['action', 'plan', 'acceptance']),
        ref: z.string(),
        title: z.string(),
        riskRef: z.string(),
        on: date(),
        overdue: z.boolean(),
      }),
    ),
  }),
  timeTravel: true,
})

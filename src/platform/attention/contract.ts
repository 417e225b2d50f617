import { z } from 'zod'
import { route } from '#platform/contract/route.ts'

/** What needs attention in the registers, for the navigation. */
export const attention = route({
  name: 'attention.show',
  method: 'GET',
  path: '/orgs/:org/attention',
  action: 'me.read',
  summary: 'How many records of each register need attention and why, as far as the caller may read them',
  response: z.object({
    items: z.array(
      z.object({
        /** Address of the register in the web app, inside the organization. */
        path: z.string(),
        /** `overdue`, `acceptanceOutOfDate` …: one word the web app has a text for, and how many. */
        reasons: z.array(z.object({ reason: z.string(), count: z.number().int() })),
      }),
    ),
  }),
})

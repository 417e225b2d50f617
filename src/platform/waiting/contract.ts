import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date } from '#platform/contract/schemas.ts'

/** What waits for the caller, for the overview. */
export const waiting = route({
  name: 'waiting.list',
  method: 'GET',
  path: '/orgs/:org/waiting',
  action: 'me.read',
  summary: 'What waits for the caller: versions to release, signatures, roles to answer for, own actions that are due',
  response: z.object({
    /** The first of them, most important first. */
    items: z.array(
      z.object({
        /** What there is to do, `approvePlan`. */
        kind: z.string(),
        ref: z.string(),
        title: z.string().nullable(),
        /** Address of the page in the web app, inside the organization. */
        path: z.string(),
        on: date().nullable(),
        overdue: z.boolean(),
      }),
    ),
    total: z.number().int(),
  }),
})

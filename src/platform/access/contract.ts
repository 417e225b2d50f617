import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { id } from '#platform/contract/schemas.ts'
import { roles } from './roles.ts'

/** What the shell needs to know about the caller inside one organization. */
export const me = route({
  name: 'me.show',
  method: 'GET',
  path: '/orgs/:org/me',
  action: 'me.read',
  summary:
    'The caller in this organization: roles and the actions they allow, and how the organization writes time and money',
  response: z.object({
    organization: z.object({
      slug: z.string(),
      name: z.string(),
      timeZone: z.string(),
      currency: z.string(),
      language: z.enum(['en', 'de']),
    }),
    roles: z.array(z.enum(roles)),
    personId: id('person').nullable(),
    /** Rows of the role table the caller's roles allow in some case, `risk.read`. Navigation hides what is missing. */
    actions: z.array(z.string()),
  }),
})

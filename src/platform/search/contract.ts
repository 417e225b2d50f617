import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { text } from '#platform/contract/schemas.ts'

export const searchHit = z.object({
  /** Record type, `risk`. */
  type: z.string(),
  /** The record's id as its own routes write it, `risk_…`. */
  id: z.string(),
  ref: z.string(),
  title: z.string(),
  /** Address of the record in the web app inside the organization: `/risks/R-12`. */
  path: z.string(),
})

/** Finding any record by reference or words. */
export const search = route({
  name: 'search.find',
  method: 'GET',
  path: '/orgs/:org/search',
  action: 'search.read',
  summary: 'Find records of every register the caller may read, by reference or words; best first',
  query: z.object({ q: text(200), limit: z.coerce.number().int().min(1).max(50).default(12) }),
  response: z.object({ items: z.array(searchHit) }),
})

import { route } from '#platform/contract/route.ts'

/** The whole organization as one file. */
export const exportOrganization = route({
  name: 'organization.export',
  method: 'GET',
  path: '/orgs/:org/exports/organization',
  action: 'organization.export',
  summary:
    'Everything of the organization as one zip file: records and ledger as organization.json, files by their SHA-256. “plumbline import org” reads it back.',
  response: 'file',
  costly: true,
})

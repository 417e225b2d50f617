import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { id, instant, line, prose } from '#platform/contract/schemas.ts'
import { level, why } from './contract-views.ts'
import { authorityRoles, bandTokens, methodStatuses } from './domain/method.ts'
import { methodSeparations } from './domain/method-separation.ts'

const methodId = z.object({ methodId: id('method') })

const levelText = z.object({ value: level, name: line(80), definition: prose(2000) })
const band = z.object({
  key: line(40),
  name: line(80),
  token: z.enum(bandTokens),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
})
const authority = z.array(z.object({ upTo: line(40), also: z.array(z.enum(authorityRoles)) })).max(10)

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
  /** How many people stand behind its approval; of a draft, would stand behind it if the reader approved it. Null for imported scales. */
  separation: z.enum(methodSeparations).nullable(),
  /** What keeps a draft from being approved, one sentence each. */
  problems: z.array(why.extend({ field: z.string().nullable() })),
  can: z.object({ edit: z.boolean(), approve: z.boolean(), revise: z.boolean() }),
})

/** Routes of the versions of the risk method. */
export const methodRoutes = {
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
} as const

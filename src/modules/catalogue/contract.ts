import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { attributeKeys, themes } from './domain/release.ts'

const worded = z.object({ en: z.string(), de: z.string() })
const explained = z.object({ en: z.string(), de: z.string().optional() })
const attributes = z.object(
  Object.fromEntries(attributeKeys.map((key) => [key, z.array(z.string())])) as Record<
    (typeof attributeKeys)[number],
    z.ZodArray<z.ZodString>
  >,
)

/** Routes of the catalogue: what the standard asks for, in our own words. */
export const catalogue = {
  requirements: route({
    name: 'catalogue.requirements',
    method: 'GET',
    path: '/orgs/:org/catalogue/requirements',
    action: 'catalogue.read',
    summary: 'Clauses 4 to 10, split into their individual requirements',
    response: z.object({
      release: z.string(),
      title: worded,
      clauses: z.array(
        z.object({
          ref: z.string(),
          title: worded,
          parent: z.string().nullable(),
          requirements: z.array(
            z.object({
              ref: z.string(),
              summary: explained,
              documented: z.enum(['none', 'document', 'record']),
              introducedBy: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  }),
  controls: route({
    name: 'catalogue.controls',
    method: 'GET',
    path: '/orgs/:org/catalogue/controls',
    action: 'catalogue.read',
    summary: 'The 93 controls of Annex A with purpose, attributes and predecessors',
    response: z.object({
      release: z.string(),
      attributes: z.array(
        z.object({
          id: z.enum(attributeKeys),
          label: worded,
          values: z.array(z.object({ id: z.string(), label: worded })),
        }),
      ),
      controls: z.array(
        z.object({
          ref: z.string(),
          title: worded,
          theme: z.enum(themes),
          attributes,
          predecessors2013: z.array(z.string()),
          isNew: z.boolean(),
          purpose: worded,
          evidence: z.object({ en: z.array(z.string()) }),
        }),
      ),
    }),
  }),
} as const

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

const control = {
  ref: z.string(),
  title: worded,
  theme: z.enum(themes),
  attributes,
  predecessors2013: z.array(z.string()),
  isNew: z.boolean(),
  purpose: worded,
  evidence: z.object({ en: z.array(z.string()) }),
}

/** Routes of the catalogue: what the standard asks for, in our own words. */
export const catalogue = {
  releases: route({
    name: 'catalogue.releases',
    method: 'GET',
    path: '/orgs/:org/catalogue/releases',
    action: 'catalogue.read',
    summary: 'Framework releases of the catalogue',
    response: z.object({
      items: z.array(
        z.object({
          release: z.string(),
          framework: z.string(),
          title: worded,
          counts: z.record(z.string(), z.number().int()),
          /** To be shown wherever the text of the release is. */
          licenceNote: worded,
        }),
      ),
    }),
  }),
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
      controls: z.array(z.object(control)),
    }),
  }),
  control: route({
    name: 'catalogue.control',
    method: 'GET',
    path: '/orgs/:org/catalogue/controls/:ref',
    action: 'catalogue.read',
    summary: 'One control of Annex A, with what it continues from the 2013 edition',
    params: z.object({ ref: z.string().max(60) }),
    response: z.object({
      ...control,
      release: z.string(),
      predecessors: z.array(z.object({ ref: z.string(), title: explained, relation: z.string() })),
    }),
  }),
} as const

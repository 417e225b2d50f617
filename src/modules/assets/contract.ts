import { z } from 'zod'
import { registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import {
  date,
  filled,
  id,
  instant,
  line,
  listQuery,
  pageOf,
  personRef,
  prose,
  several,
  text,
} from '#platform/contract/schemas.ts'
import { assetGapKinds, assetKinds, assetValues, lifeCycles, personalDataStates } from './domain/asset.ts'

const value = z.literal(assetValues).nullable()
const assetId = z.object({ assetId: id('asset') })
const levelId = z.object({ levelId: id('classification') })
const reason = z.object({ reason: filled(1000) })

const fields = {
  name: line(),
  kind: z.enum(assetKinds),
  category: text(200),
  description: prose(),
  ownerId: id('person').nullable(),
  ownerText: text(200),
  custodianId: id('person').nullable(),
  custodianText: text(200),
  classificationId: id('classification').nullable(),
  confidentiality: value,
  integrity: value,
  availability: value,
  criticality: value,
  valueReason: prose(2000),
  location: text(500),
  environment: text(200),
  supplier: text(200),
  personalData: z.enum(personalDataStates),
  lifeCycle: z.enum(lifeCycles),
  note: prose(),
}

const classificationRef = z.object({ id: id('classification'), name: z.string(), rank: z.number().int() })
const assetRef = z.object({ id: id('asset'), ref: z.string(), name: z.string(), kind: fields.kind })

/** An asset as the list shows it. */
export const assetItem = z.object({
  id: id('asset'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  kind: fields.kind,
  category: z.string(),
  description: z.string(),
  owner: personRef().nullable(),
  ownerText: z.string(),
  custodian: personRef().nullable(),
  custodianText: z.string(),
  classification: classificationRef.nullable(),
  confidentiality: value,
  integrity: value,
  availability: value,
  criticality: value,
  /** Highest stated property, else the overall value. */
  value,
  valueReason: z.string(),
  location: z.string(),
  environment: z.string(),
  supplier: z.string(),
  personalData: fields.personalData,
  lifeCycle: fields.lifeCycle,
  verifiedOn: date().nullable(),
  note: z.string(),
  withdrawnAt: instant().nullable(),
  /** What an auditor would object to, most important first. */
  gaps: z.array(z.enum(assetGapKinds)),
  can: z.object({ edit: z.boolean(), verify: z.boolean(), withdraw: z.boolean() }),
})

export const assetView = assetItem.extend({
  reliesOn: z.array(assetRef),
  reliedOnBy: z.array(assetRef),
})

export const classificationView = z.object({
  id: id('classification'),
  version: z.number().int(),
  name: z.string(),
  rank: z.number().int(),
  description: z.string(),
  handling: z.string(),
  assets: z.number().int(),
})

const classificationFields = {
  name: line(80),
  rank: z.number().int().min(1).max(10),
  description: prose(2000),
  handling: prose(5000),
}

const { name, kind, ...optional } = fields

const listAssets = route({
  name: 'asset.list',
  method: 'GET',
  path: '/orgs/:org/assets',
  action: 'asset.read',
  summary: 'The inventory of assets',
  query: listQuery(
    {
      // Given several times, a filter lets through what fits any of its values.
      kind: several(fields.kind).optional(),
      ownerId: several(id('person')).optional(),
      classificationId: several(id('classification')).optional(),
      lifeCycle: several(fields.lifeCycle).optional(),
      gap: several(z.enum(assetGapKinds)).optional(),
      withdrawn: z.stringbool().optional(),
    },
    ['ref', 'name', 'kind', 'value', 'classification', 'owner', 'verifiedOn'],
  ),
  response: pageOf(assetItem, { create: z.boolean(), import: z.boolean() }).extend({
    /** How many assets of the whole inventory have each gap, whatever the filter. */
    gapCounts: z.record(z.enum(assetGapKinds), z.number().int()),
  }),
  timeTravel: true,
})

/** Routes of the asset inventory and its classification scheme. */
export const assets = {
  list: listAssets,
  export: registerExport(listAssets, {
    name: 'asset.export',
    path: '/orgs/:org/exports/assets',
    action: 'asset.export',
    summary: 'The inventory as a document, with the filter of its list',
  }),
  show: route({
    name: 'asset.show',
    method: 'GET',
    path: '/orgs/:org/assets/:assetId',
    action: 'asset.read',
    summary: 'One asset with what it relies on',
    params: assetId,
    response: assetView,
    timeTravel: true,
  }),
  add: route({
    name: 'asset.add',
    method: 'POST',
    path: '/orgs/:org/assets',
    action: 'asset.create',
    summary: 'Enter an asset in the inventory',
    body: z.object({ name, kind, ...z.object(optional).partial().shape }),
    response: assetView,
    creates: true,
  }),
  change: route({
    name: 'asset.change',
    method: 'PATCH',
    path: '/orgs/:org/assets/:assetId',
    action: 'asset.edit',
    summary: 'Change an asset',
    params: assetId,
    body: z.object(fields).partial(),
    response: assetView,
    ifMatch: true,
  }),
  changeMany: route({
    name: 'asset.changeMany',
    method: 'PATCH',
    path: '/orgs/:org/assets',
    action: 'asset.edit',
    summary: 'Change owner, classification or life cycle of several assets at once, all or none',
    body: z.object({
      items: z
        .array(z.object({ id: id('asset'), version: z.number().int() }))
        .min(1)
        .max(1000),
      patch: z
        .object(fields)
        .pick({ ownerId: true, custodianId: true, classificationId: true, lifeCycle: true, personalData: true })
        .partial(),
    }),
    response: z.object({ changed: z.number().int() }),
  }),
  verify: route({
    name: 'asset.verify',
    method: 'POST',
    path: '/orgs/:org/assets/:assetId/verify',
    action: 'asset.verify',
    summary: 'Record that the asset was seen to exist as described',
    params: assetId,
    body: z.object({ on: date(), note: text(1000).default('') }),
    response: assetView,
  }),
  withdraw: route({
    name: 'asset.withdraw',
    method: 'POST',
    path: '/orgs/:org/assets/:assetId/withdraw',
    action: 'asset.withdraw',
    summary: 'Take an asset out of the inventory',
    params: assetId,
    body: reason,
    response: assetView,
  }),
  relyOn: route({
    name: 'asset.relyOn',
    method: 'POST',
    path: '/orgs/:org/assets/:assetId/relies-on',
    action: 'asset.edit',
    summary: 'Say that an asset relies on another',
    params: assetId,
    body: z.object({ reliesOnId: id('asset') }),
    response: assetView,
  }),
  relyNoMore: route({
    name: 'asset.relyNoMore',
    method: 'DELETE',
    path: '/orgs/:org/assets/:assetId/relies-on/:reliesOnId',
    action: 'asset.edit',
    summary: 'Say that an asset no longer relies on another',
    params: z.object({ assetId: id('asset'), reliesOnId: id('asset') }),
    response: assetView,
  }),
  sample: route({
    name: 'asset.sample',
    method: 'GET',
    path: '/orgs/:org/assets-sample',
    action: 'asset.read',
    summary: 'A reproducible sample of the inventory to check against reality',
    query: z.object({
      size: z.coerce.number().int().min(1).max(200).default(10),
      seed: z.coerce.number().int().min(0).max(4294967295).default(1),
    }),
    response: z.object({ population: z.number().int(), seed: z.number().int(), items: z.array(assetItem) }),
    timeTravel: true,
  }),
  scheme: route({
    name: 'classification.list',
    method: 'GET',
    path: '/orgs/:org/classification',
    action: 'classification.read',
    summary: 'The classification scheme with its handling rules',
    response: z.object({ items: z.array(classificationView), can: z.object({ edit: z.boolean() }) }),
    timeTravel: true,
  }),
  adoptScheme: route({
    name: 'classification.adopt',
    method: 'POST',
    path: '/orgs/:org/classification/adopt',
    action: 'classification.edit',
    summary: 'Adopt the suggested scheme of four levels, where there is none yet',
    body: z.object({ language: z.enum(['en', 'de']) }),
    response: z.object({ items: z.array(classificationView) }),
  }),
  addLevel: route({
    name: 'classification.add',
    method: 'POST',
    path: '/orgs/:org/classification',
    action: 'classification.edit',
    summary: 'Add a level to the scheme',
    body: z.object(classificationFields),
    response: classificationView,
    creates: true,
  }),
  changeLevel: route({
    name: 'classification.change',
    method: 'PATCH',
    path: '/orgs/:org/classification/:levelId',
    action: 'classification.edit',
    summary: 'Change a level of the scheme',
    params: levelId,
    body: z.object(classificationFields).partial(),
    response: classificationView,
    ifMatch: true,
  }),
  withdrawLevel: route({
    name: 'classification.withdraw',
    method: 'POST',
    path: '/orgs/:org/classification/:levelId/withdraw',
    action: 'classification.edit',
    summary: 'Take a level out of the scheme that no asset carries',
    params: levelId,
    body: reason,
    response: null,
  }),
} as const

import { z } from 'zod'
import { profileFields } from '#platform/contract/profile.ts'
import { registerExport } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import { filled, id, instant, line, listQuery, pageOf, personRef, prose, text } from '#platform/contract/schemas.ts'
import { interfaceKinds } from './domain/boundary.ts'
import { type PlaceableKind, placements } from './domain/placeable.ts'

const reason = z.object({ reason: filled(1000) })
const placement = z.enum(placements)

/** A unit, site, service or product. */
const placeableView = (kind: PlaceableKind) =>
  z.object({
    id: id(kind),
    ref: z.string(),
    version: z.number().int(),
    name: z.string(),
    description: z.string(),
    owner: personRef().nullable(),
    placement,
    placementReason: z.string(),
    withdrawnAt: instant().nullable(),
    can: z.object({ edit: z.boolean(), place: z.boolean(), withdraw: z.boolean() }),
  })

const placeableFields = { name: line(), description: prose(), ownerId: id('person').nullable() }

/** The routes of one kind of placeable record; all kinds have the same, down to the name in the address. */
function placeableRoutes(kind: PlaceableKind) {
  const params = z.object({ recordId: id(kind) })
  const view = placeableView(kind)
  const path = `/orgs/:org/${kind}s` as const
  return {
    list: route({
      name: `${kind}.list`,
      method: 'GET',
      path,
      action: 'structure.read',
      summary: `The ${kind}s of the organization`,
      query: listQuery(
        { placement: placement.optional(), ownerId: id('person').optional(), withdrawn: z.stringbool().optional() },
        ['ref', 'name', 'placement', 'owner'],
      ),
      response: pageOf(view, { create: z.boolean() }),
      timeTravel: true,
    }),
    show: route({
      name: `${kind}.show`,
      method: 'GET',
      path: `${path}/:recordId`,
      action: 'structure.read',
      summary: `One ${kind}`,
      params,
      response: view,
      timeTravel: true,
    }),
    add: route({
      name: `${kind}.add`,
      method: 'POST',
      path,
      action: 'structure.edit',
      summary: `Add a ${kind}; it lies nowhere until it is placed`,
      body: z.object({
        name: placeableFields.name,
        description: placeableFields.description.default(''),
        ownerId: placeableFields.ownerId.default(null),
      }),
      response: view,
      creates: true,
    }),
    change: route({
      name: `${kind}.change`,
      method: 'PATCH',
      path: `${path}/:recordId`,
      action: 'structure.edit',
      summary: `Change a ${kind}`,
      params,
      body: z.object(placeableFields).partial(),
      response: view,
      ifMatch: true,
    }),
    place: route({
      name: `${kind}.place`,
      method: 'POST',
      path: `${path}/:recordId/place`,
      action: 'scope.edit',
      summary: `Place a ${kind} inside or outside the scope; outside needs a reason`,
      params,
      body: z.object({ placement, reason: text(2000).default('') }),
      response: view,
    }),
    withdraw: route({
      name: `${kind}.withdraw`,
      method: 'POST',
      path: `${path}/:recordId/withdraw`,
      action: 'scope.edit',
      summary: `Take a ${kind} out of use`,
      params,
      body: reason,
      response: view,
    }),
  }
}

export const interfaceView = z.object({
  id: id('interface'),
  ref: z.string(),
  version: z.number().int(),
  kind: z.enum(interfaceKinds),
  name: z.string(),
  description: z.string(),
  counterpart: z.string(),
  controls: z.array(z.string()),
  owner: personRef().nullable(),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), withdraw: z.boolean() }),
})

const interfaceFields = {
  kind: z.enum(interfaceKinds),
  name: line(),
  description: prose(),
  /** Who is on the other side. */
  counterpart: text(300),
  /** References of the controls that protect it. */
  controls: z.array(line(60)).max(100),
  ownerId: id('person').nullable(),
}
const interfaceParams = z.object({ interfaceId: id('interface') })

export const exclusionView = z.object({
  id: id('exclusion'),
  ref: z.string(),
  version: z.number().int(),
  name: z.string(),
  justification: z.string(),
  withdrawnAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), withdraw: z.boolean() }),
})
const exclusionFields = { name: line(), justification: filled(5000) }
const exclusionParams = z.object({ exclusionId: id('exclusion') })

export const profileView = z.object({
  id: id('org'),
  version: z.number().int(),
  slug: z.string(),
  ...profileFields,
  demo: z.boolean(),
  createdAt: instant(),
  can: z.object({ edit: z.boolean(), export: z.boolean() }),
})

const units = placeableRoutes('unit')

/** Routes of the organization’s profile, of what it consists of, and of what crosses the boundary of its scope. */
export const organization = {
  profile: route({
    name: 'organization.show',
    method: 'GET',
    path: '/orgs/:org/profile',
    action: 'organization.read',
    summary: 'Name, sector, size, language, currency and time zone of the organization',
    response: profileView,
    timeTravel: true,
  }),
  changeProfile: route({
    name: 'organization.change',
    method: 'PATCH',
    path: '/orgs/:org/profile',
    action: 'organization.edit',
    summary: 'Change the profile of the organization',
    body: z.object(profileFields).partial(),
    response: profileView,
    ifMatch: true,
  }),
  units,
  sites: placeableRoutes('site'),
  services: placeableRoutes('service'),
  products: placeableRoutes('product'),
  exportStructure: registerExport(units.list, {
    name: 'structure.export',
    path: '/orgs/:org/exports/structure',
    action: 'structure.export',
    summary: 'Units, sites, services and products as a document, with a filter as their lists have it',
  }),
  interfaces: route({
    name: 'interface.list',
    method: 'GET',
    path: '/orgs/:org/scope/interfaces',
    action: 'scope.read',
    summary: 'What crosses the boundary of the scope: interfaces and dependencies',
    query: listQuery(
      { kind: interfaceFields.kind.optional(), ownerId: id('person').optional(), withdrawn: z.stringbool().optional() },
      ['ref', 'name', 'kind', 'counterpart'],
    ),
    response: pageOf(interfaceView, { create: z.boolean() }),
    timeTravel: true,
  }),
  interface: route({
    name: 'interface.show',
    method: 'GET',
    path: '/orgs/:org/scope/interfaces/:interfaceId',
    action: 'scope.read',
    summary: 'One interface or dependency',
    params: interfaceParams,
    response: interfaceView,
    timeTravel: true,
  }),
  addInterface: route({
    name: 'interface.add',
    method: 'POST',
    path: '/orgs/:org/scope/interfaces',
    action: 'scope.edit',
    summary: 'Record something that crosses the boundary of the scope',
    body: z.object({
      kind: interfaceFields.kind,
      name: interfaceFields.name,
      description: interfaceFields.description.default(''),
      counterpart: interfaceFields.counterpart.default(''),
      controls: interfaceFields.controls.default([]),
      ownerId: interfaceFields.ownerId.default(null),
    }),
    response: interfaceView,
    creates: true,
  }),
  changeInterface: route({
    name: 'interface.change',
    method: 'PATCH',
    path: '/orgs/:org/scope/interfaces/:interfaceId',
    action: 'scope.edit',
    summary: 'Change an interface or dependency',
    params: interfaceParams,
    body: z.object(interfaceFields).partial(),
    response: interfaceView,
    ifMatch: true,
  }),
  withdrawInterface: route({
    name: 'interface.withdraw',
    method: 'POST',
    path: '/orgs/:org/scope/interfaces/:interfaceId/withdraw',
    action: 'scope.edit',
    summary: 'Record that nothing crosses the boundary there any more',
    params: interfaceParams,
    body: reason,
    response: interfaceView,
  }),
  exclusions: route({
    name: 'exclusion.list',
    method: 'GET',
    path: '/orgs/:org/scope/exclusions',
    action: 'scope.read',
    summary: 'What is left out of the scope, and why',
    query: listQuery({ withdrawn: z.stringbool().optional() }, ['ref', 'name']),
    response: pageOf(exclusionView, { create: z.boolean() }),
    timeTravel: true,
  }),
  exclusion: route({
    name: 'exclusion.show',
    method: 'GET',
    path: '/orgs/:org/scope/exclusions/:exclusionId',
    action: 'scope.read',
    summary: 'One exclusion',
    params: exclusionParams,
    response: exclusionView,
    timeTravel: true,
  }),
  addExclusion: route({
    name: 'exclusion.add',
    method: 'POST',
    path: '/orgs/:org/scope/exclusions',
    action: 'scope.edit',
    summary: 'Leave something out of the scope, with the justification',
    body: z.object(exclusionFields),
    response: exclusionView,
    creates: true,
  }),
  changeExclusion: route({
    name: 'exclusion.change',
    method: 'PATCH',
    path: '/orgs/:org/scope/exclusions/:exclusionId',
    action: 'scope.edit',
    summary: 'Change an exclusion',
    params: exclusionParams,
    body: z.object(exclusionFields).partial(),
    response: exclusionView,
    ifMatch: true,
  }),
  withdrawExclusion: route({
    name: 'exclusion.withdraw',
    method: 'POST',
    path: '/orgs/:org/scope/exclusions/:exclusionId/withdraw',
    action: 'scope.edit',
    summary: 'Take an exclusion back',
    params: exclusionParams,
    body: reason,
    response: exclusionView,
  }),
} as const

import { useLocation } from '@tanstack/react-router'
import type { WireResponse } from '#platform/contract/route.ts'
import { organization } from '../contract.ts'
import type { scope } from '../contract-scope.ts'
import type { PlaceableKind } from '../domain/placeable.ts'

// What an organization consists of, and its scope, as the API writes them.
export type Placeable = WireResponse<typeof organization.units.show>
export type Placement = Placeable['placement']
export type Scope = WireResponse<typeof scope.show>
export type Content = Scope['content']
export type ScopeChange = Scope['judgement']['changes'][number]
export type Interface = WireResponse<typeof organization.interface>
export type Exclusion = WireResponse<typeof organization.exclusion>

export const placeableRoutes = {
  unit: organization.units,
  site: organization.sites,
  service: organization.services,
  product: organization.products,
} as const satisfies Record<PlaceableKind, typeof organization.units>

/** Address of the register of a kind, inside the organization. */
export const placesOf = (kind: PlaceableKind): `/${PlaceableKind}s` => `/${kind}s`

/** The kind whose register or record the address shows: `/o/acme/sites/S-1` → site. */
export function useKind(): PlaceableKind {
  const part = useLocation({ select: ({ pathname }) => pathname.split('/')[3] })
  return part === 'sites' ? 'site' : part === 'services' ? 'service' : part === 'products' ? 'product' : 'unit'
}

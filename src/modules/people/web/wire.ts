import type { WireResponse } from '#platform/contract/route.ts'
import type { people } from '../contract.ts'
import type { roles } from '../contract-roles.ts'

// People, teams and roles as the API writes them.
export type Person = WireResponse<typeof people.show>
export type Team = WireResponse<typeof people.team>
export type Owned = WireResponse<typeof people.owned>['items'][number]
export type Role = WireResponse<typeof roles.show>
export type Assignment = Role['assignments'][number]

import type { WireResponse } from '#platform/contract/route.ts'
import type { obligations } from '../contract.ts'

export type Obligation = WireResponse<typeof obligations.show>
export type Party = WireResponse<typeof obligations.parties>['items'][number]

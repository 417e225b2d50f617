import type { WireResponse } from '#platform/contract/route.ts'
import type { assets } from '../contract.ts'

// Assets as the API writes them.
export type AssetItem = WireResponse<typeof assets.list>['items'][number]
export type AssetView = WireResponse<typeof assets.show>
export type Level = WireResponse<typeof assets.scheme>['items'][number]
export type Gap = AssetItem['gaps'][number]

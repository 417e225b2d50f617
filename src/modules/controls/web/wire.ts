import type { catalogue } from '#modules/catalogue/contract.ts'
import type { AttributeKey } from '#modules/catalogue/domain/release.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import type { controls } from '../contract.ts'

// What the API gives these pages, by short names.
export type Statement = WireResponse<typeof controls.list>
export type ControlItem = Statement['items'][number]
export type ControlView = WireResponse<typeof controls.show>
export type VersionItem = WireResponse<typeof controls.statements>['items'][number]
export type VersionView = WireResponse<typeof controls.statement>
export type VersionRow = VersionView['rows'][number]
export type RedlineRow = WireResponse<typeof controls.redline>['rows'][number]
export type AnnexA = WireResponse<typeof catalogue.controls>
export type Definition = AnnexA['controls'][number]
export type { AttributeKey }

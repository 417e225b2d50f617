import type { WireResponse } from '#platform/contract/route.ts'
import type { risks } from '../contract.ts'

/** What the API says, as pages read it. */
export type RiskItem = WireResponse<typeof risks.list>['items'][number]
export type RiskView = WireResponse<typeof risks.show>
export type ActionView = WireResponse<typeof risks.actions>['items'][number]
export type MethodView = WireResponse<typeof risks.methods>['items'][number]
export type RunView = WireResponse<typeof risks.runs>['items'][number]
export type EvaluationView = NonNullable<RiskItem['current']>
export type ScoresView = EvaluationView['scores']
export type Why = RiskItem['why'][number]

/** What a write to this module makes stale: risks, actions, runs, methods, and the controls that count risks. */
export const stale = ['risk.', 'action.', 'run.', 'method.', 'control.'] as const

import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { recordTypes } from './record-types.ts'
import { stop } from './refusals.ts'
import { type Risk, refuseRiskStep } from './risk.ts'

/** A row that joins a risk with something else; unlinking keeps the row and sets `live` to false. */
export interface RiskLink extends RecordRow {
  readonly riskId: Id<'risk'>
  readonly live: boolean
}

export interface RiskAsset extends RiskLink {
  readonly id: Id<'riskAsset'>
  readonly assetId: Id<'asset'>
}

export interface RiskObligation extends RiskLink {
  readonly id: Id<'riskObligation'>
  readonly obligationId: Id<'obligation'>
}

export interface RiskObjective extends RiskLink {
  readonly id: Id<'riskObjective'>
  readonly objectiveId: Id<'objective'>
}

/** How one kind of link names its other end. */
export interface LinkKind<Row extends RiskLink> {
  readonly type: (typeof recordTypes)['asset' | 'obligation' | 'objective']
  readonly targetOf: (row: Row) => Id
  readonly create: (targetId: Id, base: RiskLink) => Row
}

export const assetLinks: LinkKind<RiskAsset> = {
  type: recordTypes.asset,
  targetOf: (row) => row.assetId,
  create: (target, base) => ({ ...base, id: base.id as Id<'riskAsset'>, assetId: target as Id<'asset'> }),
}

export const obligationLinks: LinkKind<RiskObligation> = {
  type: recordTypes.obligation,
  targetOf: (row) => row.obligationId,
  create: (target, base) => ({
    ...base,
    id: base.id as Id<'riskObligation'>,
    obligationId: target as Id<'obligation'>,
  }),
}

export const objectiveLinks: LinkKind<RiskObjective> = {
  type: recordTypes.objective,
  targetOf: (row) => row.objectiveId,
  create: (target, base) => ({ ...base, id: base.id as Id<'riskObjective'>, objectiveId: target as Id<'objective'> }),
}

/**
 * Makes a risk's links of one kind exactly `targets`: new ones are created, left-out ones unlinked, earlier ones revived.
 * @param rows every row of that kind the risk ever had, live or not (the pair is unique)
 */
export function setLinks<Row extends RiskLink>(
  kind: LinkKind<Row>,
  risk: Risk,
  rows: readonly Row[],
  targets: readonly Id[],
  at: At,
): Result<readonly Change<Row>[]> {
  const refused = refuseRiskStep(risk, 'link')
  if (refused) return stop(refused)
  const wanted = new Set<Id>(targets)
  const known = new Set(rows.map((row) => kind.targetOf(row)))
  const switched = rows
    .filter((row) => row.live !== wanted.has(kind.targetOf(row)))
    .map((row) => setLive(kind.type, row, !row.live))
  const added = [...wanted]
    .filter((target) => !known.has(target))
    .map((target) => {
      const base: RiskLink = { id: at.mint(), orgId: risk.orgId, version: 1, riskId: risk.id, live: true }
      return created(kind.type, kind.create(target, base), 'risk.linked')
    })
  return ok([...switched, ...added])
}

/** What can be switched on and off. */
export type LinkType = (typeof recordTypes)[
  | 'option'
  | 'rise'
  | 'control'
  | 'asset'
  | 'obligation'
  | 'objective'
  | 'runMember'
  | 'actionControl'
  | 'actionEvidence']

/** Revives or ends one link row. */
export function setLive<Row extends RecordRow & { readonly live: boolean }>(
  type: LinkType,
  row: Row,
  live: boolean,
): Change<Row> {
  const after: Row = { ...row, live, version: row.version + 1 }
  return { ...changed(type, row, {}, live ? 'risk.linked' : 'risk.unlinked'), after }
}

import { type Change, changed, created } from '#kernel/change.ts'
import { type RiskLink, setLive } from './links.ts'
import type { recordTypes } from './record-types.ts'
import type { Risk } from './risk.ts'

/** How drafts and rows of one kind belong together. */
export interface Reconciling<Row, Draft> {
  readonly sameKey: (row: Row, draft: Draft) => boolean
  readonly same: (row: Row, draft: Draft) => boolean
  readonly update: (row: Row, draft: Draft) => Row
  readonly create: (draft: Draft) => Row
}

/** Brings rows to what the drafts say: created, changed and revived, or ended; rows are never deleted. */
export function reconcile<Row extends RiskLink, Draft>(
  type: (typeof recordTypes)['option' | 'rise' | 'control'],
  rows: readonly Row[],
  drafts: readonly Draft[],
  how: Reconciling<Row, Draft>,
): Change<Row>[] {
  const ended = rows
    .filter((row) => row.live && !drafts.some((draft) => how.sameKey(row, draft)))
    .map((row) => setLive(type, row, false))
  const set = drafts.flatMap((draft) => {
    const row = rows.find((candidate) => how.sameKey(candidate, draft))
    if (row === undefined) return [created(type, how.create(draft), 'risk.linked')]
    if (row.live && how.same(row, draft)) return []
    const after: Row = { ...how.update(row, draft), live: true, version: row.version + 1 }
    return [{ ...changed(type, row, {}, row.live ? 'risk.link_changed' : 'risk.linked'), after }]
  })
  return [...ended, ...set]
}

/** What every new row that belongs to a risk starts with. */
export const linkBase = (risk: Risk) => ({ orgId: risk.orgId, version: 1, riskId: risk.id, live: true })

import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { judgeSoa } from '../domain/redline.ts'
import { loadControls } from './load.ts'
import { workingRows } from './soa-views.ts'
import { currentVersions, languageOf } from './views.ts'

/** Controls that are no longer as issued, and those whose evidence has all expired (6.1.3 d, 7.5). */
export const controlAttention: readonly AttentionSource[] = [
  {
    path: '/soa',
    readAction: 'control.read',
    reason: 'outOfDate',
    count: async (tx) => {
      const issued = (await currentVersions(tx)).find((version) => version.status === 'issued')
      if (issued === undefined) return 0
      const standing = judgeSoa(issued.rows, await workingRows(tx, languageOf(issued.language)))
      return standing.holds ? 0 : standing.reasons.length
    },
  },
  {
    path: '/evidence',
    readAction: 'evidence.read',
    reason: 'expired',
    // A newer artefact makes up for an older one: what counts is a control with nothing current.
    count: async (tx) =>
      (await loadControls(tx)).filter(
        ({ control, evidence }) =>
          control.applicability === 'applicable' &&
          evidence.length > 0 &&
          evidence.every((line) => line.freshness === 'stale'),
      ).length,
  },
]

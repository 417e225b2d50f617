import type { WaitingSource } from '#platform/waiting/waiting-source.ts'
import { approvalObstacles } from '../domain/scope-statement.ts'
import { loadContent, loadCurrent } from './scope-views.ts'

/** A scope statement that is ready to be approved (4.3). Four statements. */
export const organizationWaiting: readonly WaitingSource[] = [
  {
    kinds: ['approveScope'],
    list: async ({ tx, can }) => {
      if (!can('scope.approve')) return []
      const { draft } = await loadCurrent(tx)
      if (draft === null) return []
      const blocked = approvalObstacles(draft, await loadContent(tx)).some((one) => one.severity === 'blocks')
      return blocked ? [] : [{ kind: 'approveScope', rank: 'document', ref: '', title: null, path: '/scope', on: null }]
    },
  },
]

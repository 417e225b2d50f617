import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { judgeScope } from '../domain/scope-content.ts'
import { loadContent, loadCurrent } from './scope-views.ts'

/** What changed since the scope statement was approved (4.3). */
export const organizationAttention: readonly AttentionSource[] = [
  {
    path: '/scope',
    readAction: 'scope.read',
    reason: 'changedSince',
    count: async (tx) => {
      const [{ approved }, content] = await Promise.all([loadCurrent(tx), loadContent(tx)])
      return approved === null ? 0 : judgeScope(approved.content, content).changes.length
    },
  },
]

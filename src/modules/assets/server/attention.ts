import { isActive } from '#modules/people/server/reader.ts'
import type { AttentionSource } from '#platform/attention/attention-source.ts'

/** Assets nobody who is here answers for (A.5.9). */
export const assetAttention: readonly AttentionSource[] = [
  {
    path: '/assets',
    readAction: 'asset.read',
    reason: 'noOwner',
    count: `select count(*)::int from asset a left join person p on p.org_id = a.org_id and p.id = a.owner_id
      where a.org_id = $1 and a.withdrawn_at is null and (p.id is null or not ${isActive('p')})`,
  },
]

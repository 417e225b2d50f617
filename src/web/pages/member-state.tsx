import type { WireResponse } from '#platform/contract/route.ts'
import type { identity } from '#platform/identity/contract.ts'
import { useFormat } from '#ui/format.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'

export type Member = WireResponse<typeof identity.members>['items'][number]

/** Whether somebody is here, invited, here for a while, or no longer here. */
export function MemberState({ member }: { member: Member }) {
  const t = useText('web')
  const format = useFormat()
  if (member.endedAt !== null) {
    return (
      <StatusBadge plain tone="quiet" glyph="dash">
        {t('members.ended', { date: format.shortDate(member.endedAt) })}
      </StatusBadge>
    )
  }
  if (member.absent) {
    return (
      <StatusBadge plain tone="warn" glyph="question">
        {t('members.absent')}
      </StatusBadge>
    )
  }
  if (member.pending) {
    return (
      <StatusBadge plain tone="warn" glyph="clock">
        {t('members.pending')}
      </StatusBadge>
    )
  }
  if (member.personId === null) {
    return (
      <StatusBadge plain tone="warn" glyph="question">
        {t('members.unlinked')}
      </StatusBadge>
    )
  }
  return member.expiresAt === null ? (
    <StatusBadge plain tone="good" glyph="full">
      {t('members.active')}
    </StatusBadge>
  ) : (
    <StatusBadge plain tone="info" glyph="clock">
      {t('members.until', { date: format.shortDate(member.expiresAt) })}
    </StatusBadge>
  )
}

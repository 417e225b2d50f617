import { Stack, Text } from '@mantine/core'
import type { WireResponse } from '#platform/contract/route.ts'
import type { identity } from '#platform/identity/contract.ts'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { SecretBox } from './secret-box.tsx'

/** What became of a link: on its way by mail, refused by the mail server, or here to hand over. */
export function IssuedLink({
  issued,
  member,
  sent,
}: {
  issued: WireResponse<typeof identity.resetMember>
  member: { readonly name: string; readonly email: string }
  sent: 'mailed' | 'resetMailed'
}) {
  const t = useText('web')
  const format = useFormat()
  if (issued.link === null) {
    return issued.mailed ? (
      <Text>{t(`members.${sent}`, { name: member.name })}</Text>
    ) : (
      <Text c="var(--pl-bad)">{t('members.notMailed', { email: member.email })}</Text>
    )
  }
  return (
    <Stack>
      <Text>{t('members.handOver', { name: member.name })}</Text>
      <SecretBox
        label={t('members.link')}
        secret={issued.link}
        note={t('link.until', { time: format.dateTime(issued.expiresAt) })}
      />
    </Stack>
  )
}

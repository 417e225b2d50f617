import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from './text.ts'

/** An empty register teaches: what it is for, which clause asks for it, how to start. */
export function EmptyState({
  icon,
  title,
  clause,
  children,
  actions,
}: {
  icon?: ReactNode
  /** “No risks yet” */
  title: string
  /** `6.1.2`, the clause that asks for this register. */
  clause?: string
  /** One or two sentences: what belongs here and why. */
  children: ReactNode
  /** One `Action` to start, one to import. */
  actions?: ReactNode
}) {
  const t = useText('ui')
  return (
    <Stack gap="sm" align="flex-start" maw={520} mx="auto" py={56} px="md">
      {icon === undefined ? null : <div style={{ color: 'var(--pl-accent)' }}>{icon}</div>}
      <Title order={2}>{title}</Title>
      <Text size="md" c="dimmed" component="div">
        {children}
      </Text>
      {clause === undefined ? null : (
        <Text size="xs" c="dimmed">
          {t('empty.clause', { clause })}
        </Text>
      )}
      {actions === undefined ? null : <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{actions}</div>}
    </Stack>
  )
}

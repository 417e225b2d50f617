import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { isForbidden, ProblemError } from '#ui/problem.ts'
import { useErrorText, useText } from '#ui/text.ts'
import { useOutage } from '../outage.ts'
import { useScope } from '../scope.ts'
import { useLookAt } from './use-look-at.ts'

/** What a page shows when its data cannot be had: the sentence, and what to do. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const t = useText('web')
  const textOf = useErrorText()
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  const status = error instanceof ProblemError ? error.problem.status : 0
  useEffect(() => {
    document.title = t('problem.title')
  }, [t])
  const { at } = useScope()
  const lookAt = useLookAt()
  const beforeRecords = error instanceof ProblemError && error.problem.code === 'request.before_records'
  const away = useOutage()
  const wasAway = useRef(false)
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  useEffect(() => {
    if (wasAway.current && !away) retry()
    wasAway.current = away
  })
  if (status === 404) return <NotFoundPage />
  return (
    <main>
      <Stack gap="sm" maw={560} mx="auto" px="md" py={80} align="flex-start" role="alert">
        <Title order={1}>{isForbidden(error) ? t('problem.forbidden') : t('problem.title')}</Title>
        <Text size="md">{textOf(error)}</Text>
        <Group gap="xs" mt="xs">
          {status === 401 ? (
            <Button component="a" href={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`}>
              {t('signIn.submit')}
            </Button>
          ) : beforeRecords && at !== null ? (
            <Button onClick={() => lookAt(null)}>{t('asOf.back')}</Button>
          ) : isForbidden(error) ? null : (
            <Button onClick={retry}>{t('problem.retry')}</Button>
          )}
          <PathLink to="/">{t('problem.home')}</PathLink>
        </Group>
      </Stack>
    </main>
  )
}

/** Nothing is at this address, or it is not the reader's to see: the two are not told apart. */
export function NotFoundPage() {
  const t = useText('web')
  const format = useFormat()
  const { at } = useScope()
  const lookAt = useLookAt()
  return (
    <Stack gap="sm" maw={560} mx="auto" px="md" py={80} align="flex-start">
      <Title order={1}>{t('problem.notFound')}</Title>
      {at === null ? null : (
        <>
          <Text size="md">{t('problem.notFoundThen', { date: format.date(at) })}</Text>
          <Button onClick={() => lookAt(null)}>{t('asOf.back')}</Button>
        </>
      )}
      <Text size="md">{t('problem.notFoundText')}</Text>
      <PathLink to="/">{t('problem.home')}</PathLink>
    </Stack>
  )
}

/** Shown when a page takes longer than the eye waits. */
export function PendingPage() {
  const t = useText('web')
  return (
    <output style={{ display: 'flex', gap: 12, justifyContent: 'center', padding: '80px 0' }}>
      <Loader size="sm" />
      <span className="pl-muted">{t('loading')}</span>
    </output>
  )
}

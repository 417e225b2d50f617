import { Skeleton } from '@mantine/core'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { webModules } from '../pages.ts'
import { useScope } from '../scope.ts'
import { useMe, useSession } from '../session.ts'
import styles from './entry.module.css'

const slots = webModules
  .flatMap((module) => module.overview ?? [])
  .sort((a, b) => a.order - b.order)
  .map((slot) => ({ ...slot, Card: lazy(async () => ({ default: (await slot.card()) satisfies ComponentType })) }))

function CardProblem({ error, reset }: ErrorComponentProps) {
  return <ErrorBand error={error} retry={reset} />
}

/** The state of an organization on one page, made of the cards modules register. */
export function OverviewPage() {
  const t = useText('web')
  const { org } = useScope()
  const actions = useMe()?.actions ?? null
  const name = useSession().organizations.find((one) => one.slug === org)?.name ?? ''
  const shown = slots.filter((slot) => slot.action === undefined || actions === null || actions.includes(slot.action))
  return (
    <Page title={t('nav.overview')} lead={name}>
      {shown.length === 0 ? (
        <EmptyState title={t('overview.empty')}>{t('overview.emptyText')}</EmptyState>
      ) : (
        <div className={styles['slots']}>
          {shown.map(({ key, size, Card }) => (
            <div key={key} className={size === 'wide' ? styles['full'] : undefined}>
              <CatchBoundary getResetKey={() => key} errorComponent={CardProblem}>
                <Suspense fallback={<Skeleton height={140} radius="md" />}>
                  <Card />
                </Suspense>
              </CatchBoundary>
            </div>
          ))}
        </div>
      )}
    </Page>
  )
}

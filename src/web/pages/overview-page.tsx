import { Skeleton } from '@mantine/core'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { loadModuleTexts } from '../i18n.ts'
import type { OverviewSize } from '../module.ts'
import { webModules } from '../pages.ts'
import { useScope } from '../scope.ts'
import { useMe } from '../session.ts'
import { pathActions } from './isms-path.ts'
import styles from './overview.module.css'

// Fetched apart from the frame, as the cards of modules are: they bring the contracts they read.
const WaitingCard = lazy(async () => ({ default: (await import('./waiting-card.tsx')).WaitingCard }))
const PathCard = lazy(async () => ({ default: (await import('./path-card.tsx')).PathCard }))
const DueCard = lazy(async () => ({ default: (await import('./due-card.tsx')).DueCard }))

/** A module's card with its texts. */
function lazily(card: () => Promise<ComponentType>): ComponentType {
  return lazy(async () => {
    const [Card] = await Promise.all([card(), loadModuleTexts()])
    return { default: Card }
  })
}

const slots = webModules
  .flatMap((module) => module.overview ?? [])
  .sort((a, b) => a.order - b.order)
  .map((slot) => ({ ...slot, Card: lazily(slot.card) }))

function CardProblem({ error, reset }: ErrorComponentProps) {
  return <ErrorBand error={error} retry={reset} />
}

/** One card: while it loads its place is held, and when it fails the others stay. */
function Slot({
  name,
  size,
  height,
  children,
}: {
  name: string
  size: OverviewSize
  height: number
  children: ReactNode
}) {
  return (
    <div className={size === 'half' ? undefined : styles[size]}>
      <CatchBoundary getResetKey={() => name} errorComponent={CardProblem}>
        <Suspense fallback={height === 0 ? null : <Skeleton height={height} radius="md" />}>{children}</Suspense>
      </CatchBoundary>
    </div>
  )
}

/** The state of an organization on one page: what waits for the reader, where it stands, what comes next, what falls due, a card per module. */
export function OverviewPage() {
  const t = useText('web')
  const { at } = useScope()
  const actions = useMe()?.actions ?? null
  if (actions === null) {
    return (
      <Page title={t('nav.overview')}>
        <Skeleton height={190} radius="md" />
      </Page>
    )
  }
  const shown = slots.filter((slot) => slot.action === undefined || actions.includes(slot.action))
  // What waits, waits now: a past day has nothing to sign.
  const waits =
    at === null ? (
      <Slot name="waiting" size="wide" height={0}>
        <WaitingCard />
      </Slot>
    ) : null
  const onPath = pathActions.every((action) => actions.includes(action))
  return (
    <Page title={t('nav.overview')}>
      {shown.length === 0 && !onPath ? (
        <>
          {waits}
          <EmptyState title={t('overview.empty')}>{t('overview.emptyText')}</EmptyState>
        </>
      ) : (
        <div className={styles['slots']}>
          {waits}
          {onPath ? (
            <>
              <Slot name="path" size="wide" height={190}>
                <PathCard />
              </Slot>
              <Slot name="due" size="wide" height={0}>
                <DueCard />
              </Slot>
            </>
          ) : null}
          {shown.map(({ key, size, Card }) => (
            <Slot key={key} name={key} size={size} height={140}>
              <Card />
            </Slot>
          ))}
        </div>
      )}
    </Page>
  )
}

import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Section } from './page.tsx'

/**
 * A card of the overview. A module with data shows `children`; one without shows the next step to take.
 */
export function OverviewCard({
  title,
  actions,
  next,
  children,
}: {
  title: string
  actions?: ReactNode
  /** Given while there is no data: what to do next and the `Action` or link that does it. */
  next?: { text: string; action: ReactNode } | undefined
  children?: ReactNode
}) {
  return (
    <Section title={title} actions={next === undefined ? actions : undefined}>
      {next === undefined ? (
        children
      ) : (
        <div
          data-empty-card
          style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center', justifyContent: 'space-between' }}
        >
          <span className="pl-muted" style={{ flex: '1 1 220px' }}>
            {next.text}
          </span>
          {next.action}
        </div>
      )}
    </Section>
  )
}

/** The one sentence an overview begins with: “If the auditor came today: 2 major, 7 minor.” */
export function OverviewSentence({ children }: { children: ReactNode }) {
  return (
    <Title order={2} fz="1.1875rem" fw={500} style={{ letterSpacing: '-0.015em' }}>
      {children}
    </Title>
  )
}

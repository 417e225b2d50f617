import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCrumb } from './crumb.ts'
import styles from './page.module.css'

/** A page that is no record: its title with the clause, a sentence what it is for, its buttons, its content. */
export function Page({
  title,
  clause,
  lead,
  actions,
  children,
}: {
  title: string
  clause?: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  useCrumb(title)
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div>
          <Title order={1}>
            {title}
            {clause === undefined ? null : <span className={styles['clause']}>{clause}</span>}
          </Title>
          {lead === undefined ? null : <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A section of a page: heading, optional buttons, content. `flush` lets a table reach the edges. */
export function Section({
  title,
  id,
  actions,
  flush = false,
  children,
}: {
  title: string
  id?: string
  actions?: ReactNode
  flush?: boolean
  children: ReactNode
}) {
  return (
    <section className={styles['section']} aria-label={title} {...(id === undefined ? {} : { id })}>
      <div className={styles['sectionHead']}>
        <Title order={2}>{title}</Title>
        {actions}
      </div>
      <div className={flush ? styles['flush'] : styles['sectionBody']}>{children}</div>
    </section>
  )
}

/** Names and values of a record; empty values are left to the caller to word. */
export function FactList({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className={styles['list']}>
      {facts.map((fact) => (
        <div key={fact.label} style={{ display: 'contents' }}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

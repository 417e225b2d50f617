import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCrumb } from './crumb.ts'
import styles from './page.module.css'
import { Section } from './page.tsx'
import { StateGlyph } from './status-badge.tsx'
import { useText } from './text.ts'

/** What is wrong with a record and how to fix it. */
export interface RecordProblem {
  readonly key: string
  readonly tone: 'bad' | 'warn' | 'info'
  /** “The acceptance no longer matches the score.” */
  readonly what: ReactNode
  /** “Ask the owner to accept again.” */
  readonly fix?: ReactNode
  /** An `Action` that does it. */
  readonly action?: ReactNode
}

export interface RecordPageProps {
  /** `R-12` */
  reference: string
  title: string
  /** A `StatusBadge` or `RatingBadge`. */
  state?: ReactNode
  owner?: ReactNode
  /** What its owner is called, where it is a particular kind: “Risk owner”. */
  ownerLabel?: string
  /** More short facts beside state and owner. */
  facts?: readonly { label: string; value: ReactNode }[]
  actions?: ReactNode
  problems?: readonly RecordProblem[]
  /** What an auditor would ask here; each may link to its answer. */
  questions?: readonly ReactNode[]
  /** Related records, in the side panel. */
  links?: ReactNode
  /** A `HistoryPanel`. */
  history?: ReactNode
  /** `Section`s in the order people think. */
  children: ReactNode
}

/** A record: what it is, who owns it, what is wrong with it, its sections; beside it questions, links, history. */
export function RecordPage(props: RecordPageProps) {
  const t = useText('ui')
  useCrumb(`${props.reference} ${props.title}`)
  const problems = props.problems ?? []
  const worst = problems.some((one) => one.tone === 'bad')
    ? 'bad'
    : problems.some((one) => one.tone === 'warn')
      ? 'warn'
      : 'info'
  return (
    <article className={styles['page']}>
      <header className={styles['head']}>
        <div style={{ minWidth: 0, flex: '1 1 420px' }}>
          <Title order={1}>
            <span className="pl-ref" style={{ fontWeight: 450, marginRight: 10 }}>
              {props.reference}
            </span>
            {props.title}
          </Title>
          <div className={styles['facts']}>
            {props.state}
            {props.owner === undefined ? null : (
              <span className={styles['fact']}>
                <span>{props.ownerLabel ?? t('record.owner')}</span>
                <span>{props.owner}</span>
              </span>
            )}
            {props.facts?.map((fact) => (
              <span key={fact.label} className={styles['fact']}>
                <span>{fact.label}</span>
                <span>{fact.value}</span>
              </span>
            ))}
          </div>
        </div>
        {props.actions === undefined ? null : <div className={styles['actions']}>{props.actions}</div>}
      </header>
      {problems.length === 0 ? null : (
        <section
          className={styles['band']}
          style={{ background: `var(--pl-${worst}-soft)` }}
          aria-label={t('record.problems')}
        >
          {problems.map((problem) => (
            <div key={problem.key} className={styles['problem']} style={{ color: `var(--pl-${problem.tone})` }}>
              <StateGlyph glyph={problem.tone === 'info' ? 'dotted' : 'alert'} size={14} />
              <div className={styles['problemText']}>
                <strong>{problem.what}</strong> {problem.fix}
              </div>
              {problem.action === undefined ? null : <div>{problem.action}</div>}
            </div>
          ))}
        </section>
      )}
      <div className={styles['record']}>
        <div className={styles['main']}>{props.children}</div>
        <aside className={styles['side']} aria-label={t('record.beside')}>
          {props.questions === undefined || props.questions.length === 0 ? null : (
            <Section title={t('record.questions')}>
              <ul className={styles['questions']}>
                {props.questions.map((question, index) => (
                  // Questions are fixed for a record type, so their place identifies them.
                  <li key={`q${String(index)}`}>{question}</li>
                ))}
              </ul>
            </Section>
          )}
          {props.links === undefined ? null : <Section title={t('record.links')}>{props.links}</Section>}
          {props.history === undefined ? null : <Section title={t('record.history')}>{props.history}</Section>}
        </aside>
      </div>
    </article>
  )
}

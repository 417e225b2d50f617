import type { WireResponse } from '#platform/contract/route.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { catalogue } from '../contract.ts'
import styles from './catalogue.module.css'
import { useWorded } from './worded.ts'

type Clause = WireResponse<typeof catalogue.requirements>['clauses'][number]

/** Anchor of a clause on the page. */
const anchor = (ref: string): string => `clause-${ref}`

/** Clauses 4 to 10, each split into what it separately demands, and what it wants documented. */
export function ClauseReader({ words, onlyDocumented }: { words: readonly string[]; onlyDocumented: boolean }) {
  const t = useText('catalogue')
  const worded = useWorded()
  const { data } = useApi(catalogue.requirements, {})
  const shown = data.clauses.map((clause) => {
    const title = worded(clause.title)
    return {
      ...clause,
      name: title,
      requirements: clause.requirements.filter((one) => {
        const text = `${one.ref} ${clause.ref} ${title} ${worded(one.summary)}`.toLowerCase()
        return (!onlyDocumented || one.documented !== 'none') && words.every((word) => text.includes(word))
      }),
    }
  })
  const filtered = words.length > 0 || onlyDocumented
  const isUnder = (clause: Clause, ref: string): boolean => clause.ref === ref || clause.ref.startsWith(`${ref}.`)
  const visible = shown.filter(
    (clause) => !filtered || shown.some((one) => isUnder(one, clause.ref) && one.requirements.length > 0),
  )
  const count = visible.reduce((sum, clause) => sum + clause.requirements.length, 0)
  return (
    <div className={styles['reader']}>
      <nav className={styles['toc']} aria-label={t('clauses.contents')}>
        {visible
          .filter((clause) => clause.ref.split('.').length <= 2)
          .map((clause) => (
            <a
              key={clause.ref}
              href={`#${anchor(clause.ref)}`}
              className={clause.parent === null ? styles['tocTop'] : styles['tocSub']}
              onClick={(event) => {
                event.preventDefault()
                const heading = document.getElementById(anchor(clause.ref))
                heading?.scrollIntoView({ block: 'start' })
                heading?.focus({ preventScroll: true })
              }}
            >
              <span className={styles['tocRef']}>{clause.ref}</span> {clause.name}
            </a>
          ))}
      </nav>
      <div className={styles['text']}>
        <p className={styles['count']} aria-live="polite">
          {t('clauses.count', { count })}
        </p>
        {visible.map((clause) => {
          const level = clause.ref.split('.').length
          const Heading = level === 1 ? 'h2' : level === 2 ? 'h3' : 'h4'
          return (
            <section key={clause.ref} className={level === 1 ? styles['chapter'] : styles['clause']}>
              <Heading id={anchor(clause.ref)} tabIndex={-1} className={styles['heading']}>
                <span className={styles['ref']}>{clause.ref}</span> {clause.name}
              </Heading>
              {clause.requirements.length === 0 ? null : (
                <ul className={styles['requirements']}>
                  {clause.requirements.map((one) => (
                    <li key={one.ref}>
                      <span className={styles['ref']}>{one.ref}</span>
                      <span {...(one.summary.de === undefined ? { lang: 'en' } : {})}>
                        {worded(one.summary)}
                        {one.introducedBy === null ? null : (
                          <span className={styles['note']}>
                            {' '}
                            {t.has(`introduced.${one.introducedBy}`)
                              ? t(`introduced.${one.introducedBy}`)
                              : one.introducedBy}
                          </span>
                        )}
                      </span>
                      {one.documented === 'none' ? (
                        <span />
                      ) : (
                        <StatusBadge tone="info" glyph={one.documented === 'document' ? 'full' : 'check'}>
                          {t(`documented.${one.documented}`)}
                        </StatusBadge>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          )
        })}
        {visible.length === 0 ? <p className="pl-muted">{t('nothing')}</p> : null}
      </div>
    </div>
  )
}

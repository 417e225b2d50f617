import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { controls } from '#modules/controls/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { riskSummary } from '#modules/risk/contract-summary.ts'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { OverviewSentence } from '#ui/overview-card.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { parseSearch } from '#ui/url-search.ts'
import { useApi } from '../api.ts'
import { useOrgPath } from '../scope.ts'
import { type IsmsPath, ismsPath } from './isms-path.ts'
import styles from './overview.module.css'

const glyphs = { done: 'full', now: 'half', later: 'empty' } as const

function usePath(): IsmsPath {
  const methods = useApi(risks.methods, {}).data.items
  const register = useApi(riskSummary, {}).data
  const statement = useApi(controls.list, {}).data
  return ismsPath({
    method: methods.some(({ status }) => status === 'approved')
      ? 'approved'
      : methods.some(({ status }) => status === 'draft')
        ? 'draft'
        : 'none',
    risks: { total: register.total, asImported: register.asImported, ...register.byStatus },
    controls: {
      total: statement.counts.applicability.applicable + statement.counts.applicability.excluded,
      undecided: statement.counts.applicability.undecided,
      blocking: statement.counts.blocking,
    },
    statement: statement.issued,
    proposed: statement.proposed !== null,
  })
}

/** Where the organization stands in one sentence, what comes next as a button, and the way from method to statement. */
export function PathCard() {
  const t = useText('web')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { points, stand, count, to } = usePath()
  const [page, query] = to.split('?')
  return (
    <section className={styles['path']} aria-label={t('path.title')}>
      <div className={styles['stand']}>
        <div className={styles['sentence']}>
          <OverviewSentence>{t(`path.stand.${stand}`, { count, shown: format.number(count) })}</OverviewSentence>
          <p>{t(`path.why.${stand}`)}</p>
        </div>
        <Button
          size="sm"
          rightSection={<IconArrowRight size={15} stroke={1.8} aria-hidden="true" />}
          onClick={() => void navigate({ to: path(page ?? '/'), search: parseSearch(query ?? '') })}
        >
          {t(`path.next.${stand}`)}
        </Button>
      </div>
      <ol className={styles['steps']}>
        {points.map((point) => (
          <li key={point.step} data-state={point.state} {...(point.state === 'now' ? { 'aria-current': 'step' } : {})}>
            <span className={styles['glyph']}>
              <StateGlyph glyph={glyphs[point.state]} size={14} />
            </span>
            <PathLink to={path(point.to)} className={styles['step']}>
              {t(`path.step.${point.step}`)}
            </PathLink>
            <span className="pl-visually-hidden">{t(`path.state.${point.state}`)}</span>
            <span className={styles['line']}>
              {t(`path.line.${point.line}`, {
                count: point.count,
                shown: format.number(point.count),
                imported: format.number(point.asImported),
              })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

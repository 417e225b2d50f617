import { Fragment } from 'react'
import { themes } from '#modules/catalogue/domain/release.ts'
import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useFormat } from '#ui/format.ts'
import { type ImplementationState, implementationStates, StateGlyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { statementStatus } from '../domain/status.ts'
import { applicabilityLook } from './applicability-menu.tsx'
import styles from './soa.module.css'
import type { VersionRow } from './wire.ts'

const stateOf: Record<ReturnType<typeof statementStatus>, ImplementationState> = {
  claimed: 'claimed',
  implemented: 'implemented',
  partiallyImplemented: 'partial',
  notImplemented: 'notImplemented',
  notApplicable: 'notApplicable',
}

/** The rows of a version exactly as they were frozen. */
export function IssuedRows({ rows }: { rows: readonly VersionRow[] }) {
  const t = useText('controls')
  return (
    // Between phone and desk the table is wider than the page and scrolls sideways, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={`${styles['frame']} ${styles['sideways']}`} tabIndex={0} aria-label={t('version.asIssued')}>
      <table className={`${styles['table']} ${styles['frozen']}`}>
        <colgroup>
          <col style={{ width: 72 }} />
          <col style={{ width: '16%' }} />
          <col style={{ width: 86 }} />
          <col style={{ width: '19%' }} />
          <col />
          <col style={{ width: 142 }} />
          <col style={{ width: 110 }} />
          <col style={{ width: 84 }} />
        </colgroup>
        <thead>
          <tr>
            {(
              ['ref', 'title', 'applicability', 'why', 'implementation', 'declared', 'ownerId', 'evidence'] as const
            ).map((field) => (
              <th key={field} scope="col">
                {t(`fields.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        {themes.map((theme) => {
          const mine = rows.filter((row) => row.theme === theme)
          return mine.length === 0 ? null : (
            <tbody key={theme}>
              <tr className={`${styles['group']} ${styles['plainGroup']}`}>
                <th scope="rowgroup" colSpan={8}>
                  {t(`catalogue:themes.${theme}`)}{' '}
                  <span className={styles['groupCount']}>{t('soa.groupCount', { count: mine.length })}</span>
                </th>
              </tr>
              {mine.map((row) => (
                <FrozenRow key={row.ref} row={row} />
              ))}
            </tbody>
          )
        })}
      </table>
    </section>
  )
}

function FrozenRow({ row }: { row: VersionRow }) {
  const t = useText('controls')
  const format = useFormat()
  const said = statementStatus(row)
  const [glyph, tone] = implementationStates[stateOf[said]]
  const [face, faceTone] = applicabilityLook[row.applicability]
  const because = row.drivers.map((driver) => (driver.ref === '' ? driver.title : driver.ref))
  return (
    <tr>
      <td className={styles['ref']}>{row.ref}</td>
      <td className={styles['frozenTitle']}>
        {row.title}
        {row.own ? <span className={styles['own']}>{t('soa.own')}</span> : null}
      </td>
      <td data-label={t('fields.applicability')}>
        <span className={styles['face']}>
          <span style={{ color: `var(--pl-${faceTone})`, display: 'inline-flex' }}>
            <StateGlyph glyph={face} />
          </span>
          {t(`applicability.${row.applicability}`)}
        </span>
      </td>
      <td data-label={t('fields.why')}>
        {because.length === 0 ? null : <Refs refs={because} />}
        {row.justification === '' ? null : <div className={styles['text']}>{row.justification}</div>}
        {row.drivers.length === 0 && row.justification === '' ? <span className={styles['missing']}>–</span> : null}
      </td>
      <td data-label={t('fields.implementation')}>
        <div className={styles['text']}>{row.implementation === '' ? '–' : row.implementation}</div>
        {row.operatedBy === 'us' ? null : (
          <div className="pl-muted">{t(`soa.operated.${row.operatedBy}`, { provider: row.provider })}</div>
        )}
      </td>
      <td data-label={t('fields.declared')}>
        <StatusBadge plain tone={tone} glyph={glyph}>
          {t(`declared.${said}`)}
        </StatusBadge>
        {row.plannedOn === null || row.declared === 'implemented' ? null : (
          <div className="pl-muted">{t('soa.plannedOn', { date: format.shortDate(row.plannedOn) })}</div>
        )}
      </td>
      <td data-label={t('fields.ownerId')}>
        {row.owner !== null && row.ownerAsImported ? <ClaimedOwner name={row.owner} /> : (row.owner ?? '–')}
      </td>
      <td data-label={t('fields.evidence')}>
        {row.evidence.length === 0 ? '–' : <Refs refs={row.evidence.map((line) => line.ref)} />}
      </td>
    </tr>
  )
}

/** References in a row; a line ends between them, not at their hyphens. */
function Refs({ refs }: { refs: readonly string[] }) {
  return (
    <div>
      {refs.map((ref, index) => (
        <Fragment key={ref}>
          {index === 0 ? '' : ', '}
          <span className={/^\S{1,12}$/.test(ref) ? styles['whole'] : undefined}>{ref}</span>
        </Fragment>
      ))}
    </div>
  )
}

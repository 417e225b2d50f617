import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import { AttachEvidence } from './attach-evidence.tsx'
import styles from './control.module.css'
import { freshnessLook } from './soa-table.tsx'
import type { ControlView } from './wire.ts'

/** What proves the control: artefacts with the date they speak for, and whether each counts. */
export function EvidenceSection({ control }: { control: ControlView }) {
  const t = useText('controls')
  const path = useOrgPath()
  const detach = useCallApi(controls.detach, { invalidates: ['soa.', 'evidence.'] })
  if (control.applicability === 'excluded' && control.evidence.length === 0) return null
  return (
    <Section title={t('fields.evidence')} id="evidence">
      {control.evidence.length === 0 ? (
        <p className={styles['prose']}>
          <span className="pl-muted">{t('evidence.explain')}</span>
        </p>
      ) : (
        <ul className={styles['rows']}>
          {control.evidence.map((line) => {
            const [glyph, tone] = freshnessLook[line.freshness]
            return (
              <li key={line.id}>
                <span className={styles['grow']}>
                  <PathLink to={path(`/evidence/${line.id}`)}>
                    {line.ref} {line.title}
                  </PathLink>
                  {line.why === null ? null : <span className={styles['aside']}>{t(`evidence.why.${line.why}`)}</span>}
                  {line.assurance ? <span className={styles['aside']}>{t('evidence.assurance')}</span> : null}
                </span>
                <StatusBadge plain tone={tone} glyph={glyph}>
                  {t(`freshness.${line.freshness}`)}
                </StatusBadge>
                <Action
                  size="compact-xs"
                  variant="subtle"
                  can={control.can.edit}
                  onClick={() => detach.mutate({ params: { controlId: control.id, artefactId: line.id } })}
                >
                  {t('evidence.detach')}
                </Action>
              </li>
            )
          })}
        </ul>
      )}
      {detach.error === null ? null : <ErrorBand error={detach.error} />}
      <AttachEvidence control={control} />
    </Section>
  )
}

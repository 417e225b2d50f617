import { FactList, Section } from '#ui/page.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { type PropertyLoss, properties } from '../domain/risk.ts'
import styles from './risk.module.css'
import type { RiskView } from './views.ts'

/** What may happen, through what, and which properties would be lost. */
export function ScenarioSection({ risk }: { risk: RiskView }) {
  const t = useText('risk')
  const scored = risk.kind === 'informationSecurity'
  return (
    <Section title={risk.kind === 'opportunity' ? t('scenario.opportunity') : t('scenario.title')}>
      <p className={styles['prose']}>{risk.scenario === '' ? t('scenario.empty') : risk.scenario}</p>
      <FactList
        facts={[
          ...(risk.threat === null ? [] : [{ label: t('fields.threat'), value: risk.threat }]),
          ...(risk.vulnerability === null ? [] : [{ label: t('fields.vulnerability'), value: risk.vulnerability }]),
          ...(scored
            ? [
                {
                  label: t('scenario.lost'),
                  value: (
                    <span className={styles['row']} style={{ gap: '4px 16px' }}>
                      {properties.map((property) => (
                        <Property key={property} name={t(`property.${property}`)} loss={risk[property]} />
                      ))}
                    </span>
                  ),
                },
              ]
            : []),
          ...(risk.closedReason === null ? [] : [{ label: t('scenario.closed'), value: risk.closedReason }]),
        ]}
      />
    </Section>
  )
}

function Property({ name, loss }: { name: string; loss: PropertyLoss }) {
  const t = useText('risk')
  const glyph = loss === 'lost' ? 'full' : loss === 'notLost' ? 'dash' : 'question'
  return (
    <span
      style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
      className={loss === 'lost' ? '' : 'pl-muted'}
    >
      <StateGlyph glyph={glyph} size={11} />
      {name}
      <span className="pl-muted">{t(`loss.${loss}`)}</span>
    </span>
  )
}

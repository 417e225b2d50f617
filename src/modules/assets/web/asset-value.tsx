import { useText } from '#ui/text.ts'
import styles from './assets.module.css'
import type { AssetItem } from './wire.ts'

const properties = ['confidentiality', 'integrity', 'availability'] as const

/** The value of an asset: the level that counts, and what is stated for confidentiality, integrity, availability. */
export function AssetValue({
  asset,
}: {
  asset: Pick<AssetItem, 'value' | 'confidentiality' | 'integrity' | 'availability' | 'criticality'>
}) {
  const t = useText('assets')
  if (asset.value === null) return <span className="pl-muted">{t('value.none')}</span>
  const stated = properties.filter((one) => asset[one] !== null)
  const words = stated.map((one) => `${t(`fields.${one}`)}: ${t(`levels.${asset[one]}`)}`)
  return (
    <span className={styles['value']} title={words.join(', ')}>
      <span className={styles['level']} data-level={asset.value}>
        {t(`levels.${asset.value}`)}
      </span>
      {stated.length === 0 ? null : (
        <span className={styles['letters']} aria-hidden="true">
          {properties.map((one) => (
            <span key={one} className={asset[one] === asset.value ? styles['highest'] : undefined}>
              {t(`letters.${one}`)}
              {asset[one] ?? '–'}
            </span>
          ))}
        </span>
      )}
      <span className="pl-visually-hidden">{words.join(', ')}</span>
    </span>
  )
}

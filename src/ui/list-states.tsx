import { Button, Skeleton } from '@mantine/core'
import styles from './record-table.module.css'
import { useText } from './text.ts'

/** A list whose first rows are on their way. */
export function ListSkeleton() {
  const t = useText('ui')
  return (
    <output className={styles['loading']} aria-busy="true" aria-label={t('loading')}>
      {[92, 78, 85, 64, 88, 71].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </output>
  )
}

/** A list without rows: because of what was searched for, or because there are none yet. */
export function NothingFound({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const t = useText('ui')
  return (
    <div style={{ padding: '36px 16px', textAlign: 'center' }}>
      {filtered ? (
        <>
          <div style={{ marginBottom: 10 }}>{t('table.nothing')}</div>
          <Button variant="default" onClick={clear}>
            {t('table.clearFilters')}
          </Button>
        </>
      ) : (
        t('table.empty')
      )}
    </div>
  )
}

import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import styles from './export-menu.module.css'
import { useText } from './text.ts'

/** Downloads of a register or document; each format is a link to the export route with the list's filter. */
export function ExportMenu({
  formats,
  filtered = false,
}: {
  /** `{ label: 'XLSX', href: urlOf(contract, …) }` */
  formats: readonly { label: string; href: string }[]
  /** Says that the filter goes along. */
  filtered?: boolean
}) {
  const t = useText('ui')
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="default"
          className={styles['button'] ?? ''}
          leftSection={<IconDownload size={15} stroke={1.6} />}
        >
          <span className={styles['label']}>{t('export.title')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {filtered ? <Menu.Label>{t('export.filtered')}</Menu.Label> : null}
        {formats.map((format) => (
          <Menu.Item key={format.label} component="a" href={format.href} download>
            {format.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import styles from './export-menu.module.css'
import { useText } from './text.ts'

interface Download {
  readonly label: string
  readonly href: string
}

/**
 * Downloads of a register or document; each format is a link to the export route. Where the list is narrowed both are
 * offered, what it shows and everything: nobody takes one for the other.
 */
export function ExportMenu({
  formats,
  filtered = [],
}: {
  /** Of everything: `{ label: 'XLSX', href: urlOf(contract, …) }` */
  formats: readonly Download[]
  /** Of what the search and filters of the list leave; none where nothing narrows it. */
  filtered?: readonly Download[]
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
        {filtered.length === 0 ? null : (
          <>
            <Menu.Label>{t('export.filtered')}</Menu.Label>
            {filtered.map(itemOf)}
            <Menu.Divider />
            <Menu.Label>{t('export.all')}</Menu.Label>
          </>
        )}
        {formats.map(itemOf)}
      </Menu.Dropdown>
    </Menu>
  )
}

const itemOf = ({ label, href }: Download) => (
  <Menu.Item key={href} component="a" href={href} download>
    {label}
  </Menu.Item>
)

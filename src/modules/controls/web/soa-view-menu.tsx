import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useText } from '#ui/text.ts'
import { type SoaColumn, soaColumns } from './soa-columns.ts'

/** How the statement is shown: texts in full or cut, and which columns. */
export function SoaViewMenu({
  full,
  setFull,
  chosen,
  drawn,
  toggle,
}: {
  full: boolean
  setFull: (on: boolean) => void
  chosen: ReadonlySet<SoaColumn>
  /** Those of the chosen columns for which there is room. */
  drawn: ReadonlySet<SoaColumn>
  toggle: (column: SoaColumn, on: boolean) => void
}) {
  const t = useText('controls')
  const ui = useText('ui')
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={t('soa.view')}>
          <ActionIcon aria-label={t('soa.view')}>
            <IconAdjustmentsHorizontal size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxItem checked={full} onChange={setFull}>
          {t('soa.fullText')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Label>{ui('table.columns')}</Menu.Label>
        {soaColumns.map((column) => (
          <Menu.CheckboxItem
            key={column}
            checked={chosen.has(column)}
            rightSection={
              chosen.has(column) && !drawn.has(column) ? (
                <span className="pl-muted" style={{ fontSize: '0.75rem', marginLeft: 12 }}>
                  {t('soa.noRoom')}
                </span>
              ) : null
            }
            onChange={(checked: boolean) => toggle(column, checked)}
          >
            {t(`columns.${column}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

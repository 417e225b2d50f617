import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { memo } from 'react'
import type { RecordColumn } from './record-column.ts'
import { useText } from './text.ts'

function LayoutMenuPlain<Row>({
  columns,
  visible,
  toggle,
  group,
  setGroup,
}: {
  columns: readonly RecordColumn<Row>[]
  visible: readonly RecordColumn<Row>[]
  toggle: (key: string, on: boolean) => void
  group: string | null
  setGroup: (key: string | null) => void
}) {
  const t = useText('ui')
  const groupable = columns.filter((column) => column.group !== undefined)
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('table.layout')}>
          <ActionIcon aria-label={t('table.layout')}>
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={460} style={{ overflowY: 'auto' }}>
        {groupable.length === 0 ? null : (
          <>
            <Menu.Label>{t('table.groupBy')}</Menu.Label>
            <Menu.RadioGroup value={group ?? ''} onChange={(value) => setGroup(value === '' ? null : String(value))}>
              <Menu.RadioItem value="">{t('table.noGroups')}</Menu.RadioItem>
              {groupable.map((column) => (
                <Menu.RadioItem key={column.key} value={column.key}>
                  {column.header}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('table.columns')}</Menu.Label>
        {columns.map((column) => (
          <Menu.CheckboxItem
            key={column.key}
            checked={visible.includes(column)}
            disabled={column.primary === true}
            onChange={(checked: boolean) => toggle(column.key, checked)}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Which columns a list shows, and by which its rows are grouped; not drawn again while one scrolls. */
export const LayoutMenu = memo(
  LayoutMenuPlain,
  (before, after) =>
    before.visible === after.visible && before.columns === after.columns && before.group === after.group,
) as typeof LayoutMenuPlain

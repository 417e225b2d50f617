import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useText } from '#ui/text.ts'
import { type SoaColumn, soaColumns } from './soa-columns.ts'

const columnsKey = 'plumbline.columns.soa'

/** The columns chosen in this browser, else the usual ones. */
export function readColumns(): ReadonlySet<SoaColumn> {
  try {
    const kept = JSON.parse(localStorage.getItem(columnsKey) ?? 'null') as unknown
    if (Array.isArray(kept)) return new Set(soaColumns.filter((one) => kept.includes(one)))
  } catch {
    // Storage is blocked: the usual columns.
  }
  return new Set(soaColumns.filter((one) => one !== 'old'))
}

/** Remembers the choice in this browser. */
export function keepColumns(chosen: ReadonlySet<SoaColumn>): void {
  try {
    localStorage.setItem(columnsKey, JSON.stringify([...chosen]))
  } catch {
    // The choice lasts for this visit.
  }
}

/** How the statement is shown: texts in full or cut, and which columns. */
export function SoaViewMenu({
  full,
  setFull,
  chosen,
  drawn,
  choose,
}: {
  full: boolean
  setFull: (on: boolean) => void
  chosen: ReadonlySet<SoaColumn>
  /** Those of the chosen columns for which there is room. */
  drawn: ReadonlySet<SoaColumn>
  choose: (columns: ReadonlySet<SoaColumn>) => void
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
            onChange={(checked: boolean) => {
              const next = new Set(chosen)
              if (checked) next.add(column)
              else next.delete(column)
              choose(next)
            }}
          >
            {t(`columns.${column}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

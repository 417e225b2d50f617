import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useText } from './text.ts'

/** A filter of several values as a small button: “Status: Open, Late”. */
export function FilterMenu({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly { value: string; label: string; count?: number }[]
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const t = useText('ui')
  const chosen = options.filter((option) => value.includes(option.value)).map((option) => option.label)
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button
          variant={chosen.length === 0 ? 'default' : 'light'}
          fw={450}
          rightSection={<IconChevronDown size={13} />}
          maw={240}
        >
          {chosen.length === 0 ? label : `${label}: ${chosen.join(', ')}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Menu.CheckboxItem
            key={option.value}
            checked={value.includes(option.value)}
            onChange={(checked: boolean) =>
              onChange(checked ? [...value, option.value] : value.filter((one) => one !== option.value))
            }
            rightSection={option.count === undefined ? null : <span className="pl-muted">{option.count}</span>}
          >
            {option.label}
          </Menu.CheckboxItem>
        ))}
        {value.length > 0 ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange([])}>{t('filter.clear')}</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}

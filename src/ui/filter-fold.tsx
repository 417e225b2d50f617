import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useText } from './text.ts'

/** The one button behind which filters wait where they would take several lines; says how many are set. */
export function FilterFold({
  count,
  open,
  onToggle,
  controls,
  className,
}: {
  count: number
  open: boolean
  onToggle: () => void
  /** Id of the element that holds the filters. */
  controls: string
  className?: string | undefined
}) {
  const t = useText('ui')
  return (
    <Button
      {...(className === undefined ? {} : { className })}
      variant={count === 0 ? 'default' : 'light'}
      fw={450}
      aria-expanded={open}
      aria-controls={controls}
      rightSection={open ? <IconChevronUp size={13} /> : <IconChevronDown size={13} />}
      onClick={onToggle}
    >
      {count === 0 ? t('table.filters') : t('table.filtersSet', { count })}
    </Button>
  )
}

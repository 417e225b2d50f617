import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** A filter that is on or off, beside the others of a list. */
export function FlagFilter({
  label,
  on,
  onChange,
}: {
  label: string
  on: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  return (
    <Button variant={on ? 'light' : 'default'} fw={450} aria-pressed={on} onClick={() => onChange(!on)}>
      {label}
    </Button>
  )
}

import { IconTableImport } from '@tabler/icons-react'
import { Action, type ActionProps } from './action.tsx'

/** The way to a register's import: looks the same on every register. */
export function ImportAction(props: Pick<ActionProps, 'can' | 'onClick' | 'children'>) {
  return <Action variant="default" icon={<IconTableImport size={15} stroke={1.6} />} {...props} />
}

import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { usePast } from './past.ts'
import { useText } from './text.ts'

export interface ActionProps extends Omit<ButtonProps, 'disabled' | 'leftSection' | 'children'> {
  /** What the API's `can` says. */
  can?: boolean | undefined
  /** Why not, in a sentence; shown when `can` is false. */
  reason?: string | undefined
  /** Also possible while looking at a past date (exports, links). */
  readOnly?: boolean
  icon?: ReactNode
  onClick?: () => void
  type?: 'button' | 'submit'
  children: ReactNode
}

/** A button that never disappears: what cannot be done is disabled and says why, also to a keyboard and a reader. */
export function Action({ can = true, reason, readOnly = false, icon, onClick, children, ...rest }: ActionProps) {
  const t = useText('ui')
  const past = usePast()
  const why = past !== null && !readOnly ? t('action.past') : can ? undefined : (reason ?? t('action.notAllowed'))
  const button = (
    <Button
      {...rest}
      leftSection={icon}
      aria-disabled={why !== undefined}
      {...(why === undefined ? {} : { 'data-disabled': true })}
      onClick={(event) => {
        if (why === undefined) onClick?.()
        else event.preventDefault()
      }}
    >
      {children}
    </Button>
  )
  return why === undefined ? (
    button
  ) : (
    <Tooltip label={why} events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  )
}

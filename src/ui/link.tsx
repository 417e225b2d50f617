import { Link } from '@tanstack/react-router'
import type { CSSProperties, MouseEventHandler, ReactNode } from 'react'
import { parseSearch } from './url-search.ts'

/** A link inside the app to a full path, `/o/acme/risks/R-12`; opens without loading the page anew. */
export function PathLink({
  to,
  children,
  className,
  style,
  onClick,
}: {
  to: string
  children: ReactNode
  className?: string | undefined
  style?: CSSProperties
  /** Preventing it keeps the link from being followed. */
  onClick?: MouseEventHandler<HTMLAnchorElement>
}) {
  const [path, query] = to.split('?')
  const search = query === undefined ? {} : parseSearch(query)
  return (
    <Link
      to={path ?? '/'}
      search={search}
      className={className ?? 'pl-link'}
      {...(style === undefined ? {} : { style })}
      {...(onClick === undefined ? {} : { onClick })}
    >
      {children}
    </Link>
  )
}

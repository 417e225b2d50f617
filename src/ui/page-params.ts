import { useParams } from '@tanstack/react-router'
import { createContext, useContext } from 'react'

/** Parameters of a page that is shown beside another one; null on a page of its own, where the address has them. */
export const PageParamsContext = createContext<Readonly<Record<string, string>> | null>(null)

/**
 * What stands in the address for the `$name` parts of a page's path. Pages use this and not the router's own hook, so that
 * a record can be opened beside a list.
 */
export function usePageParams(): Readonly<Record<string, string | undefined>> {
  const own = useParams({ strict: false }) as Record<string, string | undefined>
  return useContext(PageParamsContext) ?? own
}

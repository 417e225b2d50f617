import { createContext, useContext, useEffect } from 'react'

/** Lets a page name itself in the breadcrumb and the browser's title. */
export const CrumbContext = createContext<(crumb: string | null) => void>(() => {})

/** Names the page: `useCrumb('R-12 Leavers keep access')`. */
export function useCrumb(crumb: string | null): void {
  const set = useContext(CrumbContext)
  useEffect(() => {
    set(crumb)
    return () => set(null)
  }, [crumb, set])
}

import { createContext, useContext } from 'react'

/** The day (`2026-03-31`) the page shows, or null for now. What is past can be read and not changed. */
export const PastContext = createContext<string | null>(null)

export const usePast = (): string | null => useContext(PastContext)

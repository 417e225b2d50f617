import { useParams, useSearch } from '@tanstack/react-router'

/** Which organization, and as of which day, the page in front of the person is about. */
export interface Scope {
  readonly org: string | null
  /** `2026-03-31`, or null for now. */
  readonly at: string | null
}

let current: Scope = { org: null, at: null }

/** The scope requests fall back to outside components. */
export const currentScope = (): Scope => current

/** Set by the router before the pages of an organization load. */
export function enterScope(scope: Scope): void {
  current = scope
}

/** The scope of the page, from its address. */
export function useScope(): Scope {
  const { org } = useParams({ strict: false }) as { org?: string }
  const { at } = useSearch({ strict: false }) as { at?: string }
  return { org: org ?? null, at: at ?? null }
}

/** Builds addresses inside the current organization: `path('/risks')` → `/o/acme/risks`. The as-of date follows by itself. */
export function useOrgPath(): (path: string) => string {
  const { org } = useScope()
  return (path) => `/o/${org ?? ''}${path === '/' ? '' : path}`
}

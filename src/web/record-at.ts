import type { PageRoute } from './module.ts'

/** The page of a record, and what its path says in the place of `$name`. */
export interface RecordAt {
  readonly route: PageRoute
  readonly params: Readonly<Record<string, string>>
}

/**
 * The record page at a path inside the organization. Null for registers, forms and whatever else is no record: only a
 * path that ends with what names a record can stand beside a list. A fixed word wins over a name: `/risks/matrix` is no
 * risk.
 */
export function recordAt(routes: readonly PageRoute[], path: string): RecordAt | null {
  if (path.includes('?')) return null
  const parts = path.split('/').slice(1)
  if (routes.some((route) => route.path === path)) return null
  for (const route of routes) {
    const names = route.path.split('/').slice(1)
    if (names.length !== parts.length || names.at(-1)?.startsWith('$') !== true) continue
    const params: Record<string, string> = {}
    const fits = names.every((name, index) => {
      const part = parts[index] ?? ''
      if (!name.startsWith('$')) return name === part
      if (part === '') return false
      params[name.slice(1)] = decode(part)
      return true
    })
    if (fits) return { route, params }
  }
  return null
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

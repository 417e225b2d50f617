/** Search parameters as the router keeps them: text, or a list where a key is repeated. */
export type Search = Readonly<Record<string, string | readonly string[]>>

/** Reads `?status=open&status=late&q=vpn`; nothing is guessed into numbers or JSON. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const search: Record<string, string | string[]> = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const old = search[key]
    search[key] = old === undefined ? value : Array.isArray(old) ? [...old, value] : [old, value]
  }
  return search
}

/** Writes search parameters, leaving out what is empty. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '' && one !== false) params.append(key, String(one))
    }
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Kinds of filter: one value, several values, or yes. */
export type FilterSpec = Readonly<Record<string, 'one' | 'many' | 'flag'>>

export type Filters<S extends FilterSpec> = {
  readonly [K in keyof S]: S[K] extends 'many' ? readonly string[] : S[K] extends 'flag' ? boolean : string | null
}

/** Reads the filters a list knows from search parameters; others are left alone. */
export function filtersFrom<const S extends FilterSpec>(spec: S, search: Search): Filters<S> {
  const read = (kind: string, value: string | readonly string[] | undefined): unknown => {
    const list = value === undefined ? [] : typeof value === 'string' ? [value] : value
    if (kind === 'many') return list
    return kind === 'flag' ? list[0] === 'true' : (list[0] ?? null)
  }
  return Object.fromEntries(Object.entries(spec).map(([key, kind]) => [key, read(kind, search[key])])) as Filters<S>
}

/** The state of a list as text in one order of keys, without a question mark: equal states give equal texts. */
export function listAddress(search: Record<string, unknown>): string {
  return writeSearch(Object.fromEntries(Object.entries(search).toSorted(([a], [b]) => (a < b ? -1 : 1)))).slice(1)
}

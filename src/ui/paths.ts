/** Reads `organization.name` from nested values. */
export function readPath(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), values)
}

/** A copy of nested values with one path set. */
export function writePath(values: unknown, path: string, value: unknown): Record<string, unknown> {
  const [first = '', ...rest] = path.split('.')
  const base = isRecord(values) ? values : {}
  return { ...base, [first]: rest.length === 0 ? value : writePath(base[first], rest.join('.'), value) }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The paths of nested values, as text; lists are leaves. */
export type Path<T> = T extends readonly unknown[]
  ? never
  : T extends object
    ? {
        [K in keyof T & string]: NonNullable<T[K]> extends readonly unknown[]
          ? K
          : NonNullable<T[K]> extends object
            ? K | `${K}.${Path<NonNullable<T[K]>>}`
            : K
      }[keyof T & string]
    : never

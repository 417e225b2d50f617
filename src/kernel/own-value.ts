/**
 * The value a record has under a key that comes from a file or a request; undefined when it has none. A key named
 * `constructor` finds no more than any other: what every object inherits is no value.
 */
export const ownValue = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

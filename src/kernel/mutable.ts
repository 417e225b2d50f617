/** A type with `readonly` taken off, all the way down. */
export type Mutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer U)[]
    ? Mutable<U>[]
    : { -readonly [K in keyof T]: Mutable<T[K]> }

/** Domain values are readonly, response schemas are not; nobody changes a response after it is made. */
export const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>

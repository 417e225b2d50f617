import type { RecordRow } from '#kernel/change.ts'
import type { Tx } from '#platform/db/transaction.ts'

/** A column set as JSON, as the ledger keeps it: keys in snake_case. */
export type Image = Readonly<Record<string, unknown>>

/** One axis of a rating: the level chosen, with its name on the scale in force. */
export interface RatingAxis {
  /** `likelihood`, `overall`, or the key of a dimension. */
  readonly key: string
  /** Name of a dimension; null where the interface has a word for the key. */
  readonly name: string | null
  readonly value: number
  readonly level: string | null
}

/** Scores as people read them: the result in its colour, and what led to it. */
export interface Rating {
  /** `12`, or `3×4` where likelihood and consequence are not multiplied. */
  readonly score: string
  readonly label: string | null
  /** `#rrggbb` */
  readonly color: string | null
  readonly axes: readonly RatingAxis[]
}

/** One item of a list: text that reads the same in every language, and keys that have words. */
export interface Item {
  readonly text: string
  readonly keys: readonly string[]
}

/** Scores found in row images, with the image they stand in: it says under which method. */
export interface StatedScores {
  readonly scores: unknown
  readonly image: Image
}

/** Reads scores into ratings, in the order asked; null where they do not fit their method. One statement at most. */
export type RatingReader = (tx: Tx, asked: readonly StatedScores[]) => Promise<readonly (Rating | null)[]>

/**
 * How the values of a column are told to people in histories. `internal`: not at all (hashes, keys, what is derived).
 * `words` names the group of the interface's texts that holds a word for each value: `risk:optionKind`.
 */
export type FieldKind =
  | { readonly kind: 'internal' }
  | { readonly kind: 'text' | 'date' | 'day' | 'instant' | 'flag' | 'number' | 'money' | 'bytes' }
  | { readonly kind: 'word' | 'words' | 'counts'; readonly words: string }
  /** The record with this id: of one type, or of the type another column names. */
  | { readonly kind: 'record'; readonly type: string | { readonly column: string } }
  /** A list; `words` names the texts for the keys of its items. */
  | {
      readonly kind: 'items'
      readonly words: string | null
      readonly items: (value: unknown, image: Image) => readonly Item[]
    }
  | { readonly kind: 'rating'; readonly read: RatingReader }

/** A kind for every column of a table besides its key and version. */
export type FieldKinds<Row extends RecordRow> = {
  readonly [Column in Exclude<keyof Row, keyof RecordRow> & string]: FieldKind
}

export const internal: FieldKind = { kind: 'internal' }
export const text: FieldKind = { kind: 'text' }
export const date: FieldKind = { kind: 'date' }
/** An instant that was given as a day, and is told as one. */
export const day: FieldKind = { kind: 'day' }
export const instant: FieldKind = { kind: 'instant' }
export const flag: FieldKind = { kind: 'flag' }
export const number: FieldKind = { kind: 'number' }
/** In the smallest unit of the organization's currency. */
export const money: FieldKind = { kind: 'money' }
export const bytes: FieldKind = { kind: 'bytes' }
export const word = (words: string): FieldKind => ({ kind: 'word', words })
export const words = (group: string): FieldKind => ({ kind: 'words', words: group })
/** How many of what, `{ create: 3 }`: the keys have words. */
export const counts = (group: string): FieldKind => ({ kind: 'counts', words: group })
export const record = (type: string): FieldKind => ({ kind: 'record', type })
export const recordOf = (column: string): FieldKind => ({ kind: 'record', type: { column } })
export const rating = (read: RatingReader): FieldKind => ({ kind: 'rating', read })

/** A list whose items `name` puts into words; without it they are texts. `group` has words for the keys of items. */
export const items = <T>(
  name: (item: T, image: Image) => string | Item = String,
  group: string | null = null,
): FieldKind => ({
  kind: 'items',
  words: group,
  items: (value, image) =>
    (Array.isArray(value) ? (value as T[]) : []).map((item) => {
      const told = name(item, image)
      return typeof told === 'string' ? { text: told, keys: [] } : told
    }),
})

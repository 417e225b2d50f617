import type { Format } from './format.ts'
import type { RowGroup } from './list-lines.ts'

/** A group per person; those without one come last. */
export const groupByPerson = (person: { id: string; name: string } | null): RowGroup | null =>
  person === null ? null : { key: person.id, label: person.name }

/** A group per text; empty text comes last. */
export const groupByText = (text: string | null): RowGroup | null =>
  text === null || text === '' ? null : { key: text, label: text }

/** A group per value of a fixed list, in the order of that list. */
export const groupByChoice = <Value extends string>(
  value: Value,
  values: readonly Value[],
  label: string,
): RowGroup => ({ key: value, label, order: values.indexOf(value) })

/** A group per month of a day (`2026-03-31`), oldest first. */
export const groupByMonth = (day: string | null, format: Format): RowGroup | null =>
  day === null
    ? null
    : { key: day.slice(0, 7), label: format.month(day.slice(0, 10)), order: Number(day.slice(0, 7).replace('-', '')) }

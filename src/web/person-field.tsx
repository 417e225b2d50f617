import type { ComponentProps } from 'react'
import { people } from '#modules/people/contract.ts'
import { PersonSelect } from '#ui/record-select.tsx'
import { useApiLater } from './api.ts'
import { findPeople } from './find-people.ts'

/** For `words` of a field that holds a person, or another named record: the names the page knows. */
export const namesIn =
  (...known: readonly ({ id: string; name: string } | null | undefined)[]) =>
  (id: string): string | undefined =>
    known.find((one) => one?.id === id)?.name

/**
 * A person in a form: takes what `form.choice(path, …)` gives and keeps the id. `known` names people already on the
 * page; anybody else, as from a draft of an earlier visit, is looked up.
 */
export function PersonField({
  known = [],
  value,
  onChange,
  ...rest
}: Omit<ComponentProps<typeof PersonSelect>, 'value' | 'onChange' | 'find'> & {
  known?: readonly ({ id: string; name: string } | null)[]
  value: string | null
  onChange: (value: string | null) => void
}) {
  const here = known.find((one) => one !== null && one.id === value)
  const found = useApiLater(people.show, { params: { personId: value ?? '' } }, value !== null && here === undefined)
  return (
    <PersonSelect
      {...rest}
      value={value === null ? null : { id: value, title: here?.name ?? found.data?.name ?? '' }}
      onChange={(chosen) => onChange(chosen?.id ?? null)}
      find={findPeople}
    />
  )
}

import { people } from '#modules/people/contract.ts'
import type { RecordOption } from '#ui/record-select.tsx'
import { call } from './api.ts'

/** Finds people of the directory for a choice: `<PersonSelect find={findPeople} …>`. Who has left cannot be chosen. */
export async function findPeople(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(people.list, { query: { q: text, limit: 20, sort: 'name' }, signal })
  return items.map((person) => ({
    id: person.id,
    title: person.name,
    note: person.jobTitle,
    disabled: person.status === 'left',
  }))
}

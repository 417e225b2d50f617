import { type Change, changed, created } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import { changePerson, type Person, type PersonFields } from './person.ts'

/** What an import says of a person. Whoever has left arrives as left. */
export interface ImportedPerson extends PersonFields {
  readonly status: Person['status']
  readonly leftOn: Person['leftOn']
}

/** Enters a person of a staff list in the directory. */
export function importPerson(key: Pick<Person, 'id' | 'orgId' | 'ref'>, fields: ImportedPerson): Change<Person> {
  return created('person', { ...key, ...fields, version: 1, withdrawnAt: null }, 'person.imported')
}

/** Brings an entry up to date with a staff list. Null when the list says nothing new. Refused like any change. */
export function updatePerson(person: Person, fields: Partial<ImportedPerson>): Result<Change<Person> | null> {
  const news = Object.entries(fields).filter(([key, value]) => person[key as keyof Person] !== value)
  if (news.length === 0) return ok(null)
  const checked = changePerson(person, fields)
  return checked.ok ? ok(changed('person', person, Object.fromEntries(news), 'person.imported')) : checked
}

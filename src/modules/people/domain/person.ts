import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

export const personKinds = ['employee', 'contractor', 'external'] as const
export const personStatuses = ['active', 'absent', 'left'] as const

/** A person of the directory. An owner who has left stays readable, but can be given nothing new. */
export interface Person extends RecordRow {
  readonly id: Id<'person'>
  readonly ref: string
  readonly name: string
  readonly email: string | null
  readonly jobTitle: string
  readonly kind: (typeof personKinds)[number]
  readonly status: (typeof personStatuses)[number]
  readonly teamId: Id<'team'> | null
  readonly managerId: Id<'person'> | null
  readonly startedOn: LocalDate | null
  readonly leftOn: LocalDate | null
  readonly note: string
  readonly withdrawnAt: Instant | null
}

/** What a person editing the directory may set. */
export type PersonFields = Pick<
  Person,
  'name' | 'email' | 'jobTitle' | 'kind' | 'teamId' | 'managerId' | 'startedOn' | 'note'
>

/** A new entry of the directory, active from the start. */
export function addPerson(key: Pick<Person, 'id' | 'orgId' | 'ref'>, fields: PersonFields): Result<Change<Person>> {
  const person: Person = { ...key, ...fields, version: 1, status: 'active', leftOn: null, withdrawnAt: null }
  return checked(person, (valid) => created('person', valid, 'person.added'))
}

/**
 * Changes an entry. Refuses a person as their own manager, directly or by way of others, and start after leaving.
 * @param above the new manager and their managers, upwards
 */
export function changePerson(
  person: Person,
  patch: Partial<PersonFields>,
  above: readonly Id<'person'>[] = [],
): Result<Change<Person>> {
  if (person.withdrawnAt !== null) return withdrawn(person)
  if (above.includes(person.id) && patch.managerId !== person.id) {
    return refuse(
      'person.circle_of_managers',
      `${person.name} would be a manager of their own manager: choose somebody else.`,
      { name: person.name },
      'managerId',
    )
  }
  return checked({ ...person, ...patch }, () => changed('person', person, patch, 'person.changed'))
}

/** Records that a person has left. What they own must be given to someone else: the owner lists show it. */
export function leave(person: Person, on: LocalDate): Result<Change<Person>> {
  if (person.withdrawnAt !== null) return withdrawn(person)
  if (person.status === 'left') {
    return refuse('person.has_left', `${person.name} has already left (${person.leftOn ?? 'no date'}).`, {
      name: person.name,
    })
  }
  return checked({ ...person, status: 'left', leftOn: on }, () =>
    changed('person', person, { status: 'left', leftOn: on }, 'person.left'),
  )
}

/** Records that a person is away for longer: they keep what they own, others see that they cannot answer now. */
export function beAbsent(person: Person, reason: string | null): Result<Change<Person>> {
  if (person.withdrawnAt !== null) return withdrawn(person)
  if (person.status !== 'active') {
    return refuse('person.not_active', `${person.name} is not active (${person.status}).`, {
      name: person.name,
      status: person.status,
    })
  }
  return ok(changed('person', person, { status: 'absent' }, 'person.absent', reason))
}

/**
 * Takes out an entry that was made by mistake. Somebody who really was here leaves instead. Refuses while the person
 * holds anything.
 */
export function withdrawPerson(
  person: Person,
  now: Instant,
  reason: string,
  held: readonly { readonly ref: string; readonly title: string }[],
): Result<Change<Person>> {
  if (person.withdrawnAt !== null) return withdrawn(person)
  if (held.length > 0) {
    const names = held.slice(0, 5).map((one) => (one.ref === '' ? one.title : one.ref))
    const more = held.length > names.length ? ` and ${held.length - names.length} more` : ''
    return refuse(
      'person.in_use',
      `${person.name} still holds ${names.join(', ')}${more}. Give that to somebody else first, or record that they have left.`,
      { name: person.name, held: names, count: held.length },
    )
  }
  return ok(changed('person', person, { withdrawnAt: now }, 'person.withdrawn', reason))
}

/** Takes a person back who had left or was absent. */
export function comeBack(person: Person): Result<Change<Person>> {
  if (person.withdrawnAt !== null) return withdrawn(person)
  if (person.status === 'active')
    return refuse('person.is_active', `${person.name} is active already.`, { name: person.name })
  return ok(changed('person', person, { status: 'active', leftOn: null }, 'person.returned'))
}

/**
 * Whether a person can be made owner of something, or asked to act.
 * @param field the request field that named them, for the refusal
 */
export function mayBeGivenWork(person: Pick<Person, 'name' | 'status' | 'withdrawnAt'>, field: string): Result<true> {
  if (person.status === 'left' || person.withdrawnAt !== null) {
    return refuse(
      'person.has_left',
      `${person.name} has left: choose somebody who is here.`,
      { name: person.name },
      field,
    )
  }
  return ok(true)
}

const withdrawn = (person: Person): ReturnType<typeof refuse> =>
  refuse('person.withdrawn', `The entry of ${person.name} was taken out of the directory and cannot be changed.`, {
    name: person.name,
  })

function checked(person: Person, change: (person: Person) => Change<Person>): Result<Change<Person>> {
  if (person.managerId === person.id) {
    return refuse(
      'person.own_manager',
      `${person.name} cannot be their own manager.`,
      { name: person.name },
      'managerId',
    )
  }
  if (person.startedOn && person.leftOn && person.leftOn < person.startedOn) {
    return refuse(
      'person.left_before_start',
      `${person.name} would leave on ${person.leftOn}, before starting on ${person.startedOn}.`,
      { name: person.name, startedOn: person.startedOn, leftOn: person.leftOn },
      'leftOn',
    )
  }
  return ok(change(person))
}

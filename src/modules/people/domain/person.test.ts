import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import { nameKeys } from './name-keys.ts'
import {
  addPerson,
  beAbsent,
  changePerson,
  comeBack,
  leave,
  mayBeGivenWork,
  type Person,
  withdrawPerson,
} from './person.ts'
import { addTeam, changeTeam, type Team, withdrawTeam } from './team.ts'

const now = '2026-03-02T09:00:00.000Z' as Instant
const on = '2026-03-02' as LocalDate
const org = 'org' as OrgId

function person(over: Partial<Person> = {}): Person {
  const fields = {
    name: 'Ben Ode',
    email: null,
    jobTitle: '',
    kind: 'employee',
    teamId: null,
    managerId: null,
    startedOn: null,
    note: '',
  } as const
  const added = addPerson({ id: 'ben' as Id<'person'>, orgId: org, ref: 'P-2' }, fields)
  if (!added.ok) throw new Error('not added')
  return { ...added.value.after, ...over }
}
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code

test('people come, are away, return, leave and come back', () => {
  const ben = person()
  expect(beAbsent(ben, null)).toMatchObject({ ok: true, value: { after: { status: 'absent' } } })
  expect(codeOf(comeBack(ben))).toBe('person.is_active')
  expect(comeBack(person({ status: 'absent' }))).toMatchObject({ value: { after: { status: 'active' } } })
  expect(codeOf(beAbsent(person({ status: 'left' }), null))).toBe('person.not_active')
  expect(codeOf(leave(person({ status: 'left' }), on))).toBe('person.has_left')
  expect(codeOf(leave(person({ startedOn: '2026-04-01' as LocalDate }), on))).toBe('person.left_before_start')
  expect(comeBack(person({ status: 'left', leftOn: on }))).toMatchObject({
    value: { after: { status: 'active', leftOn: null } },
  })
  expect(mayBeGivenWork(person({ status: 'absent' }), 'ownerId').ok).toBe(true)
  expect(codeOf(mayBeGivenWork(person({ status: 'left' }), 'ownerId'))).toBe('person.has_left')
})

test('an entry made by mistake goes only while nothing hangs on it, and then stays as it is', () => {
  const held = Array.from({ length: 7 }, (_, index) => ({ ref: `A-${index}`, title: '' }))
  const refused = withdrawPerson(person(), now, 'twice', held)
  expect(codeOf(refused)).toBe('person.in_use')
  expect(!refused.ok && refused.refusal.message).toContain('A-0, A-1, A-2, A-3, A-4 and 2 more')
  expect(withdrawPerson(person(), now, 'twice', [])).toMatchObject({ value: { after: { withdrawnAt: now } } })
  const gone = person({ withdrawnAt: now, status: 'absent' })
  for (const result of [
    withdrawPerson(gone, now, 'x', []),
    changePerson(gone, {}),
    leave(gone, on),
    comeBack(gone),
    beAbsent(gone, null),
  ]) {
    expect(codeOf(result)).toBe('person.withdrawn')
  }
})

test('nobody manages themselves, directly or by way of others; no team lies within itself', () => {
  const ben = person()
  const anna = 'anna' as Id<'person'>
  expect(codeOf(changePerson(ben, { managerId: ben.id }, [ben.id]))).toBe('person.own_manager')
  expect(codeOf(changePerson(ben, { managerId: anna }, [anna, ben.id]))).toBe('person.circle_of_managers')
  expect(changePerson(ben, { managerId: anna }, [anna]).ok).toBe(true)
  const team: Team = addTeam({ id: 'it' as Id<'team'>, orgId: org }, { name: 'IT', parentId: null, leadId: null }).after
  const parent = 'ops' as Id<'team'>
  expect(codeOf(changeTeam(team, { parentId: parent }, [parent, team.id]))).toBe('team.within_itself')
  expect(changeTeam(team, { parentId: parent }, [parent]).ok).toBe(true)
  expect(codeOf(withdrawTeam(team, now, 'x', { people: 1, teams: 0 }))).toBe('team.in_use')
  expect(codeOf(withdrawTeam(team, now, 'x', { people: 0, teams: 2 }))).toBe('team.in_use')
  expect(codeOf(changeTeam({ ...team, withdrawnAt: now }, {}))).toBe('team.withdrawn')
})

test('a person is recognised however a spreadsheet writes them', () => {
  const written = [
    'Anna Berg',
    ' anna  BERG ',
    'Berg, Anna',
    'Berg,Anna',
    'Anna Berg <anna@acme.example>',
    'Berg, Anna (anna@acme.example)',
  ]
  for (const text of written) expect(nameKeys(text)).toContain('anna berg')
  expect(nameKeys('Anna Berg <Anna@acme.example>')).toContain('anna@acme.example')
  expect(nameKeys('  ')).toEqual([])
  fc.assert(
    fc.property(fc.string(), (text) => {
      const keys = nameKeys(text)
      expect(keys.length).toBeLessThanOrEqual(6)
      for (const key of keys) expect(nameKeys(key)[0]).toBe(key.trim())
    }),
  )
})

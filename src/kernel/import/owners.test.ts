import { describe, expect, it } from 'vitest'
import { type Id, toWireId } from '#kernel/id.ts'
import { importContext } from '#testing/import-context.ts'
import { asImported } from './as-imported.ts'
import { ownerResolver } from './owners.ts'

const { people, roles } = importContext()
const resolve = ownerResolver(people, roles)

describe('ownerResolver', () => {
  it('takes whom somebody chose for a name, however often it occurs, and says nothing row by row', () => {
    const said = { 'Night shift': toWireId('person', 'mira' as Id), 'Day shift': null, Nobody: 'person_of_another' }
    const chosen = ownerResolver(people, roles, said)
    expect(chosen(' Night  shift ')).toEqual({
      owner: { text: 'Night shift', personId: 'mira', via: 'chosen' },
      note: null,
    })
    // Asked about once for the whole file, and left open.
    expect(chosen('Day shift')).toEqual({ owner: { text: 'Day shift', personId: null, via: null }, note: null })
    expect(chosen('Nobody')?.owner.personId).toBeNull()
    expect(chosen('Evening shift')?.note?.code).toBe('import.owner_unknown')
  })

  it.each(['en', 'de'] as const)('reads an unresolved owner back from a document in %s', (language) => {
    expect(resolve(asImported('Night shift', language))?.owner.text).toBe('Night shift')
    expect(resolve(asImported('Mira Anders', language))?.owner.personId).toBe('mira')
  })

  it.each([
    ['mira@example.org', 'email'],
    ['Mira Anders <mira@example.org>', 'email'],
    ['Mira Anders', 'name'],
    ['Anders, Mira', 'name'],
    ['MIRA ANDERS', 'name'],
    ['Mira Anders (IT)', 'name'],
    ['Information Security Officer', 'role'],
    ['Head of IT', 'jobTitle'],
  ])('finds whom %j means, by %s', (text, via) => {
    expect(resolve(text)).toEqual({ owner: { text, personId: 'mira', via }, note: null })
  })

  it.each([
    ['ISB', 'role', 'Information Security Officer'],
    ['ISO', 'role', 'Information Security Officer'],
    ['Informationssicherheitsbeauftragter', 'role', 'Information Security Officer'],
    ['IT-Leitung', 'jobTitle', 'Head of IT'],
    ['CIO', 'jobTitle', 'Head of IT'],
  ])('takes %j for another title of the same office, by %s, and says so', (text, via, title) => {
    expect(resolve(text)).toEqual({
      owner: { text, personId: 'mira', via },
      note: expect.objectContaining({
        severity: 'note',
        code: 'import.owner_guessed',
        facts: { text, title, name: 'Mira Anders' },
      }),
    })
  })

  it('prefers whoever has the very title to whoever has one that means the same', () => {
    const person = (id: string, name: string, jobTitle: string) => ({ id, name, email: null, jobTitle, leftOn: null })
    const find = ownerResolver(
      [person('a', 'Ada Ames', 'Controller'), person('b', 'Bo Beck', 'CFO')],
      [{ name: 'Finance Lead', aliases: [], holderIds: ['a'] }],
    )
    expect(find('CFO')).toEqual({ owner: { text: 'CFO', personId: 'b', via: 'jobTitle' }, note: null })
    expect(find('Head of Finance')).toMatchObject({
      owner: { personId: 'a', via: 'role' },
      note: { code: 'import.owner_guessed', facts: { title: 'Finance Lead', name: 'Ada Ames' } },
    })
  })

  it('leaves a role nobody holds open and says so', () => {
    expect(resolve('DPO')).toMatchObject({
      owner: { text: 'DPO', personId: null },
      note: { code: 'import.role_vacant' },
    })
  })

  it('never picks one of several', () => {
    const match = resolve('Engineer')
    expect(match?.owner.personId).toBeNull()
    expect(match?.note).toMatchObject({ code: 'import.owner_several', severity: 'warning' })
    expect(match?.note?.message).toContain('Jon Berg, Eva Berg')
  })

  it('never picks somebody who has left', () => {
    expect(resolve('Otto Alt')).toMatchObject({ owner: { personId: null }, note: { code: 'import.owner_left' } })
    expect(resolve('Warehouse Manager')).toMatchObject({
      owner: { personId: null },
      note: { code: 'import.owner_unknown' },
    })
  })

  it('keeps the text of somebody unknown', () => {
    expect(resolve('Purchasing')).toMatchObject({ owner: { text: 'Purchasing', personId: null, via: null } })
  })

  it.each(['', '-', 'n/a', '[Owner]'])('finds no owner in %j', (text) => expect(resolve(text)).toBeNull())
})

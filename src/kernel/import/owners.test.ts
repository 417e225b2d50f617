import { describe, expect, it } from 'vitest'
import { importContext } from '#testing/import-context.ts'
import { ownerResolver } from './owners.ts'

const { people, roles } = importContext()
const resolve = ownerResolver(people, roles)

describe('ownerResolver', () => {
  it.each([
    ['mira@example.org', 'email'],
    ['Mira Anders <mira@example.org>', 'email'],
    ['Mira Anders', 'name'],
    ['Anders, Mira', 'name'],
    ['MIRA ANDERS', 'name'],
    ['Mira Anders (IT)', 'name'],
    ['Information Security Officer', 'role'],
    ['ISO', 'role'],
    ['ISB', 'role'],
    ['Informationssicherheitsbeauftragter', 'role'],
    ['Head of IT', 'jobTitle'],
    ['IT-Leitung', 'jobTitle'],
    ['CIO', 'jobTitle'],
  ])('finds whom %j means, by %s', (text, via) => {
    expect(resolve(text)).toEqual({ owner: { text, personId: 'mira', via }, note: null })
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

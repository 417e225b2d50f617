import { expect, test } from 'vitest'
import { z } from 'zod'
import { date, id, instant, line } from '#platform/contract/schemas.ts'
import { idPlaces, placeName, sample } from './sample.ts'

const person = `person_${'1'.repeat(32)}`
const other = `person_${'2'.repeat(32)}`
const idOf = (prefix: string): string => `${prefix}_${'1'.repeat(32)}`
const schema = z.object({
  name: line(),
  on: date(),
  at: instant(),
  code: line(3).regex(/^[A-Z]{3}$/),
  kind: z.enum(['a', 'b']),
  owner: id('person'),
  deputy: id('person').nullable(),
  note: line().optional(),
  teams: z.array(z.object({ teamId: id('team'), lead: id('person').optional() })).default([]),
  levels: z.array(z.number().int().min(2)).min(1),
})

test('the smallest request is accepted by its schema', () => {
  const made = sample(schema, idOf)
  expect(schema.safeParse(made).success).toBe(true)
  expect(made).toMatchObject({ owner: person, deputy: null, kind: 'a', code: 'EUR', levels: [2] })
})

test('every place of an id is found and can be filled', () => {
  const places = idPlaces(schema)
  expect(places.map((one) => [placeName(one), one.prefix])).toEqual([
    ['owner', 'person'],
    ['deputy', 'person'],
    ['teams[].teamId', 'team'],
    ['teams[].lead', 'person'],
  ])
  const filled = places.map((at) => sample(schema, idOf, { at, id: at.prefix === 'team' ? idOf('team') : other }))
  for (const one of filled) expect(schema.safeParse(one).success).toBe(true)
  expect(filled[1]).toMatchObject({ owner: person, deputy: other })
  expect(filled[3]).toMatchObject({ teams: [{ teamId: idOf('team'), lead: other }] })
})

test('what cannot be made is admitted', () => {
  expect(sample(z.object({ n: z.number().refine((n) => n === 41) }), idOf)).toBeNull()
})

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { date, line, prose } from '#platform/contract/schemas.ts'
import { cleaned, placeProblem, validate } from './form-errors.ts'

const t = Object.assign(
  (key: string, values: Record<string, unknown> = {}) =>
    `${key}${Object.keys(values).length === 0 ? '' : JSON.stringify(values)}`,
  {
    has: (key: string) => !key.startsWith('validation.sentences.') || key === 'validation.sentences.is-empty',
  },
)
const body = z.object({
  title: line(10),
  kind: z.enum(['a', 'b']),
  note: prose().optional(),
  due: date().nullable(),
  level: z.number().int().min(1).max(5),
  place: z.object({ city: line() }),
})

describe('validate', () => {
  test('says per field what is wrong, nested ones too', () => {
    expect(validate(body, { title: ' ', due: '', level: 6, place: {} }, t)).toEqual({
      title: 'validation.sentences.is-empty',
      kind: 'validation.notChosen',
      level: 'validation.tooBig{"max":5}',
      'place.city': 'validation.empty',
    })
  })

  test('passes on the contract’s own sentence where no translation is known', () => {
    expect(validate(body, { title: 'x', kind: 'a', due: '2026-02-30', level: 1, place: { city: 'B' } }, t)).toEqual({
      due: 'is not a date of the form YYYY-MM-DD',
    })
  })

  test('finds nothing wrong with a complete form', () => {
    expect(validate(body, { title: 'x', kind: 'a', note: '', due: null, level: 1, place: { city: 'B' } }, t)).toEqual(
      {},
    )
  })
})

test('cleaned takes blank for emptied where the field may be empty, else for missing', () => {
  expect(cleaned(body, { title: 'x', note: '', due: '' })).toEqual({ title: 'x', note: '', due: null })
  const patch = z.object({ name: z.string().min(1), owner: z.string().nullable() }).partial()
  expect(cleaned(patch, { name: '', owner: '' })).toEqual({ owner: null })
  expect(cleaned(patch, { owner: undefined })).toEqual({})
})

describe('placeProblem', () => {
  const said = ({ code }: { code: string }): string => code

  const problem = {
    type: '',
    title: '',
    status: 422,
    detail: 'Likelihood 6 is not on the scale.',
    code: 'x.y',
    facts: {},
  }

  test('puts errors on their fields, by path or pointer', () => {
    const errors = [
      { field: '/body/place/city', code: 'x.city', message: 'City is unknown.', facts: {} },
      { field: 'title', code: 'request.invalid', message: 'title is missing.', facts: { rule: 'sentences.is-empty' } },
    ]
    expect(placeProblem({ ...problem, errors }, ['title', 'place.city'], t, said)).toEqual({
      fields: { 'place.city': 'x.city', title: 'validation.sentences.is-empty{"rule":"sentences.is-empty"}' },
      rest: [],
    })
  })

  test('swallows nothing: what names no shown field stays', () => {
    expect(placeProblem({ ...problem, field: 'likelihood' }, ['title'], t, said).rest).toEqual(['x.y'])
    expect(placeProblem(problem, ['title'], t, said).rest).toEqual(['x.y'])
  })

  test('says a refusal once that stands in the problem itself and among its errors', () => {
    const errors = [{ field: 'likelihood', code: 'x.y', message: problem.detail, facts: {} }]
    expect(placeProblem({ ...problem, field: 'likelihood', errors }, ['title'], t, said).rest).toEqual(['x.y'])
  })
})

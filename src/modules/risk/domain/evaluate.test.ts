import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorityFor } from './authority.ts'
import { evaluate } from './evaluate.ts'
import { bandIndex } from './method.ts'
import { anyScoresOn, methods, raised, scoresOn } from './risk.arbitraries.ts'
import {
  approvedMethod,
  money,
  notSentences,
  overall,
  productMethod,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { checkScores } from './scores.ts'

const matrix = approvedMethod()
const product = productMethod()

describe('evaluation', () => {
  test('refuses what is not on the scale, in words', () => {
    expect(refusalOf(evaluate(matrix, scores(6, 3)))).toEqual({
      code: 'risk.off_scale',
      message: 'Likelihood 6 is not on the scale 1–5 of method Annual 2026',
      facts: { value: 6, scale: '1–5', method: 'Annual 2026' },
      field: 'likelihood',
    })
    expect(refusalOf(evaluate(matrix, scores(1, 3, { legal: 0 }))).message).toBe(
      'Legal and contractual consequence 0 is not on the scale 1–5 of method Annual 2026',
    )
    for (const value of [2.5, Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expect(refusalOf(evaluate(matrix, scores(value, 3))).code).toBe('risk.off_scale')
    }
    expect(refusalOf(evaluate(matrix, overall(1, 9))).field).toBe('consequences.overall')
  })

  test('refuses unknown dimensions, none at all, and both kinds at once', () => {
    expect(refusalOf(evaluate(matrix, scores(1, 1, { climate: 2 }))).message).toContain(
      '“climate” is not a consequence dimension',
    )
    expect(refusalOf(evaluate(matrix, { likelihood: 1, consequences: {} })).code).toBe('risk.no_consequence')
    const both = { likelihood: 1, consequences: { overall: 2, financial: 2 } }
    expect(refusalOf(evaluate(matrix, both)).code).toBe('risk.overall_and_dimensions')
  })

  test('takes the maximum of the dimensions, never the mean', () => {
    const evaluation = valueOf(evaluate(matrix, scores(3, 1, { legal: 5 })))
    expect(evaluation).toMatchObject({ consequence: 5, band: { key: 'critical' }, level: 4, product: null })
    expect(evaluation.perDimension.map((each) => each.band.key)).toEqual(['low', 'low', 'low', 'critical', 'low'])
  })

  test('uses the product where the method says so', () => {
    expect(valueOf(evaluate(product, money(3, 4)))).toMatchObject({
      product: 12,
      band: { key: 'high' },
      exceedsThreshold: true,
    })
    expect(valueOf(evaluate(product, money(3, 3)))).toMatchObject({ product: 9, exceedsThreshold: false, exceeds: [] })
  })

  test('a stricter threshold of one dimension counts although the overall one holds', () => {
    const evaluation = valueOf(evaluate(matrix, scores(3, 2, { safety: 2 })))
    expect(evaluation).toMatchObject({ band: { key: 'moderate' }, exceedsThreshold: true, exceeds: ['safety'] })
    expect(valueOf(evaluate(matrix, scores(3, 2))).exceedsThreshold).toBe(false)
  })

  test('an overall consequence is never copied into dimensions', () => {
    const evaluation = valueOf(evaluate(matrix, overall(3, 2)))
    expect(evaluation.perDimension).toEqual([])
    expect(evaluation.notStated).toEqual(['financial', 'operational', 'reputation', 'legal', 'safety'])
    expect(evaluation).toMatchObject({ band: { key: 'moderate' }, exceedsThreshold: false })
  })

  test('a draft without a band for the scores is refused, not broken', () => {
    const draft = { ...matrix, aggregate: { mode: 'matrix', cells: [] } as const }
    expect(refusalOf(evaluate(draft, scores(1, 1))).code).toBe('risk.method_incomplete')
  })
})

describe('authority', () => {
  const level = (likelihood: number, consequence: number) => valueOf(evaluate(matrix, scores(likelihood, consequence)))

  test('the owner alone up to a band, somebody in addition above it', () => {
    expect(valueOf(authorityFor(matrix, 'acceptance', level(2, 3)))).toEqual([])
    expect(valueOf(authorityFor(matrix, 'acceptance', level(5, 5)))).toEqual(['topManagement'])
    expect(valueOf(authorityFor(matrix, 'plan', level(5, 5)))).toEqual([])
  })

  test('above the table nobody may accept', () => {
    const strict = approvedMethod({ acceptanceAuthority: [{ upTo: 'high', also: [] }] })
    expect(refusalOf(authorityFor(strict, 'acceptance', level(5, 5)))).toMatchObject({
      code: 'risk.above_authority',
      message: 'Nobody may accept a risk at Critical under method Annual 2026; reduce it first.',
    })
  })
})

describe('laws', () => {
  const withScores = methods.chain((method) => fc.record({ method: fc.constant(method), given: scoresOn(method) }))

  test('the consequence is the maximum', () => {
    fc.assert(
      fc.property(withScores, ({ method, given }) => {
        const evaluation = valueOf(evaluate(method, given))
        const values = Object.values(given.consequences)
        expect(evaluation.consequence).toBe(Math.max(...values))
        expect(values).toContain(evaluation.consequence)
      }),
    )
  })

  test('raising a score never lowers band, priority or the verdict', () => {
    const pairs = withScores.chain(({ method, given }) =>
      fc.record({ method: fc.constant(method), given: fc.constant(given), higher: raised(method, given) }),
    )
    fc.assert(
      fc.property(pairs, ({ method, given, higher }) => {
        const before = valueOf(evaluate(method, given))
        const after = valueOf(evaluate(method, higher))
        expect(after.level).toBeGreaterThanOrEqual(before.level)
        expect(after.priority).toBeGreaterThanOrEqual(before.priority)
        expect(Number(after.exceedsThreshold)).toBeGreaterThanOrEqual(Number(before.exceedsThreshold))
        for (const [i, dimension] of after.perDimension.entries()) {
          const index = bandIndex(method, dimension.band.key)
          expect(index).toBeGreaterThanOrEqual(bandIndex(method, before.perDimension[i]?.band.key ?? null))
          // No dimension is above the whole, so an acceptable whole can only be broken by a stricter threshold.
          expect(index).toBeLessThan(after.level)
        }
      }),
    )
  })

  test('overall and the dimensions it is the maximum of have the same band', () => {
    fc.assert(
      fc.property(withScores, ({ method, given }) => {
        const consequence = Math.max(...Object.values(given.consequences))
        const single = valueOf(evaluate(method, overall(given.likelihood, consequence)))
        expect(single.band).toEqual(valueOf(evaluate(method, given)).band)
      }),
    )
  })

  test('any numbers give an evaluation on the scale or a sentence, and priorities fit 32 bits', () => {
    const anything = fc.record({
      likelihood: fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double()),
      consequences: fc.dictionary(
        fc.constantFrom('financial', 'legal', 'overall', 'x', '__proto__'),
        fc.integer({ min: -1, max: 20 }),
      ),
    })
    fc.assert(
      fc.property(methods, anything, (method, given) => {
        const result = evaluate(method, given)
        expect(result.ok).toBe(checkScores(method, given).length === 0)
        if (result.ok) {
          expect(method.likelihood.map((level) => level.value)).toContain(result.value.likelihood)
          expect(Number.isInteger(result.value.priority) && result.value.priority < 2 ** 31).toBe(true)
        } else {
          expect(notSentences(checkScores(method, given))).toEqual([])
        }
      }),
    )
  })

  test('overall scores evaluate wherever dimensions do', () => {
    const any = methods.chain((method) => fc.record({ method: fc.constant(method), given: anyScoresOn(method) }))
    fc.assert(
      fc.property(any, ({ method, given }) => {
        expect(evaluate(method, given).ok).toBe(true)
      }),
    )
  })
})

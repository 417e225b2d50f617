import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTarget, isAbove, lowerOf, risingAxes } from './compare-scores.ts'
import { evaluate } from './evaluate.ts'
import type { RiskMethod } from './method.ts'
import { methods, scoresOn } from './risk.arbitraries.ts'
import { approvedMethod, mint, money, overall, productMethod, scores, valueOf } from './risk.fixtures.ts'
import type { Scores } from './scores.ts'

const matrix = approvedMethod()
const product = productMethod()
const subject = { ref: 'R-7', id: mint<'risk'>() }
const above = (method: RiskMethod, a: Scores, b: Scores) =>
  isAbove(valueOf(evaluate(method, a)), valueOf(evaluate(method, b)))
const codes = (current: Scores, target: Scores, rises: Parameters<typeof checkTarget>[4] = []) =>
  checkTarget(matrix, subject, current, target, rises).map((each) => each.code)

describe('above', () => {
  test('a higher band or product is above', () => {
    expect(above(matrix, scores(3, 4), scores(3, 3))).toBe(true)
    expect(above(product, money(2, 4), money(2, 3))).toBe(true)
    expect(above(product, money(2, 3), money(3, 2))).toBe(false)
  })

  test('inside one band of the matrix, worse on one axis with nothing in return is above, a trade is not', () => {
    expect(above(matrix, scores(4, 4), scores(3, 4))).toBe(true)
    expect(above(matrix, scores(1, 5), scores(4, 3))).toBe(false)
    expect(above(matrix, scores(4, 3), scores(1, 5))).toBe(false)
  })
})

describe('a target', () => {
  test('above the current level is refused, whatever is explained', () => {
    const [refused] = checkTarget(matrix, subject, scores(3, 3), scores(4, 3), [])
    expect(refused).toMatchObject({
      code: 'risk.target_above_current',
      message:
        'The target of R-7, High (likelihood 4, consequence 3), is above its current level, Moderate (likelihood 3, consequence 3); choose a target that is not higher.',
    })
    const explained = [{ axis: 'likelihood', reason: 'Because.', secondaryRiskId: mint<'risk'>() }]
    expect(codes(scores(3, 3), scores(4, 3), explained)).toEqual(['risk.target_above_current'])
  })

  test('may raise a single dimension with a reason and a secondary risk', () => {
    const current = scores(4, 4, { operational: 1 })
    const target = scores(2, 4, { operational: 2 })
    const secondaryRiskId = mint<'risk'>()
    expect(codes(current, target)).toEqual(['risk.rise_unexplained'])
    expect(codes(current, target, [{ axis: 'operational', reason: ' ', secondaryRiskId }])).toEqual([
      'risk.rise_unexplained',
    ])
    expect(codes(current, target, [{ axis: 'legal', reason: 'Slower work.', secondaryRiskId }])).toEqual([
      'risk.rise_unexplained',
    ])
    expect(codes(current, target, [{ axis: 'operational', reason: 'Slower work.', secondaryRiskId }])).toEqual([])
    const own = [{ axis: 'operational', reason: 'Slower work.', secondaryRiskId: subject.id }]
    expect(codes(current, target, own)).toEqual(['risk.rise_own_risk'])
  })

  test('may trade a higher likelihood for a lower consequence, explained', () => {
    expect(codes(scores(1, 5), scores(2, 3))).toEqual(['risk.rise_unexplained'])
    const rises = [{ axis: 'likelihood', reason: 'Two sites instead of one.', secondaryRiskId: mint<'risk'>() }]
    expect(codes(scores(1, 5), scores(2, 3), rises)).toEqual([])
  })

  test('has to be on the scale', () => {
    expect(checkTarget(matrix, subject, scores(1, 1), scores(0, 1), [])[0]?.field).toBe('target.likelihood')
  })
})

describe('laws', () => {
  const pairs = methods.chain((method) => fc.tuple(fc.constant(method), scoresOn(method), scoresOn(method)))

  test('above is a strict order: never both ways, never itself', () => {
    fc.assert(
      fc.property(pairs, ([method, a, b]) => {
        expect(above(method, a, b) && above(method, b, a)).toBe(false)
        expect(above(method, a, a)).toBe(false)
      }),
    )
  })

  test('an unexplained target that passes rises nowhere', () => {
    fc.assert(
      fc.property(pairs, ([method, current, target]) => {
        const passes = checkTarget(method, subject, current, target, []).length === 0
        expect(passes).toBe(risingAxes(current, target).length === 0)
      }),
    )
  })

  test('the lower of two is above neither and on the scale', () => {
    fc.assert(
      fc.property(pairs, ([method, a, b]) => {
        const lower = lowerOf(a, b)
        expect(checkTarget(method, subject, a, lower, [])).toEqual([])
        expect(checkTarget(method, subject, b, lower, [])).toEqual([])
      }),
    )
    expect(lowerOf(overall(2, 3), overall(3, 1))).toEqual(overall(2, 1))
    expect(lowerOf(overall(2, 3), scores(3, 1))).toEqual(scores(3, 1))
  })
})

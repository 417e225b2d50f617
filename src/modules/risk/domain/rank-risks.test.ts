import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { rankRisks } from './rank-risks.ts'
import { methods, scoresOn } from './risk.arbitraries.ts'
import { approvedMethod, assessedRisk, at, buildRisk, money, productMethod, scores, valueOf } from './risk.fixtures.ts'
import type { Risk } from './risk.ts'
import { riskMatrix } from './risk-matrix.ts'
import { compareRefs } from './words.ts'

const method = approvedMethod()
const product = productMethod()
const order = (given: readonly Risk[], under = method) => rankRisks(under, given).map((each) => [each.ref, each.rank])

describe('ranking', () => {
  test('by band, then consequence, then likelihood, then reference as people read it', () => {
    const risks = [
      assessedRisk(method, scores(3, 3), { ref: 'R-10' }),
      assessedRisk(method, scores(3, 3), { ref: 'R-9' }),
      assessedRisk(method, scores(4, 2), { ref: 'R-1' }),
      assessedRisk(method, scores(2, 4), { ref: 'R-2' }),
      assessedRisk(method, scores(3, 5), { ref: 'R-3' }),
    ]
    expect(order(risks)).toEqual([
      ['R-3', 1],
      ['R-2', 2],
      ['R-9', 3],
      ['R-10', 4],
      ['R-1', 5],
    ])
  })

  test('by product inside a band in product mode', () => {
    const risks = [
      assessedRisk(product, money(2, 5), { ref: 'R-1' }),
      assessedRisk(product, money(4, 4), { ref: 'R-2' }),
      assessedRisk(product, money(3, 4), { ref: 'R-3' }),
    ]
    expect(order(risks, product)).toEqual([
      ['R-2', 1],
      ['R-3', 2],
      ['R-1', 3],
    ])
  })

  test('puts a risk above a stricter threshold before others of a higher acceptable band', () => {
    const strict = approvedMethod({
      dimensions: method.dimensions.map((each) => ({ ...each, acceptUpTo: each.key === 'safety' ? 'low' : null })),
      acceptUpTo: 'high',
    })
    const risks = [
      assessedRisk(strict, scores(3, 4), { ref: 'R-1' }),
      assessedRisk(strict, scores(3, 1, { safety: 2 }), { ref: 'R-2' }),
    ]
    expect(order(risks, strict)).toEqual([
      ['R-2', 1],
      ['R-1', 2],
    ])
  })

  test('gives no rank to what is not scored under the method, and says why', () => {
    const risks = [
      assessedRisk(product, money(5, 5), { ref: 'R-1' }),
      buildRisk({ ref: 'R-2' }),
      assessedRisk(method, scores(5, 5), { ref: 'R-3', closedAt: at().now }),
      buildRisk({ ref: 'R-4', kind: 'opportunity' }),
      assessedRisk(method, scores(1, 1), { ref: 'R-5' }),
    ]
    expect(rankRisks(method, risks).map((each) => [each.ref, each.rank, each.unranked])).toEqual([
      ['R-5', 1, null],
      ['R-1', null, 'otherMethod'],
      ['R-2', null, 'notAssessed'],
      ['R-3', null, 'notLive'],
      ['R-4', null, 'notLive'],
    ])
  })
})

describe('laws', () => {
  const registers = methods.chain((given) =>
    fc.record({
      method: fc.constant(given),
      risks: fc
        .array(
          fc.record({
            scores: scoresOn(given),
            kind: fc.constantFrom('scored', 'scored', 'unscored', 'closed'),
            ref: fc.nat(30),
          }),
          { maxLength: 20 },
        )
        .map((list) =>
          list.map(({ scores: current, kind, ref }) => {
            const patch = { ref: `R-${ref}`, closedAt: kind === 'closed' ? at().now : null }
            return kind === 'unscored' ? buildRisk(patch) : assessedRisk(given, current, patch)
          }),
        ),
      seed: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
    }),
  )

  test('the ranking is a permutation with ranks 1 to n, whatever the order it is given', () => {
    fc.assert(
      fc.property(registers, ({ method: given, risks, seed }) => {
        const ranked = rankRisks(given, risks)
        expect(ranked.map((each) => each.riskId).toSorted()).toEqual(risks.map((risk) => risk.id).toSorted())
        const ranks = ranked.flatMap((each) => (each.rank === null ? [] : [each.rank]))
        expect(ranks).toEqual(ranks.map((_, i) => i + 1))
        const shuffled = risks
          .map((risk, i) => ({ risk, by: seed[i] ?? 0 }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ risk }) => risk)
        expect(rankRisks(given, shuffled)).toEqual(ranked)
      }),
    )
  })

  test('a higher band never ranks lower, and what exceeds the threshold comes first', () => {
    fc.assert(
      fc.property(registers, ({ method: given, risks }) => {
        const ranked = rankRisks(given, risks).flatMap((each) =>
          each.evaluation === null || each.rank === null ? [] : [each.evaluation],
        )
        for (const [i, evaluation] of ranked.entries()) {
          const above = ranked[i - 1]
          if (above === undefined) continue
          expect(above.priority).toBeGreaterThanOrEqual(evaluation.priority)
          if (above.exceedsThreshold === evaluation.exceedsThreshold)
            expect(above.level).toBeGreaterThanOrEqual(evaluation.level)
          else expect(above.exceedsThreshold).toBe(true)
        }
      }),
    )
  })

  test('references form a total order', () => {
    const refs = fc.oneof(fc.stringMatching(/^(R|A|RTP)-?\d{0,4}$/), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(refs, refs, refs, (a, b, c) => {
        expect(Math.sign(compareRefs(a, b)) + Math.sign(compareRefs(b, a))).toBe(0)
        expect(compareRefs(a, b) === 0).toBe(a === b)
        if (compareRefs(a, b) <= 0 && compareRefs(b, c) <= 0) expect(compareRefs(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  test('the matrix holds every scored live risk exactly once per state, in the band of its level', () => {
    fc.assert(
      fc.property(registers, ({ method: given, risks }) => {
        const matrix = riskMatrix(given, risks)
        expect(matrix.cells).toHaveLength(given.likelihood.length * (given.dimensions[0]?.levels.length ?? 0))
        const placed = matrix.cells.flatMap((cell) => cell.risks.current)
        const scored = risks.filter((risk) => risk.current !== null && risk.closedAt === null)
        expect(placed.toSorted()).toEqual(scored.map((risk) => risk.id).toSorted())
        expect(placed.length + matrix.notShown.length).toBe(risks.filter((risk) => risk.closedAt === null).length)
        for (const cell of matrix.cells) {
          for (const id of cell.risks.current) {
            const current = risks.find((risk) => risk.id === id)?.current
            if (!current) throw new Error('not scored')
            expect(valueOf(evaluate(given, current)).band).toEqual(cell.band)
          }
        }
      }),
    )
  })
})

describe('the matrix', () => {
  test('is drawn with the highest likelihood on top and shows movement', () => {
    const risk = assessedRisk(method, scores(4, 4), { inherent: scores(5, 5), target: scores(2, 3) })
    const matrix = riskMatrix(method, [risk, buildRisk()])
    expect(matrix.cells[0]).toMatchObject({ likelihood: 5, consequence: 1 })
    expect(matrix.cells.at(-1)).toMatchObject({ likelihood: 1, consequence: 5, band: { key: 'high' } })
    expect(matrix.movements).toEqual([
      {
        riskId: risk.id,
        ref: 'R-1',
        path: {
          inherent: { likelihood: 5, consequence: 5 },
          current: { likelihood: 4, consequence: 4 },
          target: { likelihood: 2, consequence: 3 },
        },
      },
    ])
    expect(matrix.notShown).toHaveLength(1)
    const cell = matrix.cells.find((each) => each.likelihood === 2 && each.consequence === 3)
    expect(cell?.risks).toEqual({ inherent: [], current: [], target: [risk.id] })
  })
})

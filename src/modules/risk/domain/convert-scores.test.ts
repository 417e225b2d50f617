import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convertScores, convertStates } from './convert-scores.ts'
import { evaluate } from './evaluate.ts'
import {
  approveLevelMap,
  draftLevelMap,
  editLevelMap,
  type LevelMapContent,
  validateLevelMap,
  withdrawLevelMap,
} from './level-map.ts'
import { consequenceLevels, type RiskMethod } from './method.ts'
import { anyScoresOn, methods } from './risk.arbitraries.ts'
import {
  approvedMethod,
  at,
  isSentence,
  money,
  overall,
  productMethod,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { consequenceEntries } from './scores.ts'

const from = productMethod({ name: 'Annual 2025' })
const to = approvedMethod()
const pairs = (...values: number[]) => values.map((value, i) => ({ from: i + 1, to: value }))
const content: LevelMapContent = {
  likelihood: pairs(1, 1, 3, 4, 5),
  dimensions: [{ from: 'financial', to: 'financial', levels: pairs(1, 2, 2, 4) }],
  overall: pairs(1, 2, 3, 4, 5),
}
const approved = (given: LevelMapContent = content, a = from, b = to) =>
  valueOf(approveLevelMap(draftLevelMap(given, a, b, at()).after, a, b, at())).after

describe('a level map', () => {
  test('converts value by value, as written', () => {
    expect(valueOf(convertScores(approved(), money(2, 3)))).toEqual(money(1, 2))
  })

  test('keeps an overall consequence overall', () => {
    expect(valueOf(convertScores(approved(), overall(3, 5)))).toEqual(overall(3, 5))
  })

  test('refuses a level or dimension it does not list', () => {
    expect(refusalOf(convertScores(approved(), money(2, 5)))).toMatchObject({
      code: 'risk.unmapped_level',
      message: 'Level of financial 5 is not in the level map; add it, or score the risk again.',
      field: 'consequences.financial',
    })
    expect(refusalOf(convertScores(approved(), scores(2, 1))).code).toBe('risk.unmapped_dimension')
    expect(refusalOf(convertScores(approved({ ...content, overall: [] }), overall(1, 1))).code).toBe(
      'risk.unmapped_level',
    )
  })

  test('converts nothing before it is approved or after it is withdrawn', () => {
    const draft = draftLevelMap(content, from, to, at()).after
    expect(refusalOf(convertScores(draft, money(1, 1))).code).toBe('risk.level_map_not_approved')
    const gone = valueOf(withdrawLevelMap(approved(), 'Wrong.', at())).after
    expect(refusalOf(convertScores(gone, money(1, 1))).code).toBe('risk.level_map_not_approved')
    expect(refusalOf(editLevelMap(approved(), {})).code).toBe('risk.level_map_step')
  })

  test('two old dimensions become one by their higher level', () => {
    const back = approved(
      {
        ...content,
        dimensions: [
          { from: 'financial', to: 'financial', levels: pairs(1, 2, 3, 4, 5) },
          { from: 'operational', to: 'financial', levels: pairs(1, 2, 3, 4, 5) },
        ],
      },
      to,
      from,
    )
    const given = { likelihood: 1, consequences: { financial: 2, operational: 4 } }
    expect(valueOf(convertScores(back, given))).toEqual(money(1, 4))
    const other = { likelihood: 1, consequences: { financial: 5, operational: 4 } }
    expect(valueOf(convertScores(back, other))).toEqual(money(1, 5))
  })

  test('names levels that exist, each once, in the same order', () => {
    const wrong = (patch: Partial<LevelMapContent>) => {
      const found = validateLevelMap({ ...content, ...patch }, from, to)
      expect(found.every(isSentence)).toBe(true)
      return found.map((each) => each.code)
    }
    expect(wrong({ likelihood: pairs(1, 2, 3, 4, 6) })).toEqual(['risk.map_off_scale'])
    expect(wrong({ likelihood: [...pairs(1), ...pairs(2)] })).toContain('risk.map_twice')
    expect(wrong({ likelihood: pairs(2, 1) })).toEqual(['risk.map_crosses'])
    expect(wrong({ dimensions: [{ from: 'climate', to: 'financial', levels: [] }] })).toEqual(['risk.map_dimension'])
    expect(wrong({ dimensions: [...content.dimensions, ...content.dimensions] })).toEqual(['risk.map_dimension'])
    const draft = draftLevelMap({ ...content, likelihood: pairs(2, 1) }, from, to, at()).after
    expect(refusalOf(approveLevelMap(draft, from, to, at())).code).toBe('risk.map_crosses')
    expect(refusalOf(approveLevelMap(draft, to, from, at())).code).toBe('risk.map_other_method')
  })

  test('converts all states of a risk or says which one it cannot', () => {
    const states = { inherent: null, current: money(4, 4), target: money(1, 5) }
    expect(refusalOf(convertStates(approved(), states)).field).toBe('target.consequences.financial')
    expect(valueOf(convertStates(approved(), { ...states, target: null }))).toEqual({
      inherent: null,
      current: money(4, 4),
      target: null,
    })
  })
})

describe('laws', () => {
  /** A map with some levels left out; the others keep their order. */
  const mapped = fc
    .tuple(methods, methods, fc.array(fc.nat(12), { minLength: 60, maxLength: 60 }))
    .map(([a, b, picks]) => {
      let next = 0
      const line = (source: readonly { value: number }[], target: readonly { value: number }[]) => {
        let reached = 0
        return source.flatMap((level) => {
          const pick = picks[next % picks.length] ?? 0
          next += 1
          reached = Math.min(target.length - 1, reached + (pick % 3))
          const value = target[reached]?.value
          return pick === 0 || value === undefined ? [] : [{ from: level.value, to: value }]
        })
      }
      const map: LevelMapContent = {
        likelihood: line(a.likelihood, b.likelihood),
        dimensions: a.dimensions.map((dimension, i) => {
          const target = b.dimensions[i % b.dimensions.length]
          return { from: dimension.key, to: target?.key ?? '', levels: line(dimension.levels, target?.levels ?? []) }
        }),
        overall: line(consequenceLevels(a), consequenceLevels(b)),
      }
      return { a, b, map }
    })

  test('conversion never invents a level: everything that comes out stands in the map and on the scale', () => {
    const cases = mapped.chain(({ a, b, map }) => anyScoresOn(a).map((given) => ({ a, b, map, given })))
    let converted = 0
    fc.assert(
      fc.property(cases, ({ a, b, map, given }) => {
        const result = convertScores(approved(map, a, b), given)
        if (!result.ok) {
          expect(isSentence(result.refusal)).toBe(true)
          return
        }
        converted += 1
        expect(evaluate(b as RiskMethod, result.value).ok).toBe(true)
        expect(map.likelihood).toContainEqual({ from: given.likelihood, to: result.value.likelihood })
        const listed = [...map.overall, ...map.dimensions.flatMap((dimension) => dimension.levels)]
        const inputs = consequenceEntries(given).map(([, value]) => value)
        for (const [, value] of consequenceEntries(result.value)) {
          expect(listed.some((pair) => pair.to === value && inputs.includes(pair.from))).toBe(true)
        }
      }),
    )
    expect(converted).toBeGreaterThan(10)
  })
})

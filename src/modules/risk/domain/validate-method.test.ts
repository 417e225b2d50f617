import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultMethod } from './default-method.ts'
import type { Aggregate, Level, MethodContent } from './method.ts'
import { scaleText } from './method.ts'
import { methodContents } from './risk.arbitraries.ts'
import { notSentences, productMethod } from './risk.fixtures.ts'
import { validateLegacyMethod, validateMethod } from './validate-method.ts'

const base = defaultMethod('en', '2026')
const codes = (patch: Partial<MethodContent>, from: MethodContent = base) =>
  validateMethod({ ...from, ...patch }).map((each) => each.code)
const sentence = (patch: Partial<MethodContent>, from: MethodContent = base) =>
  validateMethod({ ...from, ...patch })[0]?.message
const levels = (count: number): Level[] =>
  Array.from({ length: count }, (_, i) => ({ value: i + 1, name: `N${i}`, definition: 'Defined.' }))
const withCell = (row: number, column: number, key: string): Aggregate => ({
  mode: 'matrix',
  cells: (base.aggregate.mode === 'matrix' ? base.aggregate.cells : []).map((line, r) =>
    line.map((cell, c) => (r === row && c === column ? key : cell)),
  ),
})

describe('the default method', () => {
  test.each(['en', 'de'] as const)('can be approved as it is (%s)', (language) => {
    const method = defaultMethod(language, '2026')
    expect(validateMethod(method)).toEqual([])
    expect(method.likelihood).toHaveLength(5)
    expect(method.dimensions).toHaveLength(5)
    const definitions = [method.likelihood, ...method.dimensions.map((each) => each.levels)].flat()
    expect(new Set(definitions.map((level) => level.definition)).size).toBe(30)
  })

  test('says the same in both languages: same keys, values, bands and thresholds', () => {
    const shape = (method: MethodContent) => ({
      ...method,
      name: '',
      triggers: method.triggers.length,
      likelihood: method.likelihood.map((level) => level.value),
      dimensions: method.dimensions.map(({ key, acceptUpTo, levels: each }) => [key, acceptUpTo, each.length]),
      bands: method.bands.map(({ key, token }) => [key, token]),
    })
    expect(shape(defaultMethod('de', '2026'))).toEqual(shape(base))
    expect(base.name).toBe('Annual 2026')
  })
})

describe('scales', () => {
  test('have 3 to 10 levels', () => {
    expect(sentence({ likelihood: levels(2) })).toBe('The likelihood scale has 2 levels; give it 3 to 10.')
    expect(codes({ likelihood: levels(11) })).toContain('risk.scale_size')
    const row = base.bands.map(() => 'low').slice(0, 3)
    const three = {
      ...base,
      likelihood: levels(3),
      dimensions: base.dimensions.map((d) => ({ ...d, levels: levels(3) })),
    }
    expect(codes({ aggregate: { mode: 'matrix', cells: [row, row, row] } }, three)).toEqual([])
  })

  test('define every level', () => {
    const likelihood = base.likelihood.map((level, i) => (i === 2 ? { ...level, definition: '  ' } : level))
    expect(validateMethod({ ...base, likelihood })).toEqual([
      {
        code: 'risk.level_undefined',
        message: 'The likelihood scale does not define level 3; say what makes a person choose it.',
        facts: { value: 3 },
        field: 'likelihood.2.definition',
      },
    ])
  })

  test('rise strictly in whole numbers, with names of their own', () => {
    const change = (patch: Partial<Level>) =>
      base.likelihood.map((level, i) => (i === 1 ? { ...level, ...patch } : level))
    expect(codes({ likelihood: change({ value: 1 }) })).toContain('risk.level_order')
    expect(codes({ likelihood: change({ value: 1.5 }) })).toEqual(['risk.level_value'])
    expect(codes({ likelihood: change({ value: Number.NaN }) })).toContain('risk.level_value')
    expect(codes({ likelihood: change({ value: -1 }) })).toContain('risk.level_value')
    expect(codes({ likelihood: change({ name: '' }) })).toEqual(['risk.level_name'])
    expect(codes({ likelihood: change({ name: 'Remote' }) })).toEqual(['risk.level_name'])
  })

  test('exist for at least one dimension, with the same levels in each', () => {
    expect(codes({ dimensions: [] })).toContain('risk.no_dimension')
    const shorter = base.dimensions.map((each, i) => (i === 1 ? { ...each, levels: each.levels.slice(0, 4) } : each))
    expect(sentence({ dimensions: shorter })).toBe(
      'Dimension Operational has the levels 1–4 and Financial has 1–5; all dimensions need the same levels, or their maximum means nothing.',
    )
    const shifted = base.dimensions.map((each, i) =>
      i === 1 ? { ...each, levels: each.levels.map((level) => ({ ...level, value: level.value + 1 })) } : each,
    )
    expect(codes({ dimensions: shifted })).toEqual(['risk.dimension_scale'])
  })

  test.each(['overall', 'likelihood', 'Financial', '', '__proto__', 'financial'])(
    'refuse the dimension key “%s” twice or reserved',
    (key) => {
      const dimensions = base.dimensions.map((each, i) => (i === 1 ? { ...each, key } : each))
      expect(codes({ dimensions })).toContain('risk.dimension_key')
    },
  )

  test('are named as people read them', () => {
    expect(scaleText(levels(5))).toBe('1–5')
    expect(scaleText([1, 2, 4, 8].map((value) => ({ value, name: '', definition: '' })))).toBe('1, 2, 4, 8')
  })
})

describe('combination and bands', () => {
  test('dimensions combine by maximum only', () => {
    const mean = JSON.parse('"mean"')
    expect(sentence({ combination: mean })).toContain('not by “mean”')
  })

  const product = productMethod()
  const band = (i: number, patch: object) => product.bands.map((each, j) => (i === j ? { ...each, ...patch } : each))

  test('product bands have no gap', () => {
    expect(sentence({ bands: band(1, { from: 6 }) }, product)).toBe(
      'No band covers 5: Low ends at 4 and Moderate starts at 6.',
    )
    expect(sentence({ bands: band(0, { from: 2 }) }, product)).toBe(
      'No band covers 1: the lowest product is 1 and Low starts at 2.',
    )
    expect(sentence({ bands: band(3, { to: 20 }) }, product)).toBe(
      'No band covers 21–25: Critical ends at 20 and the highest product is 25.',
    )
  })

  test('product bands do not overlap, run forwards and have a range', () => {
    expect(sentence({ bands: band(1, { from: 4 }) }, product)).toBe(
      'Bands Low and Moderate overlap at 4; each product belongs to one band.',
    )
    expect(codes({ bands: band(1, { from: 9, to: 5 }) }, product)).toContain('risk.band_range')
    expect(codes({ bands: band(1, { from: null }) }, product)).toContain('risk.band_range')
    expect(codes({ bands: band(1, { from: 4.5 }) }, product)).toContain('risk.band_range')
  })

  test('bands have keys, names and colours of their own', () => {
    expect(codes({ bands: band(1, { key: 'low' }) }, product)).toContain('risk.band_key')
    expect(codes({ bands: band(1, { name: 'Low' }) }, product)).toEqual(['risk.band_name'])
    expect(codes({ bands: band(1, { token: 'pink' }) }, product)).toEqual(['risk.band_token'])
    expect(codes({ bands: [] }, product)).toContain('risk.band_count')
  })

  test('the matrix is complete', () => {
    const cells = base.aggregate.mode === 'matrix' ? base.aggregate.cells : []
    expect(codes({ aggregate: { mode: 'matrix', cells: cells.slice(1) } })).toContain('risk.matrix_size')
    expect(codes({ aggregate: { mode: 'matrix', cells: cells.map((row) => row.slice(1)) } })).toContain(
      'risk.matrix_size',
    )
    expect(codes({ aggregate: withCell(0, 0, 'none') })).toEqual(['risk.matrix_band'])
  })

  test('the matrix rises in both axes', () => {
    expect(sentence({ aggregate: withCell(4, 4, 'high') })).toBe(
      'The matrix falls at likelihood 5 and consequence 5: High follows Critical although the likelihood rises.',
    )
    expect(codes({ aggregate: withCell(0, 1, 'high') })).toContain('risk.matrix_falls')
  })
})

describe('criteria and authority', () => {
  test('there is a threshold, below the highest band', () => {
    expect(codes({ acceptUpTo: null })).toContain('risk.no_threshold')
    expect(codes({ acceptUpTo: 'none' })).toContain('risk.no_threshold')
    expect(codes({ acceptUpTo: 'critical' })).toContain('risk.threshold_top')
  })

  test('a dimension may be stricter, never looser', () => {
    const strict = (acceptUpTo: string) => base.dimensions.map((each, i) => (i === 0 ? { ...each, acceptUpTo } : each))
    expect(codes({ dimensions: strict('low') })).toEqual([])
    expect(sentence({ dimensions: strict('high') })).toBe(
      'The threshold of dimension Financial is above the overall one; a dimension may only be stricter.',
    )
    expect(codes({ dimensions: strict('none') })).toEqual(['risk.threshold_band'])
  })

  test('the table of who may accept is in order, known and never asks less of a higher band', () => {
    const table = (...steps: MethodContent['acceptanceAuthority']) => codes({ acceptanceAuthority: steps })
    expect(table({ upTo: 'high', also: [] })).toEqual([])
    expect(table()).toContain('risk.authority_short')
    expect(table({ upTo: 'low', also: [] })).toEqual(['risk.authority_short'])
    expect(table({ upTo: 'high', also: [] }, { upTo: 'moderate', also: [] })).toEqual(['risk.authority_order'])
    expect(table({ upTo: 'moderate', also: ['ismsManager'] }, { upTo: 'high', also: [] })).toEqual([
      'risk.authority_falls',
    ])
    expect(table({ upTo: 'none', also: [] })).toContain('risk.authority_band')
    expect(table({ upTo: 'high', also: [JSON.parse('"janitor"')] })).toEqual(['risk.authority_role'])
  })

  test('interval, triggers and validity are given', () => {
    expect(codes({ intervalMonths: 0 })).toEqual(['risk.interval'])
    expect(codes({ intervalMonths: 1.5 })).toEqual(['risk.interval'])
    expect(codes({ triggers: [' '] })).toEqual(['risk.no_trigger'])
    expect(codes({ validityMonths: 61 })).toEqual(['risk.validity'])
    expect(codes({ name: ' ' })).toEqual(['risk.method_name'])
  })
})

test('a legacy method needs readable scales only', () => {
  const bare = { ...base, acceptUpTo: null, acceptanceAuthority: [], triggers: [] }
  expect(validateLegacyMethod(bare)).toEqual([])
  expect(
    validateLegacyMethod({ ...bare, likelihood: levels(2).map((each) => ({ ...each, definition: '' })) })[0]?.code,
  ).toBe('risk.matrix_size')
})

test('generated methods of every shape pass, and breaking one makes sentences', () => {
  fc.assert(
    fc.property(methodContents, fc.nat(9), fc.nat(9), (content, row, column) => {
      expect(validateMethod(content)).toEqual([])
      const broken: MethodContent = {
        ...content,
        likelihood: content.likelihood.slice(row),
        bands: content.bands.slice(column % 3),
        validityMonths: -row,
        name: '',
      }
      expect(notSentences(validateMethod(broken))).toEqual([])
    }),
    { numRuns: 200 },
  )
})

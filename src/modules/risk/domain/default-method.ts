import { german } from './default-method-de.ts'
import { english } from './default-method-en.ts'
import { bandKeys, dimensionKeys } from './default-method-words.ts'
import type { Level, MethodContent } from './method.ts'

export type MethodLanguage = 'en' | 'de'

const bandColours = { low: 'green', moderate: 'yellow', high: 'orange', critical: 'red' } as const

/**
 * A 5 × 5 method to start from, complete enough to be approved as it is and meant to be tailored.
 * Its intervals and thresholds are a proposal of this product, not numbers of the standard.
 * @param year becomes part of the name: Annual 2026
 */
export function defaultMethod(language: MethodLanguage, year: string): MethodContent {
  const words = language === 'de' ? german : english
  return {
    name: words.methodName(year),
    likelihood: levels(words.likelihoodNames, words.likelihood),
    dimensions: dimensionKeys.map((key) => ({
      key,
      name: words.dimensions[key].name,
      levels: levels(words.consequenceNames, words.dimensions[key].definitions),
      acceptUpTo: key === 'safety' ? 'low' : null,
    })),
    combination: 'maximum',
    aggregate: {
      mode: 'matrix',
      // Rows: likelihood 1 to 5; columns: consequence 1 to 5. A very severe consequence stays high even when it is rare.
      cells: [
        ['low', 'low', 'low', 'moderate', 'high'],
        ['low', 'low', 'moderate', 'moderate', 'high'],
        ['low', 'moderate', 'moderate', 'high', 'critical'],
        ['low', 'moderate', 'high', 'high', 'critical'],
        ['moderate', 'moderate', 'high', 'critical', 'critical'],
      ],
    },
    bands: bandKeys.map((key) => ({ key, name: words.bands[key], token: bandColours[key], from: null, to: null })),
    acceptUpTo: 'moderate',
    acceptanceAuthority: [
      { upTo: 'moderate', also: [] },
      { upTo: 'critical', also: ['topManagement'] },
    ],
    planAuthority: [],
    intervalMonths: 12,
    triggers: words.triggers,
    validityMonths: 12,
  }
}

const levels = (names: readonly string[], definitions: readonly string[]): Level[] =>
  definitions.map((definition, i) => ({ value: i + 1, name: names[i] ?? `${i + 1}`, definition }))

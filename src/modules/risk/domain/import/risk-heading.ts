import { fold } from '#kernel/import/text.ts'
import type { HeadingMatch } from '#kernel/import.ts'

/** What a column of a risk register may state about a risk's level. */
export type Measure = 'likelihood' | 'impact' | 'score' | 'level'

/** The stage a heading speaks of; `assessed` when it names none, `residual` when it leaves open which one that is. */
export type HeadingStage = 'assessed' | 'inherent' | 'current' | 'residual' | 'target'

export const headingStages = [
  'assessed',
  'inherent',
  'current',
  'residual',
  'target',
] as const satisfies readonly HeadingStage[]

const stageWords: readonly (readonly [HeadingStage, RegExp])[] = [
  [
    'inherent',
    /^(?:inherent|inhaerente?[rsnm]?|gross|brutto\p{L}*|initial|initiale?[rsnm]?|untreated|unbehandelte?[rsnm]?|raw|ausgangs\p{L}*|pre|before|vor)$/u,
  ],
  [
    'residual',
    /^(?:residual|residuell\p{L}*|rest\p{L}*|remaining|verbleibend\p{L}*|net|netto\p{L}*|post|after|nach|treated|mitigated)$/u,
  ],
  ['target', /^(?:target|targeted|ziel\p{L}*|soll\p{L}*|planned|geplante?[rsnm]?|desired|future)$/u],
  ['current', /^(?:current|aktuelle?[rsnm]?|aktuell|ist|present|derzeitige?[rsnm]?|today)$/u],
]

const likelihoodWord =
  /^(?:likelihood|likelyhood|likelihoods|probability|probabilities|frequency|occurrence|(?:\p{L}*)(?:wahrscheinlichkeit|haeufigkeit)(?:en)?|ew|etw|l|p)$/u
const impactWord =
  /^(?:impact|impacts|consequence|consequences|severity|magnitude|(?:\p{L}*)(?:auswirkung|auswirkungen|schadenshoehe|schadensausmass|schaden|schwere|tragweite|konsequenz|konsequenzen)|ausmass)$/u
const scoreWord =
  /^(?:score|scores|rpn|rpz|points|(?:\p{L}*)(?:risikowert|risikozahl|risikokennzahl|risikoscore|punktzahl|risikopunkte)|wert|value|product|produkt|exposure)$/u
const levelWord =
  /^(?:level|levels|class|grade|band|priority|(?:\p{L}*)(?:risikolevel|risikostufe|risikoklasse|risikoniveau|risikoeinstufung|einstufung|stufe|klasse|niveau|prioritaet))$/u
const ratingWord = /^(?:rating|ratings|bewertung|risikobewertung|evaluation|einschaetzung|risikoeinschaetzung)$/u
const riskWord = /^(?:risk|risks|risiko|risiken|bruttorisiko|nettorisiko|restrisiko|zielrisiko)$/u
const overallWord =
  /^(?:max|maximum|maximal|maximale[rsnm]?|overall|total|gesamt|gesamte?[rsnm]?|highest|hoechste[rsnm]?|combined|restmaximale|business|geschaeftliche?)$/u
const fillers = new Set(
  'of the for in on and und or oder der die das des bei fuer risk risks risiko rating scale skala bewertung measure measures massnahme massnahmen treatment behandlung controls kontrollen umsetzung implementation mitigation l i x p e w x s 1 2 3 4 5 6 10'.split(
    ' ',
  ),
)
const notMeasures =
  /^(?:description|beschreibung|rationale|begruendung|comment|kommentar|details|justification|category|kategorie|owner|id|name|title|titel|type|typ|date|datum|appetite|appetit|tolerance|toleranz|matrix|definition|status|control|plan|response|option|decision|entscheidung|assessor|evaluator|methode?|source|quelle)$/u

const dimensionWords: readonly (readonly [string, RegExp])[] = [
  [
    'financial',
    /^(?:financial|finance|financially|finanziell\p{L}*|finanzen|monetary|monetaer\p{L}*|cost|costs|kosten|money|eur|revenue|umsatz|economic|wirtschaftlich\p{L}*)$/u,
  ],
  [
    'operational',
    /^(?:operational|operations|operation|operativ\p{L}*|betrieblich\p{L}*|betrieb|betriebs\p{L}*|process|processes|prozess\p{L}*|geschaeftsbetrieb|continuity)$/u,
  ],
  ['reputation', /^(?:reputation|reputational|reputations\p{L}*|image|imageschaden|ruf|ansehen|brand|public)$/u],
  [
    'legal',
    /^(?:legal|regulatory|compliance|recht|rechtlich\p{L}*|regulierung|regulatorisch\p{L}*|gesetz|gesetzlich\p{L}*|law|contractual|vertraglich\p{L}*|regulation)$/u,
  ],
  [
    'safety',
    /^(?:safety|health|gesundheit|personen|personenschaden|personensicherheit|people|human|leib|leben|menschen|personnel|life|arbeitssicherheit)$/u,
  ],
  ['privacy', /^(?:privacy|datenschutz|betroffene|betroffenen|personal|pii|gdpr|dsgvo)$/u],
  ['customer', /^(?:customer|customers|client|clients|kunden|kunde)$/u],
  ['strategic', /^(?:strategic|strategy|strategisch\p{L}*|strategie)$/u],
  ['environment', /^(?:environment|environmental|umwelt)$/u],
]
// Confidentiality, integrity and availability are properties that may be lost, not kinds of consequence.
const propertyWords =
  /^(?:confidentiality|vertraulichkeit|integrity|integritaet|availability|verfuegbarkeit|cia|c|a|v)$/u

export interface ParsedHeading {
  readonly stage: HeadingStage
  readonly measures: readonly Measure[]
  /** Kind of consequence: a known key, or the heading's own words. Null for the impact as a whole. */
  readonly dimension: string | null
}

/** Reads a heading such as “Residual impact (financial)” or “Restwahrscheinlichkeit”; null when it states no level. */
export function parseRiskHeading(heading: string): ParsedHeading | null {
  if (heading.length > 160) return null
  const brackets = [...heading.matchAll(/[([{]([^)\]}]*)[)\]}]/gu)].map((m) => fold(m[1] ?? ''))
  const words = fold(heading.replace(/[([{][^)\]}]*[)\]}]/gu, ' '))
    .split(' ')
    .filter((w) => w !== '')
  if (words.length === 0 || words.length > 9) return null
  const stage = stageOf(words)
  const measures = measuresOf(words)
  if (measures.length === 0 || words.some((word) => notMeasures.test(word))) return null
  if (!measures.includes('impact')) return leftOver(words).length > 0 ? null : { stage, measures, dimension: null }
  const all = [...words, ...brackets.flatMap((b) => b.split(' '))]
  if (all.some((word) => propertyWords.test(word) && !(word.length === 1 && words.length === 1))) return null
  const dimension = dimensionWords.find(([, pattern]) => all.some((word) => pattern.test(word)))
  if (dimension) return { stage, measures, dimension: dimension[0] }
  const own = leftOver(words)
  return { stage, measures, dimension: own.length === 0 ? null : own.join('_') }
}

function stageOf(words: readonly string[]): HeadingStage {
  for (const [stage, pattern] of stageWords) {
    if (words.some((word) => pattern.test(word))) {
      // “Before treatment” and “after treatment” decide whatever else is said.
      const after = words.some((word) => /^(?:after|nach|post)$/u.test(word))
      return stage === 'inherent' && after ? 'residual' : stage
    }
  }
  return 'assessed'
}

function measuresOf(words: readonly string[]): Measure[] {
  if (words.some((word) => likelihoodWord.test(word))) return ['likelihood']
  if (words.some((word) => impactWord.test(word))) return ['impact']
  const risky = words.some((word) => riskWord.test(word))
  if (words.some((word) => scoreWord.test(word))) return ['score']
  if (words.some((word) => levelWord.test(word))) return ['level']
  // “Risk rating” is a figure in one file and a word in the next: the values decide.
  if (words.some((word) => ratingWord.test(word))) return ['score', 'level']
  if (risky && words.every((word) => riskWord.test(word) || overallWord.test(word))) return ['score', 'level']
  if (risky && words.some((word) => stageWords.some(([, pattern]) => pattern.test(word)))) return ['score', 'level']
  return []
}

/** Words that are neither stage nor measure nor filling: they name something of their own. */
function leftOver(words: readonly string[]): string[] {
  const known = [
    likelihoodWord,
    impactWord,
    scoreWord,
    levelWord,
    ratingWord,
    riskWord,
    overallWord,
    ...stageWords.map(([, pattern]) => pattern),
  ]
  return words.filter((word) => !fillers.has(word) && !known.some((pattern) => pattern.test(word)))
}

/** The fields a heading may mean, as the guess wants them: `residual.impact.financial`. */
export function recogniseRiskHeading(heading: string): HeadingMatch[] {
  const parsed = parseRiskHeading(heading)
  if (!parsed) return []
  // “Risk” alone is more often a title; only values that are figures or levels make it one.
  const vague = fold(heading).length <= 2 || /^(?:risk|risiko|risks|risiken)$/u.test(fold(heading))
  return parsed.measures.map((measure) => {
    const field = `${parsed.stage}.${measure}${parsed.dimension === null ? '' : `.${parsed.dimension}`}`
    const known = parsed.dimension === null || dimensionWords.some(([key]) => key === parsed.dimension)
    return {
      field,
      kind: measure === 'score' ? 'number' : measure === 'level' ? 'choice' : 'scale',
      score: vague ? 0.6 : known ? 0.95 : 0.72,
    }
  })
}

/** A dimension key as people read it. */
export const dimensionName = (key: string): string => {
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const dimensionKeys = ['financial', 'operational', 'reputation', 'legal', 'safety'] as const
export const bandKeys = ['low', 'moderate', 'high', 'critical'] as const

/** A name and five definitions, lowest level first. */
export interface ScaleWords {
  readonly name: string
  readonly definitions: readonly string[]
}

/** The words of the default method in one language. */
export interface MethodWords {
  readonly methodName: (year: string) => string
  readonly likelihoodNames: readonly string[]
  readonly likelihood: readonly string[]
  readonly consequenceNames: readonly string[]
  readonly dimensions: Readonly<Record<(typeof dimensionKeys)[number], ScaleWords>>
  readonly bands: Readonly<Record<(typeof bandKeys)[number], string>>
  readonly triggers: readonly string[]
}

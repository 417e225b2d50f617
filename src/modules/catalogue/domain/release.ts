/** A text in the languages the catalogue has it in. English is always there. */
export interface Worded {
  readonly en: string
  readonly de: string
}

/** A text that may exist in English only, until somebody translates it. */
export interface Explained {
  readonly en: string
  readonly de?: string
}

/** One separately auditable demand of a clause, in our own words. */
export interface Requirement {
  readonly ref: string
  readonly clause: string
  readonly summary: Explained
  /** What documented information the standard asks for at this point. */
  readonly documented: 'none' | 'document' | 'record'
  readonly introducedBy: string | null
}

/** A clause of the standard; leaves hold requirements. */
export interface Clause {
  readonly ref: string
  readonly title: Worded
  readonly parent: string | null
  readonly requirements: readonly Requirement[]
}

export const themes = ['organizational', 'people', 'physical', 'technological'] as const
export type Theme = (typeof themes)[number]

/** The five attributes of ISO/IEC 27002:2022. */
export const attributeKeys = ['controlTypes', 'properties', 'concepts', 'capabilities', 'domains'] as const
export type AttributeKey = (typeof attributeKeys)[number]

/** A control of Annex A. */
export interface ControlDefinition {
  readonly ref: string
  readonly title: Worded
  readonly theme: Theme
  readonly attributes: Readonly<Record<AttributeKey, readonly string[]>>
  readonly predecessors2013: readonly string[]
  readonly isNew: boolean
  readonly purpose: Worded
  readonly evidence: { readonly en: readonly string[] }
}

export interface Attribute {
  readonly id: AttributeKey
  readonly label: Worded
  readonly values: readonly { readonly id: string; readonly label: Worded }[]
}

/** A control of the 2013 edition and what became of it. */
export interface Transition {
  readonly ref: string
  readonly title: Explained
  readonly to: readonly string[]
  readonly relation: 'one-to-one' | 'merged' | 'split'
}

/** One release of a framework: everything records can point at, with its explanations. */
export interface Release {
  readonly id: string
  readonly framework: string
  readonly title: Worded
  /** Ids of the amendments it includes. */
  readonly amendments: readonly string[]
  /** What of the text is whose: to be shown wherever the text is. */
  readonly licenceNote: Worded
  readonly clauses: readonly Clause[]
  readonly controls: readonly ControlDefinition[]
  readonly attributes: readonly Attribute[]
  readonly transitions: readonly Transition[]
  readonly counts: Readonly<Record<string, number>>
}

/** The leaf clauses, in order: what a conformity strip shows. */
export const leavesOf = (release: Release): readonly Clause[] =>
  release.clauses.filter((clause) => clause.requirements.length > 0)

/** Everything wrong with a release: what its own counts, references and wording promise and do not keep. */
export function releaseFaults(release: Release): string[] {
  const faults: string[] = []
  const refs = [
    ...release.clauses.flatMap((clause) => [clause.ref, ...clause.requirements.map((one) => one.ref)]),
    ...release.controls.map((control) => control.ref),
  ]
  for (const ref of duplicates(refs)) faults.push(`${ref} stands twice.`)
  const clauses = new Set(release.clauses.map((clause) => clause.ref))
  const controls = new Set(release.controls.map((control) => control.ref))
  const parents = new Set(release.clauses.map((clause) => clause.parent))
  for (const clause of release.clauses) {
    if (clause.parent !== null && !clauses.has(clause.parent))
      faults.push(`${clause.ref} hangs under ${clause.parent}, which is missing.`)
    if (parents.has(clause.ref) === clause.requirements.length > 0)
      faults.push(`${clause.ref} has requirements or clauses under it, one of the two.`)
    for (const one of clause.requirements) {
      if (!one.ref.startsWith(`${clause.ref}-`)) faults.push(`${one.ref} does not begin like its clause ${clause.ref}.`)
      if (one.introducedBy !== null && !release.amendments.includes(one.introducedBy))
        faults.push(`${one.ref} comes from the unknown amendment ${one.introducedBy}.`)
    }
  }
  const values = new Map(release.attributes.map((one) => [one.id, new Set(one.values.map((value) => value.id))]))
  for (const control of release.controls) {
    for (const key of attributeKeys) {
      for (const value of control.attributes[key]) {
        if (!values.get(key)?.has(value)) faults.push(`${control.ref} has the unknown ${key} “${value}”.`)
      }
      if (control.attributes[key].length === 0) faults.push(`${control.ref} has no ${key}.`)
    }
    const from = release.transitions.filter((one) => one.to.includes(control.ref)).map((one) => one.ref)
    if (from.toSorted().join() !== control.predecessors2013.toSorted().join()) {
      faults.push(`${control.ref} and the transition table disagree on its predecessors.`)
    }
    if (control.isNew !== (control.predecessors2013.length === 0))
      faults.push(`${control.ref} is new or has predecessors, not both.`)
  }
  const predecessors = new Map(release.controls.map((one) => [one.ref, one.predecessors2013.length]))
  for (const { ref, to, relation } of release.transitions) {
    for (const target of to) if (!controls.has(target)) faults.push(`${ref} leads to ${target}, which is missing.`)
    const merged = to.some((target) => (predecessors.get(target) ?? 0) > 1)
    const actual = to.length > 1 ? 'split' : merged ? 'merged' : 'one-to-one'
    if (relation !== actual) faults.push(`${ref} is called ${relation}, but is ${actual}.`)
  }
  const sentences = [
    ...release.clauses.flatMap((clause) => clause.requirements.map((one) => one.summary.en)),
    ...release.controls.flatMap((control) => [control.purpose.en, control.purpose.de]),
  ]
  for (const sentence of duplicates(sentences)) faults.push(`This sentence stands twice: ${sentence}`)
  const counted: Record<string, number> = {
    clauses: release.clauses.length,
    leaves: leavesOf(release).length,
    requirements: release.clauses.flatMap((clause) => clause.requirements).length,
    controls: release.controls.length,
    new: release.controls.filter((control) => control.isNew).length,
    predecessors: release.transitions.length,
    transitions: release.transitions.flatMap((one) => one.to).length,
    ...Object.fromEntries(themes.map((theme) => [theme, release.controls.filter((one) => one.theme === theme).length])),
  }
  for (const [name, promised] of Object.entries(release.counts)) {
    if (counted[name] !== promised) faults.push(`${name}: ${String(counted[name])} instead of ${promised}.`)
  }
  return faults
}

function duplicates(texts: readonly string[]): string[] {
  const seen = new Set<string>()
  return texts.filter((text) => (seen.has(text) ? true : (seen.add(text), false)))
}

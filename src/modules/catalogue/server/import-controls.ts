import type { ImportControl } from '#kernel/import.ts'
import { catalogueOf, defaultRelease } from './reader.ts'

let known: readonly ImportControl[] | null = null

/** The controls of Annex A as imports recognise them: titles in every language, and what they were called in 2013. */
export function annexAControls(): readonly ImportControl[] {
  if (known) return known
  const { release } = catalogueOf(defaultRelease)
  const oldTitles = new Map(release.transitions.map((one) => [one.ref, one.title.en]))
  known = release.controls.map(({ ref, title, predecessors2013 }) => ({
    ref,
    titles: { ...title },
    predecessors: predecessors2013.map((old) => ({ ref: old, title: oldTitles.get(old) ?? null })),
  }))
  return known
}

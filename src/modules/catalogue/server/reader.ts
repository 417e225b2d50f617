import type { ControlDefinition, Release } from '../domain/release.ts'
import { readRelease } from './read-release.ts'

export type { ControlDefinition } from '../domain/release.ts'

/** The release whose controls a new organization starts with. */
export const defaultRelease = 'iso27001-2022'

/** A release with its entries at hand. */
export interface CatalogueRelease {
  readonly release: Release
  /** A control by its reference; null when the release has none such. */
  control(ref: string): ControlDefinition | null
}

const loaded = new Map<string, CatalogueRelease>()

/** A release by its id, read once per process: releases come with the program and do not change while it runs. */
export function catalogueOf(id: string): CatalogueRelease {
  const known = loaded.get(id)
  if (known) return known
  const release = readRelease(id)
  const controls = new Map(release.controls.map((control) => [control.ref, control]))
  const entry = { release, control: (ref: string) => controls.get(ref) ?? null }
  loaded.set(id, entry)
  return entry
}

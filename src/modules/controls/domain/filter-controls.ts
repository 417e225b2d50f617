/** What the statement is narrowed by: the values of one filter are alternatives, different filters add up. */
export interface ControlFilter {
  readonly theme?: readonly string[] | undefined
  readonly status?: readonly string[] | undefined
  readonly applicability?: readonly string[] | undefined
  /** Codes of issues, or `blocks` and `warns`. */
  readonly issue?: readonly string[] | undefined
  /** Persons, names an import left, or `none`. */
  readonly owner?: readonly string[] | undefined
  /** Kinds or references of drivers, or `none`. */
  readonly driver?: readonly string[] | undefined
  /** Values of the attributes of ISO/IEC 27002. */
  readonly attribute?: readonly string[] | undefined
  /** Words that all occur in what the row says. */
  readonly q?: string | undefined
}

/** What filters look at, whether the row comes from records or from the API. */
export interface FilteredControl {
  readonly ref: string
  readonly title: string
  readonly theme: string
  readonly status: string
  readonly applicability: string
  readonly justification: string
  readonly implementation: string
  readonly provider: string
  readonly owner: { readonly id: string; readonly name: string } | null
  readonly ownerText: string
  readonly drivers: readonly { readonly kind: string; readonly ref: string; readonly title: string }[]
  readonly issues: readonly { readonly code: string; readonly severity: string }[]
}

/** What the catalogue knows of a control. */
export interface FilteredDefinition {
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly predecessors2013: readonly string[]
}

/** The owner of a row as a filter value: the person, else the name an import left, else empty. */
export const ownerKey = ({ owner, ownerText }: Pick<FilteredControl, 'owner' | 'ownerText'>): string =>
  owner?.id ?? ownerText

/** Rows that pass every filter, in their order: the same on the page of the statement, in the API and in documents. */
export function filterControls<C extends FilteredControl>(
  controls: readonly C[],
  filter: ControlFilter,
  definitionOf: (ref: string) => FilteredDefinition | null | undefined,
): C[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const passes = (chosen: readonly string[] | undefined, values: readonly string[]): boolean =>
    chosen === undefined || chosen.length === 0 || chosen.some((one) => values.includes(one))
  return controls.filter((one) => {
    const definition = definitionOf(one.ref)
    return (
      passes(filter.theme, [one.theme]) &&
      passes(filter.status, [one.status]) &&
      passes(filter.applicability, [one.applicability]) &&
      passes(
        filter.issue,
        one.issues.flatMap((issue) => [issue.code, issue.severity]),
      ) &&
      passes(filter.owner, [ownerKey(one) === '' ? 'none' : ownerKey(one)]) &&
      passes(
        filter.driver,
        one.drivers.length === 0 ? ['none'] : one.drivers.flatMap((driver) => [driver.kind, driver.ref]),
      ) &&
      passes(filter.attribute, Object.values(definition?.attributes ?? {}).flat()) &&
      (words.length === 0 || says(one, definition, words))
    )
  })
}

function says(
  one: FilteredControl,
  definition: FilteredDefinition | null | undefined,
  words: readonly string[],
): boolean {
  const text = [
    one.ref,
    one.title,
    one.justification,
    one.implementation,
    one.owner?.name ?? one.ownerText,
    one.provider,
    ...one.drivers.map((driver) => `${driver.ref} ${driver.title}`),
    ...(definition?.predecessors2013 ?? []),
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

/** What the treatment plan is narrowed by; what is not given does not narrow. */
export interface ActionFilter {
  readonly status?: readonly string[] | undefined
  readonly ownerId?: string | undefined
  readonly overdue?: boolean | undefined
  /** A text that occurs in reference or title of the action or its risk, or in the owner's name, also as imported. */
  readonly q?: string | undefined
}

/** What filters look at, whether the action comes from records or from the API. */
export interface FilteredAction {
  readonly ref: string
  readonly title: string
  readonly riskRef: string
  readonly riskTitle: string
  readonly status: string
  readonly overdue: boolean
  readonly owner: { readonly id: string; readonly name: string } | null
  readonly ownerText: string | null
}

/** Whether a filter narrows at all. */
export const narrows = ({ status, ownerId, overdue, q }: ActionFilter): boolean =>
  (status?.length ?? 0) > 0 || ownerId !== undefined || overdue !== undefined || (q ?? '').trim() !== ''

/** Actions that pass every filter, in their order: the same on the page of the plan, in the API and in documents. */
export function filterActions<A extends FilteredAction>(actions: readonly A[], filter: ActionFilter): A[] {
  const { status, ownerId, overdue } = filter
  const q = (filter.q ?? '').trim().toLowerCase()
  return actions.filter(
    (one) =>
      (status === undefined || status.length === 0 || status.includes(one.status)) &&
      (ownerId === undefined || one.owner?.id === ownerId) &&
      (overdue === undefined || one.overdue === overdue) &&
      (q === '' ||
        [one.ref, one.title, one.riskRef, one.riskTitle, one.owner?.name ?? one.ownerText ?? ''].some((text) =>
          text.toLowerCase().includes(q),
        )),
  )
}

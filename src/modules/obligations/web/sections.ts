import type { ComponentType } from 'react'

/** What later modules show on the page of an obligation: a `Section` each. */
export const obligationSections: { readonly key: string; readonly Section: ComponentType<{ reference: string }> }[] = []

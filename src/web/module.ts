import type { ComponentType } from 'react'

/** The five parts of the navigation. */
export const navGroups = ['plan', 'do', 'check', 'act', 'certify'] as const
export type NavGroup = (typeof navGroups)[number]

export interface NavItem {
  readonly group: NavGroup
  /** `risk:nav.register` */
  readonly labelKey: string
  /** `6.1.2`, shown small; items of a group stand in the order of their clauses. */
  readonly clause: string
  /** Inside the organization: `/risks`. */
  readonly path: string
  /** Pages that belong to it under an address of their own: `/units` to the organization. */
  readonly also?: readonly string[]
  /** Row of the role table; without it the item is hidden. */
  readonly action?: string
  /** What can need attention there, as the server counts it, with the sentence for it. */
  readonly attention?: readonly { readonly reason: string; readonly labelKey: string }[]
}

export interface PageRoute {
  /** Inside the organization: `/risks`, `/risks/$ref`. */
  readonly path: `/${string}`
  /** `() => import('./risk-page.tsx').then((m) => m.RiskPage)` */
  readonly page: () => Promise<ComponentType>
}

/** What the command menu offers besides records and pages: “Create risk”. */
export interface CommandItem {
  readonly labelKey: string
  readonly path: string
  readonly action?: string
}

/** Room a card takes: the whole width, one of two columns, or one beside several short cards. */
export type OverviewSize = 'wide' | 'half' | 'tall'

/** One card of the overview; draws nothing until it has data, see `OverviewCard` in ui. */
export interface OverviewSlot {
  readonly key: string
  /** Small numbers first. */
  readonly order: number
  /** `wide` takes the whole row. */
  readonly size: OverviewSize
  readonly card: () => Promise<ComponentType>
  readonly action?: string
}

/**
 * A module's part of the web app, exported as `webModule` from `src/modules/<m>/web/index.ts` and found by itself.
 * Its folder is its namespace; its texts are `web/locales/{en,de}.json`.
 */
export interface WebModule {
  readonly key: string
  readonly nav: readonly NavItem[]
  readonly routes: readonly PageRoute[]
  readonly commands?: readonly CommandItem[]
  readonly overview?: readonly OverviewSlot[]
}

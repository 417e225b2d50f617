import { type NavGroup, type NavItem, navGroups, type WebModule } from './module.ts'

const found = import.meta.glob<WebModule>('../modules/*/web/index.ts', { eager: true, import: 'webModule' })

/** Every module's part of the web app. */
export const webModules: readonly WebModule[] = Object.values(found)

/** The navigation: groups that have something the caller may open, items by clause. */
export function navigationFor(
  modules: readonly WebModule[],
  actions: readonly string[] | null,
): { group: NavGroup; items: NavItem[] }[] {
  const items = modules
    .flatMap((module) => module.nav)
    .filter((item) => item.action === undefined || actions === null || actions.includes(item.action))
  return navGroups
    .map((group) => ({
      group,
      items: items
        .filter((item) => item.group === group)
        .sort((a, b) => a.clause.localeCompare(b.clause, 'en', { numeric: true })),
    }))
    .filter(({ items }) => items.length > 0)
}

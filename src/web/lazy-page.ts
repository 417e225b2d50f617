import { type ComponentType, lazy } from 'react'
import { loadModuleTexts } from './i18n.ts'
import type { PageRoute } from './module.ts'

const made = new Map<PageRoute['page'], ComponentType>()

/** A page of a module, fetched when it is first shown, with the texts of all modules: it may name what others own. */
export function lazyPage(load: PageRoute['page']): ComponentType {
  const known = made.get(load)
  if (known !== undefined) return known
  const page = lazy(async () => {
    const [Content] = await Promise.all([load(), loadModuleTexts()])
    return { default: Content }
  })
  made.set(load, page)
  return page
}

import { fold } from '#kernel/import/text.ts'
import type { SavedMapping } from './mapping.ts'

/**
 * Whether a saved mapping was made for a file of this layout: the same headings, in whatever order. One that keeps none
 * fits where every column it names is there.
 */
export function fitsHeadings(saved: Pick<SavedMapping, 'headings' | 'columns'>, headings: readonly string[]): boolean {
  const here = new Set(headings.map(fold).filter((heading) => heading !== ''))
  if (saved.headings !== undefined) {
    const made = new Set(saved.headings.map(fold).filter((heading) => heading !== ''))
    return made.size > 0 && made.size === here.size && [...made].every((heading) => here.has(heading))
  }
  const named = Object.values(saved.columns)
    .flat()
    .flatMap((column) => (typeof column === 'number' ? [] : [typeof column === 'string' ? column : column.header]))
  return named.length > 0 && named.every((heading) => here.has(fold(heading)))
}

import { exportFormats } from '#platform/contract/register-export.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { ExportMenu } from '#ui/export-menu.tsx'
import { useText } from '#ui/text.ts'
import { urlOf } from './api.ts'

type Query = Readonly<Record<string, string | readonly string[]>>

/** Downloads of what a route exports, in every format: all of it and, where its list is narrowed, what the list shows. */
export function RegisterExport({
  contract,
  query = {},
  fixed = {},
}: {
  contract: RouteContract
  /** What narrows and sorts the list. */
  query?: Query
  /** What is exported, where the route exports several things. */
  fixed?: Query
}) {
  const t = useText('ui')
  const { sort, ...filter } = query
  const downloads = (narrowing: Query) =>
    exportFormats.map((format) => {
      const args = { query: { ...narrowing, ...(sort === undefined ? {} : { sort }), ...fixed, format } }
      return { label: t(`export.${format}`), href: urlOf(contract, args as Parameters<typeof urlOf>[1]) }
    })
  return <ExportMenu formats={downloads({})} filtered={Object.keys(filter).length === 0 ? [] : downloads(filter)} />
}

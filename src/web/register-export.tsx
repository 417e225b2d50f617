import { exportFormats } from '#platform/contract/register-export.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { ExportMenu } from '#ui/export-menu.tsx'
import { useText } from '#ui/text.ts'
import { urlOf } from './api.ts'

type Query = Readonly<Record<string, string | readonly string[]>>

/** Downloads of what a route exports, in every format, with the filter of the list it belongs to. */
export function RegisterExport({
  contract,
  query = {},
  fixed = {},
}: {
  contract: RouteContract
  /** What narrows the list; sorting alone does not. */
  query?: Query
  /** What is exported, where the route exports several things. */
  fixed?: Query
}) {
  const t = useText('ui')
  const { sort: _sort, ...filter } = query
  const formats = exportFormats.map((format) => {
    const args = { query: { ...query, ...fixed, format } }
    return { label: t(`export.${format}`), href: urlOf(contract, args as Parameters<typeof urlOf>[1]) }
  })
  return <ExportMenu formats={formats} filtered={Object.keys(filter).length > 0} />
}

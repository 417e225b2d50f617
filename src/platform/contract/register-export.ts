import { z } from 'zod'
import type { RouteContract } from './route.ts'

/** Formats every report comes in. */
export const exportFormats = ['pdf', 'docx', 'xlsx', 'csv', 'json'] as const

/** In which format and language a report is wanted; without a language that of the organization. */
export const exportFields = { format: z.enum(exportFormats), language: z.enum(['en', 'de']).optional() }

/** What the pages of a list are asked with, and a file of the whole list is not. */
interface Paging {
  readonly cursor: z.ZodType
  readonly limit: z.ZodType
}

/** The route that answers with a register as a file: the rows its list shows, with the same search, filter and order. */
export function registerExport<
  const Name extends string,
  const Path extends `/orgs/:org/exports/${string}`,
  const Action extends string,
  Shape extends z.ZodRawShape,
>(
  list: RouteContract & { readonly query: z.ZodObject<Shape & Paging> },
  more: { readonly name: Name; readonly path: Path; readonly action: Action; readonly summary: string },
) {
  const { cursor: _cursor, limit: _limit, ...filters } = list.query.shape
  // Its path has no parameters of its own.
  return {
    ...more,
    method: 'GET',
    query: z.object({ ...(filters as Omit<Shape & Paging, keyof Paging>), ...exportFields }),
    response: 'file',
    timeTravel: true,
    costly: true,
  } as const satisfies RouteContract
}

import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { id, line, text } from '#platform/contract/schemas.ts'

const viewId = z.object({ viewId: id('view') })
// Lists name themselves; nobody types it.
const list = z.string().regex(/^[a-z][a-zA-Z0-9.-]{0,59}$/)
const query = text(4000)

/** A view of a list under a name. */
const savedView = z.object({
  id: id('view'),
  version: z.number().int(),
  list,
  name: z.string(),
  /** The list's part of the address: `group=owner&sort=-level&status=assessed`. */
  query: z.string(),
  /** Everybody in the organization sees it. */
  shared: z.boolean(),
  /** The caller saved it. */
  mine: z.boolean(),
  by: z.string(),
  can: z.object({ edit: z.boolean(), share: z.boolean() }),
})

/** Routes of saved views. A view says how to look; what one sees there is up to one's own rights. */
export const views = {
  list: route({
    name: 'view.list',
    method: 'GET',
    path: '/orgs/:org/views',
    action: 'view.read',
    summary: 'The caller’s own views of a list, and those shared with everybody',
    query: z.object({ list }),
    response: z.object({ items: z.array(savedView), can: z.object({ save: z.boolean(), share: z.boolean() }) }),
  }),
  save: route({
    name: 'view.save',
    method: 'POST',
    path: '/orgs/:org/views',
    action: 'view.edit',
    summary: 'Keep a view of a list under a name',
    body: z.object({ list, name: line(80), query }),
    response: savedView,
    creates: true,
  }),
  change: route({
    name: 'view.change',
    method: 'PATCH',
    path: '/orgs/:org/views/:viewId',
    action: 'view.edit',
    summary: 'Rename a view, or let it show something else',
    params: viewId,
    body: z.object({ name: line(80), query }).partial(),
    response: savedView,
    ifMatch: true,
  }),
  share: route({
    name: 'view.share',
    method: 'POST',
    path: '/orgs/:org/views/:viewId/share',
    action: 'view.share',
    summary: 'Offer a view to everybody in the organization, or no longer',
    params: viewId,
    body: z.object({ shared: z.boolean() }),
    response: savedView,
  }),
  withdraw: route({
    name: 'view.withdraw',
    method: 'POST',
    path: '/orgs/:org/views/:viewId/withdraw',
    action: 'view.edit',
    summary: 'Remove a view',
    params: viewId,
    response: null,
  }),
} as const

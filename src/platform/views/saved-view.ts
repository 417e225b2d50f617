import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'

/** A way to look at a list, kept under a name. */
export interface SavedView extends RecordRow {
  readonly id: Id<'view'>
  readonly list: string
  readonly name: string
  readonly query: string
  /** The account or token that saved it, and its name at that time. */
  readonly savedBy: Id
  readonly savedByName: string
  readonly shared: boolean
  readonly withdrawnAt: Instant | null
}

/** Who acts on a view. */
export interface ViewActor {
  readonly id: Id | null
  /** May offer views to everybody, and look after those that are offered. */
  readonly mayShare: boolean
}

/** More than anybody keeps apart in a menu; keeps one person from filling it. */
export const mostViews = 50

/** Whether somebody may change a view: their own, and, for those who look after them, shared ones. */
export const mayEditView = (view: Pick<SavedView, 'savedBy' | 'shared'>, by: ViewActor): boolean =>
  view.savedBy === by.id || (view.shared && by.mayShare)

/** Whether a view is there for somebody at all. */
export const seesView = (view: Pick<SavedView, 'savedBy' | 'shared' | 'withdrawnAt'>, by: ViewActor): boolean =>
  view.withdrawnAt === null && (view.shared || view.savedBy === by.id)

const taken = (name: string): { ok: false; refusal: Refusal } =>
  refuse('view.name_taken', `You have a view “${name}” of this list already; choose another name.`, { name }, 'name')

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/**
 * Keeps a view. Refuses with `view.name_taken` and `view.too_many`.
 * @param own the names of the views of this list that are theirs already
 */
export function saveView(
  key: Pick<SavedView, 'id' | 'orgId'>,
  fields: Pick<SavedView, 'list' | 'name' | 'query'>,
  by: { readonly id: Id; readonly name: string },
  own: readonly string[],
): Result<Change<SavedView>> {
  if (own.some((name) => sameName(name, fields.name))) return taken(fields.name)
  if (own.length >= mostViews) {
    return refuse('view.too_many', `You keep ${mostViews} views of this list; remove one first.`, { most: mostViews })
  }
  const row = { ...key, version: 1, ...fields, savedBy: by.id, savedByName: by.name, shared: false, withdrawnAt: null }
  return ok(created('saved_view', row, 'view.saved'))
}

/** Renames a view or gives it another content. Refuses with `view.not_yours` and `view.name_taken`. */
export function changeView(
  view: SavedView,
  patch: Partial<Pick<SavedView, 'name' | 'query'>>,
  by: ViewActor,
  others: readonly string[],
): Result<Change<SavedView>> {
  const { name } = patch
  if (!mayEditView(view, by)) return notYours(view)
  if (name !== undefined && others.some((one) => sameName(one, name))) return taken(name)
  return ok(changed('saved_view', view, patch, 'view.changed'))
}

/** Offers a view to everybody, or no longer. Refuses with `view.not_yours`. */
export function shareView(view: SavedView, shared: boolean, by: ViewActor): Result<Change<SavedView>> {
  if (!mayEditView(view, by)) return notYours(view)
  return ok(changed('saved_view', view, { shared }, shared ? 'view.shared' : 'view.unshared'))
}

/** Removes a view. Refuses with `view.not_yours`. */
export function withdrawView(view: SavedView, now: Instant, by: ViewActor): Result<Change<SavedView>> {
  if (!mayEditView(view, by)) return notYours(view)
  return ok(changed('saved_view', view, { withdrawnAt: now }, 'view.withdrawn'))
}

const notYours = (view: SavedView): { ok: false; refusal: Refusal } =>
  refuse('view.not_yours', `“${view.name}” was saved by ${view.savedByName}; save a view of your own instead.`, {
    name: view.name,
    by: view.savedByName,
  })

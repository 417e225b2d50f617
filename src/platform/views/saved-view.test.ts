import { describe, expect, test } from 'vitest'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { changeView, mostViews, type SavedView, saveView, seesView, shareView, withdrawView } from './saved-view.ts'

const anna = 'anna' as Id
const bert = 'bert' as Id
const key = { id: 'v1' as Id<'view'>, orgId: 'o' as OrgId }
const fields = { list: 'risks', name: 'High ones', query: 'sort=-level' }
const view: SavedView = {
  ...key,
  version: 1,
  ...fields,
  savedBy: anna,
  savedByName: 'Anna Berg',
  shared: false,
  withdrawnAt: null,
}
const refused = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? null : result.refusal?.code)

describe('saving a view', () => {
  test('keeps whose it is and belongs to nobody else', () => {
    const result = saveView(key, fields, { id: anna, name: 'Anna Berg' }, [])
    expect(result).toMatchObject({ ok: true, value: { before: null, after: view, action: 'view.saved' } })
  })

  test('refuses a second one of the same name, in whatever case', () => {
    expect(refused(saveView(key, fields, { id: anna, name: '' }, ['high ONES']))).toBe('view.name_taken')
    expect(refused(changeView(view, { name: 'Mine' }, { id: anna, mayShare: false }, ['mine']))).toBe('view.name_taken')
  })

  test('refuses more than a menu can hold', () => {
    const own = Array.from({ length: mostViews }, (_, index) => `View ${String(index)}`)
    expect(refused(saveView(key, fields, { id: anna, name: '' }, own))).toBe('view.too_many')
    expect(refused(saveView(key, fields, { id: anna, name: '' }, own.slice(1)))).toBe(null)
  })
})

describe('whose view it is', () => {
  const shared = { ...view, shared: true }
  const now = '2026-03-02T09:00:00.000Z' as Instant

  test('nobody else sees or changes what is not shared, managers included', () => {
    for (const mayShare of [false, true]) {
      const by = { id: bert, mayShare }
      expect(seesView(view, by)).toBe(false)
      expect(refused(changeView(view, { query: '' }, by, []))).toBe('view.not_yours')
      expect(refused(shareView(view, true, by))).toBe('view.not_yours')
      expect(refused(withdrawView(view, now, by))).toBe('view.not_yours')
    }
  })

  test('what is shared everybody sees, and those who look after shared views change', () => {
    expect(seesView(shared, { id: bert, mayShare: false })).toBe(true)
    expect(refused(changeView(shared, { query: '' }, { id: bert, mayShare: false }, []))).toBe('view.not_yours')
    expect(refused(changeView(shared, { query: '' }, { id: bert, mayShare: true }, []))).toBe(null)
    expect(refused(withdrawView(shared, now, { id: bert, mayShare: true }))).toBe(null)
  })

  test('a removed view is there for nobody', () => {
    expect(seesView({ ...shared, withdrawnAt: now }, { id: anna, mayShare: true })).toBe(false)
  })
})

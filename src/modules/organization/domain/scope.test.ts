import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import {
  addExclusion,
  addInterface,
  changeExclusion,
  changeInterface,
  withdrawExclusion,
  withdrawInterface,
} from './boundary.ts'
import {
  addPlaceable,
  changePlaceable,
  type Placeable,
  place,
  placeableKinds,
  placements,
  withdrawPlaceable,
} from './placeable.ts'
import { assembleContent, contentChanges, judgeScope, type ScopeContent } from './scope-content.ts'
import {
  approvalObstacles,
  approveScope,
  changeDraft,
  discardDraft,
  type ScopeStatement,
  startDraft,
  statementStatuses,
  statementSteps,
} from './scope-statement.ts'

const org = 'org' as OrgId
const now = '2026-03-02T09:00:00.000Z' as Instant
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

const entry = fc.record({
  kind: fc.constantFrom(...placeableKinds),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  ref: fc.constant('X-1'),
  name: fc.constantFrom('Berlin', 'Munich', 'Shop'),
  placement: fc.constantFrom(...placements),
  placementReason: fc.constantFrom('', 'sold soon'),
  withdrawnAt: fc.constantFrom(null, null, now),
})
const boundary = fc.record({
  id: fc.constantFrom('f', 'g', 'h'),
  ref: fc.constant('IF-1'),
  kind: fc.constantFrom('interface' as const, 'dependency' as const),
  name: fc.constantFrom('Hosting', 'Payroll'),
  counterpart: fc.constantFrom('Cloud Ltd', 'Group'),
  controls: fc.subarray(['A.5.19', 'A.5.20']),
  withdrawnAt: fc.constantFrom(null, now),
})
const exclusion = fc.record({
  id: fc.constantFrom('i', 'j'),
  ref: fc.constant('EX-1'),
  name: fc.constantFrom('Mainframe', 'Lab'),
  justification: fc.constantFrom('ends in 2027', 'no information'),
  withdrawnAt: fc.constantFrom(null, now),
})
const byId = { selector: (one: { id: string }) => one.id }
const records = fc.tuple(fc.uniqueArray(entry, byId), fc.uniqueArray(boundary, byId), fc.uniqueArray(exclusion, byId))
type Records = [
  Parameters<typeof assembleContent>[0],
  Parameters<typeof assembleContent>[1],
  Parameters<typeof assembleContent>[2],
]
const contentOf = (all: unknown): ScopeContent => assembleContent(...(all as Records))

/** As the database gives it back: members in another order. */
function reordered<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toReversed())
      : one,
  ) as T
}

test('a scope is out of date exactly when the content differs, however rows and members are ordered', () => {
  fc.assert(
    fc.property(records, records, (before, after) => {
      const [old, current] = [contentOf(before), contentOf(after)]
      const same = JSON.stringify(old) === JSON.stringify(current)
      expect(contentChanges(reordered(old), current).length === 0).toBe(same)
      expect(judgeScope(reordered(old), current).state).toBe(same ? 'current' : 'outOfDate')
      const shuffled = before.map((list) => list.toReversed())
      expect(contentOf(shuffled)).toEqual(old)
      expect(judgeScope(null, current)).toMatchObject({ state: 'none', changes: [] })
      for (const change of contentChanges(old, current)) expect(change.sentence).toMatch(/^\S.*\.$/)
    }),
  )
})

test('what is undecided is always named, and whatever is new and undecided says so first', () => {
  fc.assert(
    fc.property(records, records, (before, after) => {
      const [old, current] = [contentOf(before), contentOf(after)]
      const open = current.items.filter((item) => item.placement === 'undecided')
      expect(judgeScope(old, current).notPlaced).toEqual(open)
      const changes = contentChanges(old, current).filter((change) => placeableKinds.includes(change.type as never))
      const first = changes.findIndex((change) => change.code !== 'notPlaced')
      expect(changes.slice(first < 0 ? changes.length : first).some((change) => change.code === 'notPlaced')).toBe(
        false,
      )
    }),
  )
})

const site: Placeable = addPlaceable(
  'site',
  { id: 'a' as Id<'site'>, orgId: org, ref: 'SI-1' },
  { name: 'Berlin', description: '', ownerId: null },
).after

test('a new site lies nowhere; outside needs a reason; what is withdrawn stays as it is', () => {
  expect(site.placement).toBe('undecided')
  expect(codeOf(place('site', site, 'out', ' '))).toBe('scope.exclusion_unjustified')
  expect(place('site', site, 'out', 'sold')).toMatchObject({ value: { type: 'site', action: 'site.placed' } })
  expect(place('site', site, 'in', '').ok).toBe(true)
  const gone = valueOf(withdrawPlaceable('site', site, now, 'closed')).after
  for (const result of [
    place('site', gone, 'in', ''),
    changePlaceable('site', gone, {}),
    withdrawPlaceable('site', gone, now, 'x'),
  ]) {
    expect(codeOf(result)).toBe('scope.withdrawn')
  }
  const face = addInterface(
    { id: 'f' as Id<'interface'>, orgId: org, ref: 'IF-1' },
    { kind: 'dependency', name: 'Hosting', description: '', counterpart: 'Cloud', controls: [], ownerId: null },
  ).after
  const left = addExclusion(
    { id: 'i' as Id<'exclusion'>, orgId: org, ref: 'EX-1' },
    { name: 'Lab', justification: 'x' },
  ).after
  expect(codeOf(changeInterface({ ...face, withdrawnAt: now }, {}))).toBe('scope.withdrawn')
  expect(codeOf(withdrawInterface({ ...face, withdrawnAt: now }, now, 'x'))).toBe('scope.withdrawn')
  expect(codeOf(changeExclusion({ ...left, withdrawnAt: now }, {}))).toBe('scope.withdrawn')
  expect(codeOf(withdrawExclusion({ ...left, withdrawnAt: now }, now, 'x'))).toBe('scope.withdrawn')
})

const key = { id: 's' as Id<'scope'>, orgId: org }
const draft: ScopeStatement = valueOf(
  startDraft(key, { statement: 'All of it.', considerations: '' }, null, null),
).after
const inside = contentOf([[{ ...site, kind: 'site', placement: 'in' }], [], []])
const anna = { isPerson: true, personId: 'anna' as Id<'person'>, name: 'Anna Berg' }
const act = { by: anna, now, seen: 'h', stateHash: 'h', number: 1 }

test('an approval binds the draft to what the records say, and supersedes the version before', () => {
  const [first] = valueOf(approveScope(draft, inside, null, act))
  expect(first).toMatchObject({
    action: 'scope.approved',
    after: {
      status: 'approved',
      number: 1,
      content: inside,
      stateHash: 'h',
      approvedAt: now,
      approvedByName: 'Anna Berg',
    },
  })
  const approved = first?.after as ScopeStatement
  const second = valueOf(approveScope(draft, inside, approved, { ...act, number: 2 }))
  expect(second.map((change) => [change.action, change.after.status])).toEqual([
    ['scope.superseded', 'superseded'],
    ['scope.approved', 'approved'],
  ])
  expect(judgeScope(approved.content, inside).state).toBe('current')
})

test('nothing is approved by a program, unseen, undetermined or twice', () => {
  const refused = (over: object, content = inside, row = draft) =>
    codeOf(approveScope(row, content, null, { ...act, ...over }))
  expect(refused({ by: { ...anna, isPerson: false } })).toBe('scope.approver_is_no_person')
  expect(refused({ seen: 'other' })).toBe('scope.changed_since_seen')
  const open = contentOf([[{ ...site, kind: 'site' }], [], []])
  const answer = approveScope({ ...draft, statement: ' ' }, open, null, act)
  expect(answer).toMatchObject({
    refusal: { code: 'scope.not_ready', facts: { obstacles: ['noStatement', 'notPlaced', 'nothingInside'] } },
  })
  expect(!answer.ok && answer.refusal.message).toContain('Place SI-1 Berlin inside or outside')
  expect(approvalObstacles(draft, inside)).toMatchObject([{ code: 'noInterfaces', severity: 'warns' }])
  for (const status of statementStatuses.filter((one) => one !== 'draft')) {
    const row = { ...draft, status }
    expect(statementSteps[status]).toEqual([])
    expect(refused({}, inside, row)).toBe('scope.not_draft')
    expect(codeOf(changeDraft(row, {}))).toBe('scope.not_draft')
    expect(codeOf(discardDraft(row, 'x'))).toBe('scope.not_draft')
  }
  expect(codeOf(startDraft(key, draft, null, draft))).toBe('scope.draft_exists')
})

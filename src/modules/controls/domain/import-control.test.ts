import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { adoptControl, type Control } from './control.ts'
import { importControl } from './import-control.ts'

const adopted = adoptControl(
  { id: 'c' as Id<'control'>, orgId: 'o' as Id<'org'>, ref: 'A.6.1' },
  { release: 'iso27001-2022', theme: 'people' },
).after
const control: Control = {
  ...adopted,
  applicability: 'applicable',
  justification: 'Needed before somebody is hired.',
  note: 'Reference: POL-005',
}
const by = { personId: null, on: null }
const after = (fields: Parameters<typeof importControl>[1]): Control | null => {
  const change = importControl(control, fields, [], by)
  if (!change.ok) throw new Error(change.refusal.message)
  return change.value?.after ?? null
}

test('a file that excludes a control without a reason does not take over the reason why it was included', () => {
  expect(after({ applicability: 'excluded' })).toMatchObject({ applicability: 'excluded', justification: '' })
  const reason = 'Nobody is hired here: all work is done by partners.'
  expect(after({ applicability: 'excluded', justification: reason })?.justification).toBe(reason)
  expect(after({ applicability: 'applicable' })).toBeNull()
})

test('what a file notes is added to what was noted, once', () => {
  const noted = after({ note: 'Status: Operational' })
  expect(noted?.note).toBe('Reference: POL-005\nStatus: Operational')
  expect(after({ note: 'Reference: POL-005' })).toBeNull()
  const long = importControl(control, { note: 'x'.repeat(20_000) }, [], by)
  expect(long).toMatchObject({ ok: false, refusal: { code: 'control.note_full', facts: { ref: 'A.6.1' } } })
})

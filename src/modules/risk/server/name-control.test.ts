import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { reason } from '../domain/refusals.ts'
import { nameControl } from './name-control.ts'

const backup = '018f0000-0000-7000-8000-000000000001' as Id<'control'>
const controls = new Map([[backup, { ref: 'A.8.13', title: 'Backup at $& cost' }]])

test('a reason about a control says which one, in its sentence and in its facts', () => {
  const message = 'The status of a control has changed: it was live and is failing now.'
  const facts = { controlId: backup, control: backup, from: 'live', to: 'failing' }
  expect(nameControl(reason('risk.control_status_changed', message, facts), controls)).toEqual({
    code: 'risk.control_status_changed',
    message: 'The status of A.8.13 Backup at $& cost has changed: it was live and is failing now.',
    facts: { ...facts, control: 'A.8.13 Backup at $& cost', controlRef: 'A.8.13' },
  })
  const added = reason('risk.control_added', 'A control was added.', { controlId: backup, control: backup })
  expect(nameControl(added, controls).message).toBe('A.8.13 Backup at $& cost was added.')
})

test('a reason about several controls names them, in the order of their references', () => {
  const cloud = '018f0000-0000-7000-8000-000000000002' as Id<'control'>
  const both = new Map([...controls, [cloud, { ref: 'A.5.23', title: 'Cloud services' }] as const])
  const unproven = reason('risk.controls_unproven', 'It counts on live controls: 2.', { controlIds: [backup, cloud] })
  expect(nameControl(unproven, both)).toMatchObject({
    message: 'It counts on live controls: A.5.23 and A.8.13.',
    facts: { controls: ['A.5.23', 'A.8.13'] },
  })
  expect(nameControl(unproven, controls)).toBe(unproven)
})

test('other reasons stay as they are', () => {
  const owner = reason('risk.owner_left', 'Its owner has left.', { ownerId: 'p' })
  expect(nameControl(owner, controls)).toBe(owner)
})

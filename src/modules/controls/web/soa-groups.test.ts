import { expect, test } from 'vitest'
import { type ControlFilter, filterControls } from '../domain/filter-controls.ts'
import { groupControls } from './soa-groups.ts'
import type { ControlItem, Definition } from './wire.ts'

const item = (ref: string, patch: Partial<ControlItem> = {}): ControlItem => ({
  id: `control_${ref}`,
  ref,
  version: 1,
  title: `Title of ${ref}`,
  own: false,
  theme: 'organizational',
  applicability: 'applicable',
  drivers: [],
  justification: '',
  businessReason: '',
  implementation: '',
  stated: 'notStated',
  status: 'notDetermined',
  reasons: [],
  declared: 'notImplemented',
  plannedOn: null,
  operatedBy: 'us',
  provider: '',
  owner: null,
  ownerText: '',
  evidence: [],
  issues: [],
  can: { edit: true, decide: true, state: true },
  ...patch,
})
const risk = { kind: 'risk', ref: 'R-10', title: 'Ransomware', id: 'risk_1' } as const
const law = { kind: 'obligation', ref: 'O-2', title: 'GDPR', id: 'obligation_1' } as const
const definitions = new Map<string, Definition>([
  [
    'A.8.13',
    {
      ref: 'A.8.13',
      title: { en: '', de: '' },
      theme: 'technological',
      attributes: { controlTypes: ['corrective'], properties: [], concepts: [], capabilities: [], domains: [] },
      predecessors2013: ['A.12.3.1'],
      isNew: false,
      purpose: { en: '', de: '' },
      evidence: { en: [] },
    },
  ],
])
const refs = (items: readonly ControlItem[]): string[] => items.map((one) => one.ref)

test('the values of one filter are alternatives, different filters add up', () => {
  const rows = [
    item('A.5.1', { issues: [{ severity: 'warns', code: 'noOwner' }] }),
    item('A.7.4', {
      theme: 'physical',
      applicability: 'undecided',
      issues: [{ severity: 'blocks', code: 'undecided' }],
    }),
    item('A.8.13', { theme: 'technological', drivers: [risk] }),
  ]
  const filter = (by: ControlFilter) => refs(filterControls(rows, by, (ref) => definitions.get(ref)))
  expect(filter({ theme: ['physical', 'technological'] })).toEqual(['A.7.4', 'A.8.13'])
  expect(filter({ theme: ['physical'], applicability: ['applicable'] })).toEqual([])
  expect(filter({ issue: ['blocks'] })).toEqual(['A.7.4'])
  expect(filter({ driver: ['none'] })).toEqual(['A.5.1', 'A.7.4'])
  expect(filter({ attribute: ['corrective'] })).toEqual(['A.8.13'])
  expect(filter({ q: 'ransom a.8' })).toEqual(['A.8.13'])
  expect(filter({ q: '12.3.1' })).toEqual(['A.8.13'])
})

test('a row stands under each of its drivers, rows without one come first', () => {
  const rows = [item('A.5.1'), item('A.5.2', { drivers: [risk, law] }), item('A.5.3', { drivers: [law] })]
  expect(groupControls(rows, 'driver', definitions).map((group) => [group.key, refs(group.items)])).toEqual([
    ['', ['A.5.1']],
    ['O-2', ['A.5.2', 'A.5.3']],
    ['R-10', ['A.5.2']],
  ])
})

test('themes keep the order of Annex A, and no group is empty', () => {
  const rows = [item('A.8.1', { theme: 'technological' }), item('A.5.1')]
  expect(groupControls(rows, 'theme', definitions).map((group) => group.key)).toEqual([
    'organizational',
    'technological',
  ])
})

import { describe, expect, test } from 'vitest'
import { approveMethod } from './approve-method.ts'
import { defaultMethod } from './default-method.ts'
import { discardMethod, draftMethod, editMethod, reviseMethod } from './draft-method.ts'
import { legacyMethod } from './legacy-method.ts'
import { approvedMethod, at, boris, refusalOf, valueOf } from './risk.fixtures.ts'

const content = defaultMethod('en', '2027')
const first = { inForce: null, otherNames: [] }

describe('a method', () => {
  test('is drafted, edited, approved and then stays as it is', () => {
    const draft = draftMethod(content, 1, at()).after
    const edited = valueOf(editMethod(draft, { validityMonths: 6 })).after
    const [approval] = valueOf(approveMethod(edited, { ...at(boris), ...first }))
    expect(approval?.after).toMatchObject({ status: 'approved', approvedBy: boris.id, validityMonths: 6, version: 3 })
    const refused = refusalOf(editMethod(approval?.after ?? draft, { validityMonths: 1 }))
    expect(refused).toMatchObject({
      code: 'risk.method_step',
      message: 'Method Annual 2027 is approved, so it does not allow “edit”. Possible now: revise, supersede.',
    })
  })

  test('cannot be approved while something is missing, and says all of it', () => {
    const draft = draftMethod({ ...content, acceptUpTo: null, triggers: [] }, 1, at()).after
    const refused = refusalOf(approveMethod(draft, { ...at(), ...first }))
    expect(refused.code).toBe('risk.method_incomplete')
    expect(refused.field).toBe('acceptUpTo')
    expect(refused.facts['problems']).toHaveLength(2)
    expect(refused.message).toContain('1 more to correct.')
  })

  test('supersedes the version in force, which goes first', () => {
    const inForce = approvedMethod()
    const draft = valueOf(reviseMethod(inForce, 'Annual 2027', 2, at())).after
    expect(draft).toMatchObject({ status: 'draft', edition: 2, revisesId: inForce.id, approvedBy: null })
    const changes = valueOf(approveMethod(draft, { ...at(), inForce, otherNames: [inForce.name] }))
    expect(changes.map((change) => change.after.status)).toEqual(['superseded', 'approved'])
    expect(changes[0]?.after.bands).toEqual(inForce.bands)
  })

  test('needs a name of its own', () => {
    const inForce = approvedMethod()
    const draft = valueOf(reviseMethod(inForce, ' Annual 2026', 2, at())).after
    const refused = refusalOf(approveMethod(draft, { ...at(), inForce, otherNames: [inForce.name] }))
    expect(refused.code).toBe('risk.method_name_taken')
  })

  test('can be discarded as a draft only, and is gone then', () => {
    const draft = draftMethod(content, 1, at()).after
    const gone = valueOf(discardMethod(draft, at())).after
    expect(refusalOf(editMethod(gone, {})).code).toBe('risk.method_step')
    expect(refusalOf(approveMethod(gone, { ...at(), ...first })).code).toBe('risk.method_step')
    expect(refusalOf(discardMethod(approvedMethod(), at())).code).toBe('risk.method_step')
  })
})

describe('a legacy method', () => {
  const levels = [0, 1, 2, 4].map((value) => ({ value, name: `${value}`, definition: '' }))

  test('keeps the scales of a file and never comes into force', () => {
    const scales = { name: 'register.xlsx', likelihood: levels, dimensions: [], overallImpact: levels, bands: null }
    const method = valueOf(legacyMethod(scales, 1, at())).after
    expect(method.status).toBe('legacy')
    expect(method.dimensions.map((each) => each.key)).toEqual(['impact'])
    expect(method.bands).toMatchObject([{ from: 0, to: 16 }])
    expect(refusalOf(approveMethod(method, { ...at(), ...first })).code).toBe('risk.method_step')
    expect(refusalOf(reviseMethod(method, 'New', 2, at())).code).toBe('risk.method_step')
  })

  test('is refused when the bands of the file leave a gap', () => {
    const bands = [
      { key: 'low', name: 'Low', token: 'green', from: 0, to: 4 },
      { key: 'high', name: 'High', token: 'red', from: 6, to: 16 },
    ] as const
    const scales = { name: 'register.xlsx', likelihood: levels, dimensions: [], overallImpact: levels, bands }
    expect(refusalOf(legacyMethod(scales, 1, at())).code).toBe('risk.band_gap')
  })
})

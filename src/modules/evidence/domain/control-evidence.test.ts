import { expect, test } from 'vitest'
import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import { buildArtefact, day, moment, orgId, person } from './artefact.fixtures.ts'
import { attachArtefact, type ControlEvidence, detachArtefact } from './control-evidence.ts'

const key = { id: 'l1' as Id<'control_evidence'>, orgId, controlId: 'c1' as Id<'control'> }
const artefact = buildArtefact()

function changeOf(result: Result<Change<ControlEvidence> | null>): Change<ControlEvidence> {
  if (!result.ok || result.value === null) throw new Error('nothing changed')
  return result.value
}

test('an artefact is attached, detached and attached again in one row', () => {
  const first = changeOf(attachArtefact(key, artefact, undefined))
  expect(first).toMatchObject({ type: 'control_evidence', action: 'control.evidence_attached', before: null })
  expect(first.after).toEqual({ ...key, version: 1, artefactId: artefact.id, live: true, assurance: false })
  expect(attachArtefact(key, artefact, first.after)).toEqual({ ok: true, value: null })
  const gone = changeOf(detachArtefact(first.after, ' Belongs to A.6.2 '))
  expect(gone).toMatchObject({ after: { live: false, version: 2 }, reason: 'Belongs to A.6.2' })
  expect(detachArtefact(gone.after)).toEqual({ ok: true, value: null })
  const other = { ...key, id: 'l2' as Id<'control_evidence'> }
  expect(changeOf(attachArtefact(other, artefact, gone.after)).after).toMatchObject({
    id: 'l1',
    live: true,
    version: 3,
  })
})

test('a withdrawn artefact is not attached', () => {
  const withdrawn = buildArtefact({ withdrawnAt: moment.now })
  expect(attachArtefact(key, withdrawn, undefined)).toMatchObject({ refusal: { code: 'evidence.withdrawn' } })
})

test('an artefact covers a provider’s part only after somebody has read it', () => {
  const unread = attachArtefact(key, artefact, undefined, true)
  expect(unread).toMatchObject({ refusal: { code: 'evidence.assurance_unread', field: 'assurance' } })
  const read = buildArtefact({ verdict: 'supports', concludedBy: person('anna'), validUntil: day('2027-01-01') })
  const plain = changeOf(attachArtefact(key, read, undefined)).after
  expect(changeOf(attachArtefact(key, read, plain, true)).after).toMatchObject({ assurance: true, version: 2 })
})

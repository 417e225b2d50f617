import { expect, test } from 'vitest'
import { acceptResidual } from './accept-residual.ts'
import { assessedRisk, at, boris, dossierOf, person, refusalOf, scores } from './risk.fixtures.ts'
import { signBatch } from './sign-batch.ts'
import { approved, method, signing } from './signing.fixtures.ts'

test('several risks are signed at once, each by its own rule', () => {
  const good = approved().dossier()
  const other = dossierOf(assessedRisk(method, scores(2, 2), { ref: 'R-2' }, boris), method)
  const plain = dossierOf(assessedRisk(method, scores(2, 2), { ref: 'R-3' }), method)
  const outcome = signBatch([good, other, plain, plain], (dossier) => acceptResidual(dossier, signing()))
  expect(outcome.signed).toEqual([good.risk.id, plain.risk.id])
  expect(outcome.changes).toHaveLength(2)
  expect(outcome.refused).toMatchObject([{ ref: 'R-2', refusal: { code: 'risk.signer_not_owner' } }])
})

test('a person who has left is not asked to sign by name of their role', () => {
  const gone = person('Dora', false)
  const dossier = dossierOf(assessedRisk(method, scores(2, 2), {}, gone), method, { owner: gone })
  expect(refusalOf(acceptResidual(dossier, signing(at(gone)))).message).toBe(
    'Dora, the owner of R-1, has left; name a new owner, who then signs.',
  )
})

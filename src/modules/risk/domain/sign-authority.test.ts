import { describe, expect, test } from 'vitest'
import { acceptResidual } from './accept-residual.ts'
import type { At } from './acting.ts'
import { missingRoles } from './approval.ts'
import { holds, judgeAct } from './judge-approval.ts'
import {
  anna,
  approvedMethod,
  assessedRisk,
  at,
  boris,
  chloe,
  day,
  RiskBook,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { signAuthority } from './sign-authority.ts'
import { accept, approve, judged, modify, planned, replan, signing } from './signing.fixtures.ts'

describe('a higher authority', () => {
  const retained = () => planned({ options: [{ kind: 'retain' }], controls: [], target: null, rises: [] }, scores(5, 5))
  const sign = (book: RiskBook, given: At) => signAuthority(book.dossier(), 'acceptance', given)

  test('signs in addition, never instead', () => {
    const book = retained()
    expect(refusalOf(sign(book, at(boris, undefined, 'topManagement'))).code).toBe('risk.owner_signs_first')
    accept(book)
    expect(judged(book, 'acceptance')).toEqual(['incomplete', ['risk.authority_missing'], []])
    expect(refusalOf(sign(book, at(boris, undefined, 'ismsManager'))).code).toBe('risk.not_authority')
    book.apply(valueOf(sign(book, at(boris, undefined, 'topManagement'))))
    expect(judged(book, 'acceptance')).toEqual(['valid', [], []])
    expect(refusalOf(sign(book, at(chloe, undefined, 'topManagement'))).code).toBe('risk.authority_complete')
  })

  test('signs for the state the owner signed for', () => {
    const book = accept(retained())
    book.risk = { ...book.risk, ownerId: boris.id }
    expect(refusalOf(sign(book, at(chloe, undefined, 'topManagement'))).code).toBe('risk.approval_out_of_date')
  })

  test('may be the owner, in a second act', () => {
    const book = accept(retained())
    expect(sign(book, at(anna, undefined, 'topManagement')).ok).toBe(true)
  })

  test('counts only over the same state as the owner’s act', () => {
    const book = accept(retained())
    const signature = valueOf(sign(book, at(boris, undefined, 'topManagement'))).after
    const approval = book.signed('acceptance')?.approval
    if (approval === undefined) throw new Error('not accepted')
    expect(missingRoles({ approval, signatures: [signature] })).toEqual([])
    expect(missingRoles({ approval, signatures: [{ ...signature, materialHash: 'other' }] })).toEqual(['topManagement'])
  })

  test('signs plans too where the method says so', () => {
    const strict = approvedMethod({
      planAuthority: [
        { upTo: 'low', also: [] },
        { upTo: 'critical', also: ['ismsManager'] },
      ],
    })
    const book = new RiskBook(assessedRisk(strict, scores(3, 3)), strict)
    approve(replan(book, modify))
    expect(judged(book, 'plan')[0]).toBe('incomplete')
    expect(refusalOf(acceptResidual(book.dossier(), signing())).code).toBe('risk.plan_not_approved')
    book.apply(valueOf(signAuthority(book.dossier(), 'plan', at(chloe, undefined, 'ismsManager'))))
    expect(holds(judgeAct(book.dossier(), 'plan', day('2026-02-01')))).toBe(true)
  })

  test('makes an act wait, and an old signature does not count for a new state', () => {
    const book = accept(retained())
    book.apply(valueOf(sign(book, at(boris, undefined, 'topManagement'))))
    accept(book)
    expect(judged(book, 'acceptance')[0]).toBe('incomplete')
  })
})

import { describe, expect, test } from 'vitest'
import { approvePlan } from './approve-plan.ts'
import { judgeAct } from './judge-approval.ts'
import {
  anna,
  approvedMethod,
  assessedRisk,
  at,
  boris,
  buildRisk,
  day,
  dossierOf,
  hash,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { revokeApproval } from './sign-approval.ts'
import { approved, method, planned, signing } from './signing.fixtures.ts'

describe('approving the plan', () => {
  test('is dated, bound to the state and expires', () => {
    const book = planned()
    const [change] = valueOf(approvePlan(book.dossier(), signing(at(anna, '2026-01-31'), { note: 'Go ahead.' })))
    expect(change).toMatchObject({
      type: 'risk_approval',
      action: 'risk.plan_approved',
      after: {
        act: 'plan',
        personId: anna.id,
        expiresOn: '2027-01-31',
        methodId: method.id,
        needs: [],
        note: 'Go ahead.',
        endedAt: null,
      },
    })
    expect(change?.after.materialHash).toBe(hash(change?.after.material ?? JSON.parse('{}')))
  })

  test('is the owner’s alone', () => {
    const book = planned()
    expect(
      refusalOf(approvePlan(book.dossier(), signing(at(boris, undefined, 'topManagement', 'ismsManager')))),
    ).toMatchObject({
      code: 'risk.signer_not_owner',
      message: 'Only Anna, the owner of R-1, can approve the plan for it.',
    })
  })

  test('needs an owner who is here', () => {
    const book = planned()
    book.owner = { ...anna, active: false }
    expect(refusalOf(approvePlan(book.dossier(), signing(at(boris)))).code).toBe('risk.owner_left')
    book.risk = { ...book.risk, ownerId: null }
    book.owner = null
    expect(refusalOf(approvePlan(book.dossier(), signing())).message).toBe(
      'R-1 has no owner, so nobody can approve the plan for it; name its owner first.',
    )
  })

  test('needs an assessed risk, a complete plan and the method in force', () => {
    expect(refusalOf(approvePlan(dossierOf(buildRisk(), method), signing())).code).toBe('risk.not_assessed')
    expect(refusalOf(approvePlan(dossierOf(assessedRisk(method, scores(3, 3)), method), signing())).code).toBe(
      'risk.no_option',
    )
    const book = planned()
    book.inForce = approvedMethod({ name: 'Annual 2027' })
    expect(refusalOf(approvePlan(book.dossier(), signing())).message).toBe(
      'R-1 is scored under Annual 2026, but Annual 2027 is in force; assess it again first.',
    )
    expect(refusalOf(approvePlan({ ...book.dossier(), inForce: null }, signing())).code).toBe('risk.no_method')
    expect(refusalOf(approvePlan(dossierOf(buildRisk({ kind: 'opportunity' }), method), signing())).code).toBe(
      'risk.opportunity_not_scored',
    )
    expect(refusalOf(approvePlan(dossierOf(buildRisk({ closedAt: at().now }), method), signing())).code).toBe(
      'risk.step',
    )
  })

  test('refuses a state the signer was not shown, and an expiry out of range', () => {
    const book = planned()
    expect(refusalOf(approvePlan(book.dossier(), signing(at(), { seen: 'other' }))).code).toBe(
      'risk.changed_since_seen',
    )
    const today = at(anna, '2026-02-01')
    for (const expiresOn of ['2026-02-01', '2027-02-02']) {
      expect(refusalOf(approvePlan(book.dossier(), signing(today, { expiresOn }))).code).toBe('risk.expiry')
    }
    expect(valueOf(approvePlan(book.dossier(), signing(today, { expiresOn: '2026-03-01' })))[0]?.after.expiresOn).toBe(
      '2026-03-01',
    )
  })

  test('supersedes the act before it', () => {
    const book = approved()
    const changes = valueOf(approvePlan(book.dossier(), signing()))
    expect(changes.map((change) => [change.action, change.after.endedBy])).toEqual([
      ['risk.approval_superseded', 'newerAct'],
      ['risk.plan_approved', null],
    ])
  })

  test('can be taken back by whoever gave it, with a reason', () => {
    const book = approved()
    const given = book.signed('plan')?.approval
    if (given === undefined) throw new Error('not approved')
    expect(refusalOf(revokeApproval(given, 'No.', at(boris))).code).toBe('risk.revoker_not_signer')
    expect(refusalOf(revokeApproval(given, ' ', at())).code).toBe('risk.no_reason')
    const revoked = valueOf(revokeApproval(given, 'Too expensive.', at()))
    expect(revoked).toMatchObject({ reason: 'Too expensive.', after: { endedBy: 'revoked' } })
    expect(judgeAct(book.apply(revoked).dossier(), 'plan', day('2026-02-01'))).toBeNull()
    expect(refusalOf(revokeApproval(revoked.after, 'Again.', at())).code).toBe('risk.approval_ended')
  })
})

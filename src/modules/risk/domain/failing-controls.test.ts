import { describe, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { acceptResidual } from './accept-residual.ts'
import { assessRisk } from './assess-risk.ts'
import { failingLinks } from './failing-controls.ts'
import { rescoreRisk } from './rescore-risk.ts'
import { at, day, type RiskBook, refusalOf, scores, valueOf } from './risk.fixtures.ts'
import { riskStatus } from './risk-status.ts'
import { setControlState } from './set-controls.ts'
import { accept, approved, controlId, method, planned, signing } from './signing.fixtures.ts'
import type { ControlRecord } from './treatment.ts'

const today = day('2026-02-01')
const missing = new Map<Id, ControlRecord>([[controlId, { standing: 'notImplemented', works: false }]])
const state = (book: RiskBook, records = missing) => {
  const { status, why, next } = riskStatus(book.dossier(records), today)
  return [status, why.map(({ code }) => code), next?.step]
}
const live = [{ controlId, state: 'live', lowers: 'likelihood' }] as const
const retained = () => planned({ options: [{ kind: 'retain' }], controls: live, target: null, rises: [] }, scores(2, 2))

function assessed(book: RiskBook, current: ReturnType<typeof scores>) {
  const failing = failingLinks(book.dossier(missing), book.controls)
  const given = { ...at(), method, options: book.options, rises: book.rises, run: null, failing }
  return book.apply(valueOf(assessRisk(book.risk, { current, rationale: 'Without it.' }, given)))
}

function carriedOut() {
  const book = approved()
  for (const each of book.controls) book.apply(valueOf(setControlState(book.risk, each, 'live', at())))
  return book
}

describe('a level that counts on a control recorded as not in place', () => {
  test('has to be scored again before anybody accepts it', () => {
    const book = retained()
    expect(state(book, new Map())[2]).toBe('acceptResidual')
    expect(state(book)).toEqual(['notAssessed', ['risk.controls_failing'], 'assess'])
    expect(riskStatus(book.dossier(missing), today).why[0]?.facts).toEqual({
      controlIds: [controlId],
      controls: [controlId],
    })
    expect(refusalOf(acceptResidual(book.dossier(missing), signing())).code).toBe('risk.level_on_failing')
    expect(acceptResidual(book.dossier(), signing()).ok).toBe(true)
  })

  test('takes an acceptance with it, and names the control in either case', () => {
    const book = accept(retained())
    expect(state(book)).toEqual([
      'acceptanceOutOfDate',
      ['risk.control_status_changed', 'risk.controls_failing'],
      'assess',
    ])
  })

  test('is scored without it: from then on the control is planned, and the way is open', () => {
    const book = assessed(retained(), scores(2, 3))
    expect(book.controls.map((link) => [link.state, link.wentLiveAt])).toEqual([['planned', null]])
    expect(state(book)).toEqual(['awaitingAcceptance', ['risk.not_accepted'], 'acceptResidual'])
    expect(acceptResidual(book.dossier(missing), signing()).ok).toBe(true)
  })

  test('is scored without it by a rescoring too: a treatment without its control is not finished', () => {
    const book = carriedOut()
    expect(state(book)).toEqual(['inTreatment', ['risk.rescoring_due', 'risk.controls_failing'], 'rescore'])
    expect(refusalOf(acceptResidual(book.dossier(missing), signing())).code).toBe('risk.rescoring_due')
    const failing = failingLinks(book.dossier(missing), book.controls)
    const input = { current: scores(3, 3), rationale: 'It never went live.' }
    book.apply(valueOf(rescoreRisk(book.dossier(missing), input, { ...at(), failing })))
    expect(book.controls.map((link) => link.state)).toEqual(['planned'])
    expect(state(book)[0]).not.toBe('awaitingAcceptance')
  })

  test('says nothing of being within the threshold while its treatment is incomplete', () => {
    const book = retained()
    const dossier = { ...book.dossier(missing), risk: { ...book.risk, target: scores(1, 1) } }
    expect(riskStatus(dossier, today)).toMatchObject({ status: 'notAssessed', next: { step: 'assess' } })
  })

  test('leaves a planned control alone', () => {
    const book = approved()
    expect(failingLinks(book.dossier(missing), book.controls)).toEqual([])
    expect(state(book)).toEqual(state(book, new Map()))
  })
})

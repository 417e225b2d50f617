import { expect, test } from 'vitest'
import { ismsPath, type PathFacts } from './isms-path.ts'

const noRisks = {
  total: 0,
  asImported: 0,
  notAssessed: 0,
  needsTreatment: 0,
  planIncomplete: 0,
  planAwaitingApproval: 0,
  inTreatment: 0,
  awaitingAcceptance: 0,
  acceptanceOutOfDate: 0,
}
const fresh: PathFacts = {
  method: 'none',
  risks: noRisks,
  controls: { total: 93, undecided: 93, blocking: 93 },
  statement: null,
  proposed: false,
}
const states = (facts: PathFacts) => ismsPath(facts).points.map(({ state }) => state)

test('a new organization begins with the method, and nothing counts as done', () => {
  expect(states(fresh)).toEqual(['now', 'later', 'later', 'later', 'later'])
  expect(ismsPath(fresh)).toMatchObject({ stand: 'noMethod', to: '/risks/method' })
})

test('the next step moves along with what is done', () => {
  const method: PathFacts = { ...fresh, method: 'approved' }
  expect([ismsPath(method).stand, states(method)]).toEqual(['noRisks', ['done', 'now', 'later', 'later', 'later']])
  const scored: PathFacts = { ...method, risks: { ...noRisks, total: 4, needsTreatment: 3 } }
  expect([ismsPath(scored).stand, ismsPath(scored).count]).toEqual(['needsTreatment', 3])
  const treated: PathFacts = { ...scored, risks: { ...noRisks, total: 4, inTreatment: 3 } }
  expect([ismsPath(treated).stand, states(treated)]).toEqual(['undecided', ['done', 'done', 'done', 'now', 'later']])
})

test('imported risks that nobody has assessed are not treated either', () => {
  const imported: PathFacts = { ...fresh, method: 'approved', risks: { ...noRisks, total: 7, notAssessed: 7 } }
  expect([ismsPath(imported).stand, states(imported)]).toEqual([
    'notAssessed',
    ['done', 'now', 'later', 'later', 'later'],
  ])
})

test('levels as imported are told from assessed ones', () => {
  const told = (asImported: number) => {
    const facts: PathFacts = {
      ...fresh,
      method: 'approved',
      risks: { ...noRisks, total: 7, inTreatment: 7, asImported },
    }
    const [, risks] = ismsPath(facts).points
    return [risks?.state, risks?.line, risks?.count, risks?.asImported]
  }
  expect(told(0)).toEqual(['done', 'risksDone', 7, 0])
  expect(told(3)).toEqual(['done', 'risksImported', 7, 3])
})

test('an issued statement is done while it holds, and the next step when it no longer does', () => {
  const issued: PathFacts = {
    method: 'approved',
    risks: { ...noRisks, total: 4 },
    controls: { total: 93, undecided: 0, blocking: 0 },
    statement: { number: 2, holds: true, changed: 0 },
    proposed: false,
  }
  expect([ismsPath(issued).stand, states(issued).every((state) => state === 'done')]).toEqual(['holds', true])
  const changed: PathFacts = { ...issued, statement: { number: 2, holds: false, changed: 5 } }
  expect(ismsPath(changed)).toMatchObject({ stand: 'statementChanged', count: 5 })
})

test('something undone early comes before what follows, however far that is', () => {
  const draft: PathFacts = { ...fresh, method: 'draft', controls: { total: 93, undecided: 0, blocking: 0 } }
  expect([ismsPath(draft).stand, states(draft)]).toEqual(['methodDraft', ['now', 'later', 'later', 'done', 'later']])
})

import { expect, test } from 'vitest'
import type { PageRoute } from './module.ts'
import { webModules } from './pages.ts'
import { recordAt } from './record-at.ts'

const route = (path: PageRoute['path']): PageRoute => ({ path, page: () => Promise.reject(new Error('not fetched')) })
const routes = ['/risks', '/risks/matrix', '/risks/$riskId', '/risks/$riskId/edit', '/risks/runs/$runId'].map((path) =>
  route(path as PageRoute['path']),
)

test('a record has a page that ends with its name; registers, fixed pages and forms are none', () => {
  expect(recordAt(routes, '/risks/R-12')).toMatchObject({
    route: { path: '/risks/$riskId' },
    params: { riskId: 'R-12' },
  })
  expect(recordAt(routes, '/risks/runs/RUN-1')?.params).toEqual({ runId: 'RUN-1' })
  for (const path of [
    '/risks',
    '/risks/',
    '/risks/matrix',
    '/risks/R-12/edit',
    '/risks/R-12?x=1',
    '/nowhere/1',
    '',
    'R-1',
  ]) {
    expect([path, recordAt(routes, path)]).toEqual([path, null])
  }
})

test('what stands in an address is text, however it is written', () => {
  expect(recordAt(routes, '/risks/R%2012')?.params).toEqual({ riskId: 'R 12' })
  expect(recordAt(routes, '/risks/%E0%A4%A')?.params).toEqual({ riskId: '%E0%A4%A' })
})

test('records of every register are found', () => {
  const all = webModules.flatMap((module) => module.routes)
  for (const path of [
    '/risks/R-1',
    '/assets/A-1',
    '/people/P-1',
    '/obligations/O-1',
    '/evidence/E-1',
    '/controls/A.5.1',
    '/units/U-1',
    '/teams/x',
    '/roles/RO-1',
  ]) {
    expect([path, recordAt(all, path) === null]).toEqual([path, false])
  }
})

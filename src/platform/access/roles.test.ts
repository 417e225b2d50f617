import { expect, test } from 'vitest'
import { needsExpiry } from './roles.ts'

test('access of an external auditor ends by itself, also beside other roles', () => {
  expect([['externalAuditor'], ['owner', 'externalAuditor'], ['owner'], []].map(needsExpiry)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

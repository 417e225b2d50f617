import type { FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { networkOf } from './allowance.ts'
import { createServer } from './server.ts'
import { platformUseCase } from './use-case.ts'

// Who a caller is counted as: what a header says counts only as far as proxies of ours have written it.

const asked = route({
  name: 'test.address',
  method: 'GET',
  path: '/address',
  action: 'anyone',
  summary: 'Where the request comes from',
  response: z.object({ address: z.string() }),
})
let app: FastifyInstance
afterEach(() => app.close())

/** The network a request is counted for, by how many or which proxies are trusted and what the header says. */
async function countedFor(trustProxy: false | number | string[], forwarded: string): Promise<string> {
  app = await createServer({
    db: null as never,
    clock: () => '2026-03-02T09:00:00.000Z' as never,
    roleTable: {},
    useCases: [platformUseCase(asked, async ({ http }) => ({ address: networkOf(http.address) }))],
    records: [],
    services: {},
    url: new URL('http://127.0.0.1:7270'),
    trustProxy,
    logLevel: 'silent',
  })
  const answer = await app.inject({ url: '/api/v1/address', headers: { 'x-forwarded-for': forwarded } })
  expect(answer.statusCode).toBe(200)
  return answer.json<{ address: string }>().address
}

const long = `${'1.2.3.4, '.repeat(900)}203.0.113.9`

test.each<[string, false | number | string[], string, string]>([
  ['nobody is trusted', false, '198.51.100.7', '127.0.0.1'],
  ['nobody is trusted, a long header', false, long, '127.0.0.1'],
  ['one proxy', 1, '203.0.113.9', '203.0.113.9'],
  ['one proxy, and what the caller wrote before it', 1, '198.51.100.7, 203.0.113.9', '203.0.113.9'],
  ['one proxy, 8 KB of what the caller wrote', 1, long, '203.0.113.9'],
  ['two proxies', 2, '198.51.100.7, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  ['proxies by address', ['loopback', '10.0.0.0/8'], '198.51.100.7, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  ['proxies by address, called past them', ['10.0.0.0/8'], '198.51.100.7', '127.0.0.1'],
  ['garbage before the proxy', 1, `<script>, ::::, ${'%'.repeat(500)}, 203.0.113.9`, '203.0.113.9'],
  ['a proxy that notes the port', 1, '203.0.113.9:51324', '203.0.113.9'],
  ['a proxy that notes the port of an IPv6 caller', 1, '[2001:db8::5]:51324', '2001:db8:0:0::/64'],
  ['an IPv6 caller in brackets', 1, '[2001:db8::6]', '2001:db8:0:0::/64'],
  ['an IPv6 caller', 1, '2001:db8::7', '2001:db8:0:0::/64'],
])('%s', async (_what, trusted, forwarded, network) => {
  expect(await countedFor(trusted, forwarded)).toBe(network)
})

import type { FastifyInstance } from 'fastify'
import type { RouteContract, WireResponse } from '#platform/contract/route.ts'
import { type Answer, type Args, bodyOf, callRoute } from './call.ts'

/** A browser that nobody has signed in with yet; it keeps the cookie it is given. */
export interface Visitor {
  /** The session token the browser holds; null when it holds none. */
  token: string | null
  /** Where the browser is. */
  address: string
  call<C extends RouteContract>(contract: C, args?: Args<C> & { org?: string }): Promise<Answer<WireResponse<C>>>
  done<C extends RouteContract>(contract: C, args?: Args<C> & { org?: string }): Promise<WireResponse<C>>
}

/** A browser with an empty cookie jar. */
export function visitor(http: FastifyInstance): Visitor {
  const self: Visitor = {
    token: null,
    address: '127.0.0.1',
    async call(contract, { org = '', ...args } = {}) {
      const cookie = self.token === null ? {} : { cookie: `plumbline_session=${self.token}` }
      const headers = { ...cookie, ...args.headers }
      const answer = await callRoute(http, contract, org, { ...args, headers } as never, self.address)
      const set = answer.headers['set-cookie']
      const [, token] = /^plumbline_session=([^;]*)/.exec([set].flat().join(';')) ?? []
      if (token !== undefined) self.token = token === '' ? null : token
      return answer as never
    },
    async done(contract, args) {
      return bodyOf(contract.name, await self.call(contract, args))
    },
  }
  return self
}

import { type QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { me } from '#platform/access/contract.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { ProblemError } from '#ui/problem.ts'
import { apiQuery, call } from './api.ts'
import { useScope } from './scope.ts'

export type Session = WireResponse<typeof identity.session>
export type Membership = Session['organizations'][number]

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session.show'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call(identity.session, { signal })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) return null
      throw error
    }
  },
})

export const installationQuery = queryOptions({
  queryKey: ['installation.show'],
  queryFn: ({ signal }) => call(identity.installation, { signal }),
})

/** The session on pages behind sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) throw new ProblemError(signedOut)
  return data
}

const signedOut = {
  type: 'about:blank',
  title: '',
  status: 401,
  detail: 'You are signed out. Sign in again; what you typed is kept.',
  code: 'session.required',
  facts: {},
}

/** The caller inside the current organization; undefined until known. */
export function useMe(): WireResponse<typeof me> | undefined {
  const { org } = useScope()
  return useQuery({ ...apiQuery(me, org === null ? {} : { org }), enabled: org !== null, staleTime: 60_000 }).data
}

/** Puts a new session in place (sign-in, set-up) and forgets what another account had read. */
export function beginSession(client: QueryClient, session: Session | null): void {
  client.clear()
  client.setQueryData(sessionQuery.queryKey, session)
}

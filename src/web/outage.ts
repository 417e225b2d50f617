import { useSyncExternalStore } from 'react'
import { NetworkError, ProblemError } from '#ui/problem.ts'

let away = false
const listeners = new Set<() => void>()

function change(now: boolean): void {
  if (away === now) return
  away = now
  for (const tell of listeners) tell()
}

/** Whether a failure says that the server or its database is away for the moment, and nothing about the request. */
export const isOutage = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ProblemError && error.problem.code === 'service.unavailable')

/** Notes how a request failed; an outage lasts until the server says that it is ready. */
export function noteFailure<E>(error: E): E {
  if (isOutage(error)) change(true)
  return error
}

/** Whether the server or its database is known to be away. */
export const useOutage = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => away,
  )

/** Asks the server whether it reaches its database, and notes that it does; without its file store most of it works. */
export async function askReady(): Promise<void> {
  const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null)
  const found: unknown = await answer?.json().catch(() => null)
  if (typeof found === 'object' && found !== null && 'database' in found && found.database === 'ok') change(false)
}

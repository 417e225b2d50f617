import { setTimeout as delay } from 'node:timers/promises'
import { type Refusal, type Result, refuse } from '#kernel/result.ts'
import type { RunningServer } from './cluster.ts'

/** Pauses before the attempts to start a server again, in milliseconds: about six minutes in all. */
const pauses = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000, 60_000, 60_000]

/** A server that ran for so long has recovered: its next end is counted anew. */
const steadyMillis = 10 * 60_000

/** A server that is started again when it ends by itself. */
export interface KeptServer {
  /** Resolves when nobody starts it again: null after `stop()`, else the refusal that says why it was given up. */
  readonly ended: Promise<Refusal | null>
  /** Stops it, also in the middle of a start. Calling it twice is fine. */
  stop(): Promise<void>
}

export interface KeepOptions {
  /** Starts it again; given up when the signal says so. */
  readonly launch: (signal: AbortSignal) => Promise<Result<RunningServer>>
  readonly log: { info(message: string): void; warn(message: string): void }
  /** Waits; tests need not. */
  readonly pause?: (millis: number, signal: AbortSignal) => Promise<void>
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number
}

/**
 * Starts a server again whenever it ends by itself, with growing pauses between attempts, and gives up when all of them
 * failed or it ended once more shortly after each.
 */
export function keepRunning(first: RunningServer, options: KeepOptions): KeptServer {
  const { launch, log, pause = waitFor, now = () => performance.now() } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const stopAsked = new Promise<void>((settle) => signal.addEventListener('abort', () => settle()))
  let server = first
  let attempts = 0
  let last = ''

  /** Null when it runs again or a stop was asked for. */
  async function startAgain(): Promise<Refusal | null> {
    for (let millis = pauses[attempts]; millis !== undefined; millis = pauses[attempts]) {
      if (millis > 0) log.warn(`PostgreSQL is started again in ${millis / 1000} s.`)
      await pause(millis, signal)
      if (signal.aborted) return null
      attempts++
      const launched = await launch(signal).catch(unforeseen)
      if (launched.ok) server = launched.value
      if (launched.ok || signal.aborted) return null
      last = launched.refusal.message
      log.warn(`PostgreSQL could not be started again (attempt ${attempts} of ${pauses.length}): ${last}`)
    }
    return refuse(
      'postgres.given_up',
      `PostgreSQL ended and was started again ${pauses.length} times in vain, so Plumbline stops. ${last || 'It ended again each time.'} Mend what is said there and in postgres.log, then start Plumbline again.`,
      { attempts: pauses.length },
    ).refusal
  }

  async function watch(): Promise<Refusal | null> {
    for (;;) {
      const since = now()
      await Promise.race([server.ended, stopAsked])
      if (signal.aborted) return null
      if (now() - since > steadyMillis) attempts = 0
      log.warn('PostgreSQL ended by itself and is started again; requests are answered 503 meanwhile.')
      const givenUp = await startAgain()
      if (givenUp !== null || signal.aborted) return givenUp
      log.info('PostgreSQL runs again.')
    }
  }

  const ended = watch()
  return {
    ended,
    async stop() {
      stopping.abort()
      await ended
      await server.stop()
    },
  }
}

function unforeseen(error: unknown): Result<RunningServer> {
  const message = error instanceof Error ? error.message : String(error)
  return refuse('postgres.start_failed', `PostgreSQL did not start: ${message}.`, {})
}

const waitFor = (millis: number, signal: AbortSignal): Promise<void> =>
  delay(millis, undefined, { signal }).catch(() => undefined)

import { ok, type Result, refuse } from '#kernel/result.ts'

/** A part that runs, and how it is stopped. */
export interface StartedPart<T> {
  readonly value: T
  stop(): Promise<void>
}

export interface LifecycleLog {
  info(message: string): void
  error(message: string): void
}

/** `clean`: every part stopped. `failed`: one could not, did not in time, or the stop was itself caused by a failure. */
export type StopOutcome = 'clean' | 'failed'

/** The parts of a process, started in order and stopped in the opposite order, once. */
export interface Lifecycle {
  /**
   * Starts the next part. Its refusal is handed on. When stopping was asked for meanwhile, the part is stopped with
   * the others and the answer is a refusal.
   * @param begin is given a signal that says when waiting is no longer worth it
   */
  start<T>(name: string, begin: (signal: AbortSignal) => Promise<Result<StartedPart<T>>>): Promise<Result<T>>
  /** Stops every part, the last one first. Asking again, as Ctrl-C under npm does, waits for the same stop. */
  stop(reason: string, options?: { readonly failed?: boolean }): Promise<StopOutcome>
  /** Resolves when the stop is over, whoever asked for it. */
  readonly stopped: Promise<StopOutcome>
}

/** @param settings.limitMillis how long stopping may take altogether before it counts as failed */
export function createLifecycle(settings: { readonly log: LifecycleLog; readonly limitMillis: number }): Lifecycle {
  const { log } = settings
  const running: { readonly name: string; stop(): Promise<void> }[] = []
  const stopping = new AbortController()
  const { promise: stopped, resolve: settle } = Promise.withResolvers<StopOutcome>()
  let starting: Promise<unknown> = Promise.resolve()
  let current = ''

  async function stopParts(): Promise<StopOutcome> {
    let outcome: StopOutcome = 'clean'
    // A part half started is stopped when it is whole; the signal lets it give up earlier.
    await starting.catch(() => undefined)
    for (let part = running.pop(); part !== undefined; part = running.pop()) {
      current = part.name
      try {
        await part.stop()
      } catch (error) {
        outcome = 'failed'
        log.error(`Stopping ${part.name} failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    return outcome
  }

  async function stopInTime(): Promise<StopOutcome> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => resolve('late'), settings.limitMillis)
    const outcome = await Promise.race([stopParts(), late])
    clearTimeout(timer)
    if (outcome !== 'late') return outcome
    log.error(`Stopping took longer than ${settings.limitMillis / 1000} s; still waiting for: ${current || 'a start'}.`)
    return 'failed'
  }

  return {
    stopped,
    async start(name, begin) {
      if (stopping.signal.aborted) return isStopping(name)
      current = name
      const beginning = begin(stopping.signal)
      starting = beginning
      const begun = await beginning
      if (!begun.ok) return stopping.signal.aborted ? isStopping(name) : begun
      running.push({ name, stop: () => begun.value.stop() })
      return stopping.signal.aborted ? isStopping(name) : ok(begun.value.value)
    },
    stop(reason, options = {}) {
      if (!stopping.signal.aborted) {
        log.info(`Stopping: ${reason}.`)
        stopping.abort()
        void stopInTime().then((outcome) => settle(options.failed === true ? 'failed' : outcome))
      }
      return stopped
    },
  }
}

function isStopping(name: string): ReturnType<typeof refuse> {
  return refuse('lifecycle.stopping', `${name} was not started because the process is stopping.`, { part: name })
}

/** Stops when the process is asked to end: Ctrl-C, `kill`, a service manager, a closed terminal. */
export function stopOnSignals(
  lifecycle: Lifecycle,
  process: { on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown },
): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void lifecycle.stop(`received ${signal}`))
  }
}

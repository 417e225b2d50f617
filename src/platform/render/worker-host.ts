import type { Worker } from 'node:worker_threads'

/** What a worker answers: the bytes, and how much memory outside the JavaScript heap it holds by now. */
export interface WorkerAnswer {
  readonly bytes: Uint8Array
  readonly memory: number
}

/** What a worker posts when it could not: `memory` = it ran into its limit; `defect` = anything else. */
export interface WorkerFailure {
  readonly failure: 'memory' | 'defect'
  readonly message: string
}

/** Why a task has no result. `busy`, `time` and `memory` are the caller's to explain; `crash` is a defect. */
export class WorkerError extends Error {
  readonly why: 'busy' | 'time' | 'memory' | 'crash'

  constructor(why: WorkerError['why'], message: string) {
    super(message)
    this.name = 'WorkerError'
    this.why = why
  }
}

export interface WorkerHostOptions {
  readonly start: () => Promise<Worker>
  /** Lets go of what `start` keeps for the next worker; called when the idle worker has ended. */
  readonly release?: () => void
  /** Milliseconds one task may take. */
  readonly timeLimit: number
  /** Milliseconds without a task after which the worker ends. */
  readonly idleAfter: number
  /** A worker that holds more bytes than this after a task is replaced. */
  readonly retireAt: number
  /** Tasks that may wait behind the running one. */
  readonly queueLimit: number
}

export interface WorkerHost<Task> {
  /** Runs a task on the one worker, after those before it. Throws `WorkerError`. */
  readonly run: (task: Task) => Promise<Uint8Array>
  /** Ends the worker now; waiting tasks fail. The next task starts a new one. */
  readonly stop: () => Promise<void>
  /** Whether a worker is alive. */
  readonly alive: () => boolean
}

/**
 * Keeps one worker thread for a kind of work: started by the first task, kept warm, ended when idle, replaced when it
 * has grown, ended when a task overruns its time. A task whose worker died is tried once more on a new one. An idle
 * worker does not keep the process alive.
 */
export function createWorkerHost<Task>(options: WorkerHostOptions): WorkerHost<Task> {
  let worker: Promise<Worker> | null = null
  let idle: NodeJS.Timeout | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function end(): Promise<void> {
    const ending = worker
    worker = null
    clearTimeout(idle)
    // A worker that failed to start has nothing to end.
    await ending?.then((w) => w.terminate()).catch(() => undefined)
  }

  async function attempt(task: Task): Promise<Uint8Array> {
    worker ??= options.start()
    const current = await worker
    current.ref()
    try {
      const answer = await ask(current, task, options.timeLimit)
      if (answer.memory > options.retireAt) await end()
      return answer.bytes
    } catch (error) {
      await end()
      throw error
    } finally {
      current.unref()
    }
  }

  async function runNext(task: Task): Promise<Uint8Array> {
    clearTimeout(idle)
    try {
      return await attempt(task).catch((error: unknown) => {
        if (error instanceof WorkerError && error.why === 'crash') return attempt(task)
        throw error
      })
    } finally {
      waiting--
      if (waiting === 0) {
        idle = setTimeout(() => void end().then(options.release), options.idleAfter)
        idle.unref()
      }
    }
  }

  return {
    run(task) {
      if (waiting > options.queueLimit) return Promise.reject(new WorkerError('busy', `${waiting} tasks are waiting`))
      waiting++
      const result = queue.then(() => runNext(task))
      queue = result.catch(() => undefined)
      return result
    },
    async stop() {
      await end()
      options.release?.()
    },
    alive: () => worker !== null,
  }
}

function ask(worker: Worker, task: unknown, timeLimit: number): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('time', `not done after ${timeLimit} ms`), timeLimit)
    const settle = (): void => {
      clearTimeout(timer)
      worker.off('message', answered).off('error', crashed).off('exit', exited)
    }
    const fail = (why: WorkerError['why'], message: string): void => {
      settle()
      reject(new WorkerError(why, message))
    }
    const answered = (message: WorkerAnswer | WorkerFailure): void => {
      if ('failure' in message) return fail(message.failure === 'memory' ? 'memory' : 'crash', message.message)
      settle()
      resolve(message)
    }
    const crashed = (error: Error & { code?: string }): void =>
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash', error.message)
    const exited = (code: number): void => fail('crash', `the worker ended with code ${code}`)
    worker.on('message', answered).on('error', crashed).on('exit', exited)
    worker.postMessage(task, [])
  })
}

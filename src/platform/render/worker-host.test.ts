import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWorkerHost, type WorkerHost, type WorkerHostOptions } from './worker-host.ts'

// A worker that does what its task says.
const source = `
  const { parentPort, threadId } = require('node:worker_threads')
  parentPort.on('message', (task) => {
    if (task === 'die') process.exit(3)
    if (task === 'throw') throw new Error('thrown')
    if (task === 'full') return parentPort.postMessage({ failure: 'memory', message: 'full' })
    if (task === 'hang') return
    const memory = task === 'grow' ? 1000 : 1
    parentPort.postMessage({ bytes: Uint8Array.of(threadId), memory })
  })`

let host: WorkerHost<string> | undefined
let started = 0
let released = 0

function hostWith(options: Partial<WorkerHostOptions> = {}): WorkerHost<string> {
  started = 0
  released = 0
  host = createWorkerHost<string>({
    start: () => {
      started++
      return Promise.resolve(new Worker(source, { eval: true }))
    },
    release: () => {
      released++
    },
    timeLimit: 10_000,
    idleAfter: 60_000,
    retireAt: 500,
    queueLimit: 4,
    ...options,
  })
  return host
}

afterEach(async () => {
  vi.useRealTimers()
  await host?.stop()
})

// Workers are real, the clock is moved: how busy the machine is decides nothing.
const holdClock = (): unknown => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn()
}

describe('createWorkerHost', () => {
  it('starts one worker on demand and keeps it', async () => {
    const { run, alive } = hostWith()
    expect(alive()).toBe(false)
    const answers = await Promise.all([run('a'), run('b'), run('c')])
    expect(new Set(answers.map((bytes) => bytes[0])).size).toBe(1)
    expect(started).toBe(1)
  })

  it('tries a task once more when the worker died, then gives up', async () => {
    const { run } = hostWith()
    await expect(run('die')).rejects.toMatchObject({ why: 'crash', message: 'the worker ended with code 3' })
    expect(started).toBe(2)
    await expect(run('throw')).rejects.toMatchObject({ why: 'crash', message: 'thrown' })
    await expect(run('fine')).resolves.toHaveLength(1)
  })

  it('does not repeat a task that ran out of memory', async () => {
    const { run } = hostWith()
    await expect(run('full')).rejects.toMatchObject({ why: 'memory' })
    expect(started).toBe(1)
  })

  it('ends a task that overruns its time, and the next one works', async () => {
    holdClock()
    const { run, alive } = hostWith({ timeLimit: 300 })
    const hanging = run('hang')
    const next = run('fine')
    const ended = hanging.catch((error: unknown) => error)
    await until(() => vi.getTimerCount() === 1)
    vi.advanceTimersByTime(299)
    for (let turns = 0; turns < 10; turns++) await turn()
    expect([alive(), started]).toEqual([true, 1])
    vi.advanceTimersByTime(1)
    expect(await ended).toMatchObject({ why: 'time' })
    await expect(next).resolves.toHaveLength(1)
    expect(started).toBe(2)
  })

  it('replaces a worker that has grown', async () => {
    const { run, alive } = hostWith()
    await run('grow')
    expect(alive()).toBe(false)
    await run('fine')
    expect(started).toBe(2)
  })

  it('refuses tasks when too many wait', async () => {
    const { run } = hostWith({ queueLimit: 1 })
    const accepted = [run('a'), run('b')]
    await expect(run('c')).rejects.toMatchObject({ why: 'busy' })
    await Promise.all(accepted)
  })

  it('ends the idle worker and lets go of what it kept', async () => {
    holdClock()
    const { run, alive } = hostWith({ idleAfter: 5_000 })
    await run('a')
    vi.advanceTimersByTime(4_999)
    expect([alive(), released]).toEqual([true, 0])
    vi.advanceTimersByTime(1)
    expect(alive()).toBe(false)
    await until(() => released === 1)
    await run('b')
    expect(started).toBe(2)
  })
})

import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ok, refuse } from '#kernel/result.ts'
import { createLifecycle, type Lifecycle, stopOnSignals } from './lifecycle.ts'

function setUp(): {
  lifecycle: Lifecycle
  seen: string[]
  add(name: string, stop?: () => Promise<void>): Promise<unknown>
} {
  const seen: string[] = []
  const log = { info: (m: string) => void seen.push(m), error: (m: string) => void seen.push(`error: ${m}`) }
  const lifecycle = createLifecycle({ log, limitMillis: 1_000 })
  const add = (name: string, stop = async (): Promise<void> => undefined) =>
    lifecycle.start(name, async () =>
      ok({
        value: name,
        stop: () => {
          seen.push(name)
          return stop()
        },
      }),
    )
  return { lifecycle, seen, add }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('createLifecycle', () => {
  test('stops in the opposite order, once, however often it is asked', async () => {
    const { lifecycle, seen, add } = setUp()
    await add('database')
    await add('web server')
    const outcomes = await Promise.all([lifecycle.stop('a'), lifecycle.stop('b'), lifecycle.stopped])
    expect(outcomes).toEqual(['clean', 'clean', 'clean'])
    expect(await lifecycle.stop('c')).toBe('clean')
    expect(seen).toEqual(['Stopping: a.', 'web server', 'database'])
  })

  test('a part that cannot be stopped does not keep the others running', async () => {
    const { lifecycle, seen, add } = setUp()
    await add('database')
    await add('worker', () => Promise.reject(new Error('stuck')))
    expect(await lifecycle.stop('test')).toBe('failed')
    expect(seen).toEqual(['Stopping: test.', 'worker', 'error: Stopping worker failed: stuck', 'database'])
  })

  test('stopping that takes too long fails and names the part', async () => {
    vi.useFakeTimers()
    const { lifecycle, seen, add } = setUp()
    await add('worker', () => new Promise(() => undefined))
    const outcome = lifecycle.stop('test')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await outcome).toBe('failed')
    expect(seen.at(-1)).toBe('error: Stopping took longer than 1 s; still waiting for: worker.')
  })

  test('a part being started while stopping is stopped too, and its starter learns of it', async () => {
    const { lifecycle, seen } = setUp()
    const begun = Promise.withResolvers<void>()
    let told: AbortSignal | null = null
    const started = lifecycle.start('database', async (signal) => {
      told = signal
      await begun.promise
      return ok({ value: 1, stop: async () => void seen.push('database') })
    })
    const outcome = lifecycle.stop('test')
    expect(told).toHaveProperty('aborted', true)
    begun.resolve()
    expect(await outcome).toBe('clean')
    expect(await started).toMatchObject({ ok: false, refusal: { code: 'lifecycle.stopping' } })
    expect(seen).toEqual(['Stopping: test.', 'database'])
  })

  test('nothing starts after a stop, a refused start is handed on', async () => {
    const { lifecycle, add } = setUp()
    const refused = refuse('x.y', 'No.')
    expect(await lifecycle.start('database', async () => refused)).toEqual(refused)
    await lifecycle.stop('test', { failed: true })
    expect(await add('late')).toMatchObject({ refusal: { code: 'lifecycle.stopping' } })
    expect(await lifecycle.stopped).toBe('failed')
  })

  test('two signals are one stop', async () => {
    const { lifecycle, seen, add } = setUp()
    const process = new EventEmitter()
    stopOnSignals(lifecycle, process)
    await add('database')
    process.emit('SIGINT')
    process.emit('SIGINT')
    process.emit('SIGTERM')
    expect(await lifecycle.stopped).toBe('clean')
    expect(seen).toEqual(['Stopping: received SIGINT.', 'database'])
  })
})

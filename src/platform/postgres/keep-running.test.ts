import { expect, test } from 'vitest'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { RunningServer } from './cluster.ts'
import { keepRunning } from './keep-running.ts'

interface Fake extends RunningServer {
  die(): void
  stopped: number
}

function fake(): Fake {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server: Fake = {
    ended: promise,
    die: resolve,
    stopped: 0,
    stop: async () => {
      server.stopped++
      resolve()
    },
  }
  return server
}

/** Keeps a fake server whose starts come from a list; pauses are noted and over at once. */
function keep(starts: (signal: AbortSignal) => Promise<Result<RunningServer>>) {
  const said: string[] = []
  const pauses: number[] = []
  const clock = { now: 0 }
  const first = fake()
  const kept = keepRunning(first, {
    launch: starts,
    log: { info: (line) => said.push(line), warn: (line) => said.push(line) },
    pause: async (millis) => void pauses.push(millis),
    now: () => clock.now,
  })
  return { first, kept, said, pauses, clock }
}

const failing = async (): Promise<Result<RunningServer>> => refuse('postgres.start_failed', 'The disk is full.', {})
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a server that ends is started again, with longer pauses while that fails', async () => {
  const second = fake()
  const starts = [failing, failing, async () => ok(second)]
  const { first, kept, said, pauses } = keep(() => (starts.shift() ?? failing)())
  first.die()
  await settled()
  expect(pauses).toEqual([0, 1_000, 2_000])
  expect(said.filter((line) => line.includes('The disk is full.'))).toHaveLength(2)
  expect(said.at(-1)).toBe('PostgreSQL runs again.')
  await kept.stop()
  expect([first.stopped, second.stopped]).toEqual([0, 1])
  expect(await kept.ended).toBeNull()
})

test('it is given up, in a sentence that says why, when every start fails', async () => {
  const { first, kept, pauses } = keep(failing)
  first.die()
  expect(await kept.ended).toMatchObject({
    code: 'postgres.given_up',
    message: expect.stringMatching(/12 times in vain.*The disk is full\..*start Plumbline again/),
  })
  expect(pauses).toHaveLength(12)
  await kept.stop()
})

test('a server that ends again right after each start is given up; one that ran for long is not counted against', async () => {
  const dying = keep(async () => {
    const server = fake()
    server.die()
    return ok(server)
  })
  dying.first.die()
  expect(await dying.kept.ended).toMatchObject({ message: expect.stringContaining('It ended again each time.') })

  const servers: Fake[] = []
  const steady = keep(async () => {
    servers.push(fake())
    return ok(servers.at(-1) as Fake)
  })
  for (let days = 0; days < 30; days++) {
    steady.clock.now += 86_400_000
    ;(servers.at(-1) ?? steady.first).die()
    await settled()
  }
  expect(servers).toHaveLength(30)
  expect(new Set(steady.pauses)).toEqual(new Set([0]))
  await steady.kept.stop()
})

test('a stop during a start ends that start, waits for it and starts nothing more', async () => {
  const begun = Promise.withResolvers<void>()
  let starts = 0
  const { first, kept } = keep(async (signal) => {
    starts++
    begun.resolve()
    await new Promise((settle) => signal.addEventListener('abort', settle))
    return failing()
  })
  first.die()
  await begun.promise
  await Promise.all([kept.stop(), kept.stop()])
  expect([starts, await kept.ended]).toEqual([1, null])
})

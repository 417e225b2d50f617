import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Sends one request over a kept connection and reads the whole answer; milliseconds. Throws when it was refused. */
export function timed(url: string, options: { token?: string; method?: string; body?: string } = {}): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: options.method ?? 'GET',
        headers: {
          ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
          ...(options.body ? { 'content-type': 'application/json' } : {}),
        },
      },
      (response) => {
        response.on('data', () => undefined)
        response.on('end', () =>
          (response.statusCode ?? 500) < 300
            ? resolve(performance.now() - start)
            : reject(new Error(`${url} answered ${response.statusCode}`)),
        )
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

/** Medians of several sides measured in turn, A B A B …, so that a machine that slows down slows all of them. */
export async function interleaved(sides: readonly (() => Promise<number>)[], rounds: number): Promise<number[]> {
  const times = sides.map((): number[] => [])
  for (let round = -2; round < rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const time = await side()
      // The first rounds warm up both sides and do not count.
      if (round >= 0) times[index]?.push(time)
    }
  }
  return times.map(median)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

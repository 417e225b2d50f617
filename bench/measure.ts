import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** A request to one of the two sides. */
export interface Asked {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends one request over a kept connection and reads the whole answer; milliseconds. Throws when it was refused. */
export function timed({ url, method = 'GET', headers = {}, body }: Asked): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method, headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) } },
      (response) => {
        let refused = ''
        const failed = (response.statusCode ?? 500) >= 300
        response.on('data', (chunk: Buffer) => {
          if (failed) refused += chunk.toString()
        })
        response.on('end', () =>
          failed
            ? reject(new Error(`${url} answered ${response.statusCode}: ${refused.slice(0, 300)}`))
            : resolve(performance.now() - start),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** How often a figure is measured: rounds that count, and rounds before them that warm up both sides. */
export interface Rounds {
  readonly warm: number
  readonly counted: number
}

/** Medians of several sides measured in turn, A B A B …, so that a machine that slows down slows all of them. */
export async function interleaved<const Sides extends readonly Asked[]>(
  sides: Sides,
  { warm, counted }: Rounds,
): Promise<{ [K in keyof Sides]: number }> {
  const times = sides.map((): number[] => [])
  for (let round = -warm; round < counted; round++) {
    for (const [index, side] of sides.entries()) {
      const time = await timed(side)
      if (round >= 0) times[index]?.push(time)
    }
  }
  return times.map(median) as { [K in keyof Sides]: number }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { zipStream } from './zip-stream.ts'

const moment = new Date('2026-03-31T12:34:56Z')

async function whole(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const held: Buffer[] = []
  for await (const piece of pieces) held.push(piece)
  return Buffer.concat(held)
}

const members = [
  { name: 'organization.json', content: Buffer.from('{"a": 1}\n'.repeat(50_000)) },
  { name: 'files/ä', content: randomBytes(100_000) },
  { name: 'files/empty', content: Buffer.alloc(0) },
]

const zipOf = () =>
  zipStream(
    members.map(({ name, content }) => ({
      name,
      level: 6,
      content: async function* () {
        for (let at = 0; at < content.length; at += 7777) yield content.subarray(at, at + 7777)
      },
    })),
    moment,
  )

test('what is written is read back, with sizes, checksums and time', async () => {
  const zip = await fromBufferPromise(await whole(zipOf()))
  const found: { name: string; content: Buffer }[] = []
  for await (const entry of zip.eachEntry()) {
    expect(entry.getLastModDate({ timezone: 'UTC' }).toISOString()).toBe('2026-03-31T12:34:56.000Z')
    const content = await whole((await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>)
    expect(content.length).toBe(entry.uncompressedSize)
    found.push({ name: entry.fileName, content })
  }
  expect(found).toEqual(members)
})

test('a member that fails, fails the zip; one that is not wanted to its end is closed', async () => {
  let closed = false
  const endless = (fail: boolean) => ({
    name: 'endless',
    level: 1,
    content: async function* () {
      try {
        for (;;) {
          yield randomBytes(100_000)
          if (fail) throw new Error('the disk is gone')
        }
      } finally {
        closed = true
      }
    },
  })
  await expect(whole(zipStream([endless(true)], moment))).rejects.toThrow('the disk is gone')
  closed = false
  for await (const piece of zipStream([endless(false)], moment)) if (piece.length > 1000) break
  expect(closed).toBe(true)
})

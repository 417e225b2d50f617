import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { answer } from './answer.ts'

const file = route({
  name: 'file.show',
  method: 'GET',
  path: '/file',
  action: 'anyone',
  summary: 'A file',
  query: z.object({}),
  response: 'file',
})

const app = fastify()
beforeAll(async () => {
  app.get<{ Querystring: { sent: string } }>('/file', (request, reply) => {
    const sent = Buffer.alloc(Number(request.query.sent), 'x')
    const pieces = [sent.subarray(0, 5), sent.subarray(5)].filter(({ length }) => length > 0)
    const download = { headers: { 'content-length': '10' }, open: async () => Readable.from(pieces) }
    return answer(file, download, reply, request)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

/** What arrives on one connection after two requests: the first for a file of 10 bytes, of which so many are sent. */
async function heard(sent: number): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const ask = (bytes: number): string => `GET /file?sent=${bytes} HTTP/1.1\r\nhost: x\r\n`
  socket.write(`${ask(sent)}\r\n${ask(10)}connection: close\r\n\r\n`)
  let text = ''
  for await (const piece of socket) text += String(piece)
  return text
}

test('a connection stays in step only while a file has the length it was announced with', async () => {
  expect((await heard(10)).match(/HTTP\/1.1 200/g)).toHaveLength(2)
})

test.each([5, 9, 11, 4000])(
  'a file of %i bytes announced as 10 ends the connection, and no byte too many leaves',
  async (sent) => {
    const [, body = ''] = (await heard(sent)).split('\r\n\r\n')
    expect(body.length).toBeLessThanOrEqual(10)
    expect((await heard(sent)).match(/HTTP\/1.1 200/g)).toHaveLength(1)
  },
)

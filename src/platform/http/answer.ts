import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RouteContract } from '#platform/contract/route.ts'
import { exactly } from '#platform/files/checked-stream.ts'
import { type Encoder, encoderOf } from './encoder.ts'
import type { Download } from './use-case.ts'
import { type ListWriter, listWriterOf } from './write-list.ts'

/** A response that is already in its wire form. */
export class Encoded {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

// Made at the first answer: most schemas are never asked for, and records share theirs.
const encoders = new WeakMap<object, { readonly encode: Encoder; readonly writeList: ListWriter | null }>()

function encodersOf(response: Exclude<RouteContract['response'], null | 'file'>) {
  let known = encoders.get(response)
  if (known === undefined) {
    const whole = encoderOf(response)
    known = { encode: whole, writeList: listWriterOf(response, whole) }
    encoders.set(response, known)
  }
  return known
}

/** The wire form of what a use-case of a contract returned; null where the contract answers with nothing or a file. */
export function encode({ response }: RouteContract, value: unknown): unknown {
  return response === null || response === 'file' ? null : encodersOf(response).encode(value)
}

const whole = (body: Awaited<ReturnType<Download['open']>>, announced: string | undefined) =>
  announced !== undefined && body instanceof Readable ? exactly(Number(announced), body) : body

const json = 'application/json; charset=utf-8'

/** Answers a request with what its use-case returned: status, headers and body as the contract has them. */
export async function answer(
  contract: RouteContract,
  result: unknown,
  reply: FastifyReply,
  request: FastifyRequest,
): Promise<unknown> {
  if (contract.response === null) return reply.code(204).send()
  if (contract.response === 'file') {
    const { headers, open } = result as Download
    const body = whole(await open(), headers['content-length'])
    if (headers['content-range'] !== undefined) reply.code(206)
    return reply.headers({ ...headers }).send(body)
  }
  if (!(result instanceof Encoded) && !contract.creates) {
    const { writeList } = encodersOf(contract.response)
    if (writeList !== null) return reply.type(json).send(writeList(result))
  }
  const wire = result instanceof Encoded ? result.value : encode(contract, result)
  const { version, id } = wire as { version?: unknown; id?: unknown }
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  if (contract.creates) {
    reply.code(201)
    if (typeof id === 'string') reply.header('location', `${request.url.split('?')[0]}/${id}`)
  }
  // As bytes: a socket takes several times as long over a long string.
  return reply.type(json).send(Buffer.from(JSON.stringify(wire)))
}

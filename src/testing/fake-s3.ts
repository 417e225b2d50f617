import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A small S3 service on a loopback port: enough for the real client to be tested against. */
export interface FakeS3 {
  readonly endpoint: string
  readonly bucket: string
  /** Key → content. Tests may change it behind the client's back. */
  readonly objects: Map<string, Buffer>
  /** Key → when it was written, in milliseconds; tests make objects older. */
  readonly written: Map<string, number>
  /** Every request so far as `METHOD key`. */
  readonly requests: string[]
  /**
   * How the next requests are answered instead: an S3 error, the connection cut, never, with success and nothing done, cut
   * after half of the object, with the whole of it where a part was asked for. Used up one by one.
   */
  readonly failures: (
    | { readonly status: number; readonly code: string }
    | 'disconnect'
    | 'silence'
    | 'pretend'
    | 'half'
    | 'whole'
  )[]
  close(): Promise<void>
}

/**
 * Path-style PutObject (checks length, SHA-256 and refuses chunked encodings), GetObject with ranges, HeadObject,
 * HeadBucket, ListObjectsV2 in pages, DeleteObject. Signatures are required but not verified.
 * @param pageSize how many keys one page of a listing holds
 */
export async function startFakeS3(pageSize = 2): Promise<FakeS3> {
  const bucket = 'evidence'
  const objects = new Map<string, Buffer>()
  const written = new Map<string, number>()
  const modified = (key: string): Date => new Date(written.get(key) ?? Date.now())
  const requests: string[] = []
  const failures: FakeS3['failures'] = []
  const server = createServer((request, response) => {
    void answer(request, response)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const [, inBucket, ...rest] = url.pathname.split('/').map(decodeURIComponent)
    const key = rest.join('/')
    requests.push(`${request.method} ${key}`)
    const failure = failures.shift()
    if (failure === 'disconnect') {
      request.socket.destroy()
      return
    }
    const body = await bodyOf(request)
    if (body === null) return
    if (failure === 'silence') return
    if (failure === 'pretend') return send(response, 200, '<html>Welcome to the guest network</html>')
    if (failure === 'half' || failure === 'whole') return brokenly(failure, key, response)
    if (failure !== undefined) return fail(response, failure.status, failure.code)
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) return fail(response, 403, 'AccessDenied')
    if (inBucket !== bucket) return fail(response, 404, 'NoSuchBucket')
    if (key === '') return url.searchParams.has('list-type') ? list(url, response) : send(response, 200)
    switch (request.method) {
      case 'PUT':
        return put(request, key, body, response)
      case 'GET':
      case 'HEAD':
        return get(request, key, response)
      case 'DELETE':
        objects.delete(key)
        return send(response, 204)
      default:
        return fail(response, 405, 'MethodNotAllowed')
    }
  }

  function put(request: IncomingMessage, key: string, body: Buffer, response: ServerResponse): void {
    const encoding = request.headers['content-encoding'] ?? request.headers['transfer-encoding']
    if (encoding !== undefined) return fail(response, 501, 'NotImplemented')
    if (Number(request.headers['content-length']) !== body.length) return fail(response, 400, 'IncompleteBody')
    const sha256 = createHash('sha256').update(body).digest('base64')
    if (request.headers['x-amz-checksum-sha256'] !== sha256) return fail(response, 400, 'BadDigest')
    objects.set(key, body)
    written.set(key, Date.now())
    send(response, 200)
  }

  function get(request: IncomingMessage, key: string, response: ServerResponse): void {
    const content = objects.get(key)
    if (content === undefined) return fail(response, 404, 'NoSuchKey')
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    if (range === null) {
      response.writeHead(200, { 'content-length': content.length, 'last-modified': modified(key).toUTCString() })
      response.end(request.method === 'HEAD' ? undefined : content)
      return
    }
    const start = Number(range[1])
    if (start >= content.length) return fail(response, 416, 'InvalidRange')
    const part = content.subarray(start, Number(range[2]) + 1)
    const last = start + part.length - 1
    response.writeHead(206, {
      'content-length': part.length,
      'content-range': `bytes ${start}-${last}/${content.length}`,
    })
    response.end(part)
  }

  /** Half of an object under the length of the whole; or the whole of it, whatever part was asked for. */
  function brokenly(how: 'half' | 'whole', key: string, response: ServerResponse): void {
    const content = objects.get(key) ?? Buffer.alloc(0)
    response.writeHead(200, { 'content-length': content.length })
    if (how === 'whole') response.end(content)
    else response.write(content.subarray(0, content.length / 2), () => setTimeout(() => response.destroy(), 20))
  }

  function list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? ''
    const from = url.searchParams.get('continuation-token') ?? ''
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > from).sort()
    const page = keys.slice(0, pageSize)
    const rows = page.map(
      (key) =>
        `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length}</Size><LastModified>${modified(key).toISOString()}</LastModified></Contents>`,
    )
    const more = keys.length > page.length
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    send(
      response,
      200,
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}</ListBucketResult>`,
    )
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    objects,
    written,
    requests,
    failures,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** The whole body; null when the client went away before its end. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  } catch {
    return null
  }
}

function send(response: ServerResponse, status: number, xml = ''): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(xml)
}

function fail(response: ServerResponse, status: number, code: string): void {
  send(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

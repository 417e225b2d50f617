import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Headers every answer carries, and the origin check: a writing request that brings a cookie must come from this
 * installation's own pages.
 */
export function secure(app: FastifyInstance, url: URL): void {
  app.addHook('onRequest', async (request) => {
    if (safeMethods.has(request.method) || request.headers.authorization !== undefined) return
    const { origin, host } = request.headers
    const site = request.headers['sec-fetch-site']
    const own =
      origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : isOwn(origin, url, host)
    if (!own) {
      throw new RefusalError({
        code: 'request.origin',
        message: `This request came from another site. If you reach Plumbline under its own address, set PLUMBLINE_URL to it.`,
        facts: {},
      })
    }
  })
  app.addHook('onSend', async (request, reply) => {
    setHeaders(request, reply, url)
  })
}

/** The headers of every answer, for those that are given before any hook runs. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply, url: URL): void {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  })
  if (url.protocol === 'https:') reply.header('strict-transport-security', 'max-age=31536000')
  if (!reply.hasHeader('content-security-policy')) {
    reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  }
  if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}

function isOwn(origin: string, url: URL, host: string | undefined): boolean {
  if (origin === url.origin) return true
  // Loopback names are the same place; anything else must be the configured address.
  const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
  const parsed = URL.canParse(origin) ? new URL(origin) : null
  return parsed !== null && loopback.test(url.host) && loopback.test(parsed.host) && parsed.host === host
}

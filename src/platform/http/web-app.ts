import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/**
 * Serves the built web app: hashed assets for ever, and index.html for every other address. Scripts only from here;
 * styles also by a nonce, which is new for each answer.
 * @param root folder of the build, `dist/web`
 */
export async function serveWebApp(app: FastifyInstance, root: string): Promise<void> {
  const index = join(root, 'index.html')
  if (!existsSync(index)) throw new Error('The web app is not built: run “npm run build”, or “npm ci”, which does it.')
  const page = readFileSync(index, 'utf8')
  const files = filesIn(root)
  await app.register(staticFiles, {
    root,
    preCompressed: true,
    serve: false,
    setHeaders: (reply, path) => {
      if (path.includes(join(root, 'assets'))) void reply.header('cache-control', 'public, max-age=31536000, immutable')
    },
  })
  const sendPage = (reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(18).toString('base64')
    return reply
      .headers({
        'content-security-policy': contentSecurityPolicy(nonce),
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__CSP_NONCE__', nonce))
  }
  app.get('/*', (request, reply) => {
    const { '*': path } = request.params as { '*': string }
    return files.has(path) ? reply.sendFile(path) : reply.callNotFound()
  })
  app.setNotFoundHandler((request, reply) => {
    // Not `new URL`: an address such as // is none for it.
    const [pathname = '/'] = request.url.split(/[?#]/, 1)
    if (
      (request.method !== 'GET' && request.method !== 'HEAD') ||
      pathname.startsWith('/api/') ||
      // A missing file; A.8.13 is a record, not one.
      /\.[a-z][a-z0-9]{1,4}$/.test(pathname)
    ) {
      const problem = {
        type: 'about:blank#address.not_found',
        title: 'Not found',
        status: 404,
        code: 'address.not_found',
        facts: {},
      }
      return reply
        .code(404)
        .type('application/problem+json')
        .send(JSON.stringify({ ...problem, detail: 'There is nothing at this address.' }))
    }
    return sendPage(reply)
  })
  // A page of the web app among addresses that are else the API's: what describes them is looked for there.
  app.get('/api/docs', (_request, reply) => sendPage(reply))
}

/** Names of the files of a build: not its page, which goes out with a nonce, and not what stands there for tools. */
function filesIn(root: string): Set<string> {
  const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = all.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return new Set(paths.filter((path) => path !== 'index.html' && !/^\.|\.(br|gz)$/.test(path)))
}

function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions and sizes that change while one scrolls are style attributes; they cannot load anything.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

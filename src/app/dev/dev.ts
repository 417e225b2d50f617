import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createServer } from 'vite'

// `npm run dev`: the server on its usual port, begun anew when its files change, and the web app on
// http://127.0.0.1:7271, which takes changes over at once. Arguments go to the server: `npm run dev -- --demo`.
const root = join(import.meta.dirname, '../../..')
const server = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', 'bin/plumbline.js', 'serve', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PLUMBLINE_URL: 'http://127.0.0.1:7271' } },
)
const web = await createServer({ configFile: join(root, 'vite.config.ts') })
await web.listen()
web.printUrls()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
await once(server, 'exit')
await web.close()

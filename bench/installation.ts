import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')

/** A program of ours that runs beside the bench. */
interface Running {
  readonly url: string
  /** From spawning it until it said that it is ready, in milliseconds. */
  readonly readyAfter: number
  /** Resident memory of the process itself in MB, without the database it started. */
  memory(): number
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/** Starts `plumbline serve` on a home folder, as a user would: the executable, with the settings it has by default. */
export async function startServer(home: string): Promise<Running> {
  const port = await freePort()
  const env = { ...process.env, PLUMBLINE_HOME: home, PORT: String(port) }
  return run(['bin/plumbline.js', 'serve'], env, (line) =>
    line.startsWith('Plumbline ready at') ? `http://127.0.0.1:${port}` : null,
  )
}

/** Starts the yardstick beside a running server. */
export const startBare = (home: string): Promise<Running> =>
  run(['bench/bare-server.ts', home], process.env, (line) =>
    line.startsWith('{') ? `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}` : null,
  )

async function run(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: (line: string) => string | null,
): Promise<Running> {
  const start = performance.now()
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const url = await firstOf(child, ready)
  const readyAfter = performance.now() - start
  return {
    url,
    readyAfter,
    memory: () => residentMegabytes(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstOf(child: ChildProcess, ready: (line: string) => string | null): Promise<string> {
  if (!child.stdout) throw new Error('No output to read.')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = ready(line)
    if (url === null) continue
    child.stdout.resume()
    return url
  }
  throw new Error('A program of the bench ended before it was ready.')
}

function residentMegabytes(pid: number): number {
  const status = `/proc/${pid}/status`
  const kilobytes = existsSync(status)
    ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  return Number(kilobytes) / 1024
}

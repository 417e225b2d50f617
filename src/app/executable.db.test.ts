import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const executable = resolve(import.meta.dirname, '../../bin/plumbline.js')

let home: string
let child: ChildProcess | null = null

beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'plumbline-bin-')), 'home')
})
afterEach(async () => {
  child?.kill('SIGKILL')
  child = null
  rmSync(join(home, '..'), { recursive: true, force: true })
})

interface Started {
  readonly child: ChildProcess
  /** Resolves with everything printed once the process and all others that could print have ended. */
  readonly output: Promise<string>
  /** Resolves when this was printed. */
  says(text: string): Promise<void>
}

function start(node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const started = spawn(node, [executable, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, PORT: String(20_000 + (process.pid % 20_000)), ...env },
  })
  child = started
  let text = ''
  const collect = (chunk: Buffer): void => {
    text += chunk.toString()
  }
  started.stdout.on('data', collect)
  started.stderr.on('data', collect)
  return {
    child: started,
    output: Promise.all([once(started.stdout, 'close'), once(started, 'exit')]).then(() => text),
    says: async (wanted) => {
      while (!text.includes(wanted)) await Promise.race([once(started.stdout, 'data'), ended(started)])
    },
  }
}

async function ended(started: ChildProcess): Promise<never> {
  await once(started, 'exit')
  throw new Error('ended before it said so')
}

/** A Node on this machine that is older than the pinned one, as a person may have it; null when there is none. */
function olderNode(): string | null {
  for (const folder of ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(':')]) {
    const node = join(folder, 'node')
    if (!existsSync(node)) continue
    const version = /^v(\d+)\./.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]
    if (Number(version) < 24) return node
  }
  return null
}

const stopped = (): boolean => !existsSync(join(home, 'database/postmaster.pid'))

describe('plumbline serve', { timeout: 30_000 }, () => {
  test('starts, and Ctrl-C pressed twice stops it cleanly once', async () => {
    const { child, output, says } = start(process.execPath, ['serve'])
    await says('Plumbline ready at')
    child.kill('SIGINT')
    child.kill('SIGINT')
    const text = await output
    expect(text.match(/Stopping/g)).toHaveLength(1)
    expect(child.exitCode).toBe(0)
    expect(stopped()).toBe(true)
  })

  test('a wrong variable is refused in a sentence, with exit code 1 and before anything is made', async () => {
    const { child, output } = start(process.execPath, ['serve'], { PLUMBLINE_HOEM: 'x' })
    expect(await output).toContain('Did you mean PLUMBLINE_HOME?')
    expect(child.exitCode).toBe(1)
    expect(existsSync(home)).toBe(false)
  })

  const node = olderNode()
  test.runIf(node !== null)('an older Node hands over to the pinned one, with signals and exit code', async () => {
    const refused = start(node ?? '', ['serve'], { PORT: 'x' })
    expect(await refused.output).toContain('PORT is "x"')
    expect(refused.child.exitCode).toBe(1)
    const { child, output, says } = start(node ?? '', ['serve'])
    await says('Plumbline ready at')
    child.kill('SIGTERM')
    expect(await output).toContain('Stopping: received SIGTERM.')
    expect(child.exitCode).toBe(0)
    expect(stopped()).toBe(true)
  })

  test.runIf(node !== null)('when the older Node is killed, the server stops in order', async () => {
    const { child, output, says } = start(node ?? '', ['serve'])
    await says('Plumbline ready at')
    child.kill('SIGKILL')
    expect(await output).toContain('Stopping')
    expect(stopped()).toBe(true)
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('database system is shut down')
  })
})

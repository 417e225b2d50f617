import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '#kernel/time.ts'
import { openDatabase } from '#platform/db/database.ts'
import { transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { type Verification, verifyLedger } from '#platform/ledger/verify.ts'
import { findRunningDatabase } from '#platform/postgres/orphan.ts'
import { endServerProcesses, listServerProcesses } from '#platform/postgres/processes.ts'

const executable = resolve(import.meta.dirname, '../../bin/plumbline.js')

const port = 20_000 + (process.pid % 20_000)
const address = `http://127.0.0.1:${port}`

const template = mkdtempSync(join(tmpdir(), 'plumbline-bin-template-'))
let home: string
let child: ChildProcess | null = null

beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'plumbline-bin-')), 'home')
})
afterEach(async () => {
  child?.kill('SIGKILL')
  child = null
  const data = join(home, 'database')
  if (existsSync(data)) await endServerProcesses(data, null)
  rmSync(join(home, '..'), { recursive: true, force: true })
})
afterAll(() => rmSync(template, { recursive: true, force: true }))

/** Keeps the home folder of a test that stopped in order; starting with a copy of it is faster than from nothing. */
const keepAsTemplate = (): void => void execFileSync('cp', ['-a', `${home}/.`, template])
const useTemplate = (): void => void execFileSync('cp', ['-a', `${template}/.`, home])

interface Started {
  readonly child: ChildProcess
  /** Resolves with everything printed once the process and all others that could print have ended. */
  readonly output: Promise<string>
  /** Resolves when this was printed, with everything printed so far. */
  says(text: string): Promise<string>
}

function start(node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const started = spawn(node, [executable, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, PORT: String(port), ...env },
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
      while (!text.includes(wanted)) await Promise.race([once(started.stdout, 'data'), ended(started, () => text)])
      return text
    },
  }
}

async function ended(started: ChildProcess, said: () => string): Promise<never> {
  await once(started, 'exit')
  throw new Error(`ended before it said so: ${said()}`)
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

/** Ends the first process of the server, as the kernel does when memory is short. */
function killPostgres(): void {
  const [pid = ''] = readFileSync(join(home, 'database/postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

const statusOf = async (path: string): Promise<number> => (await fetch(`${address}${path}`)).status

/** Sets the installation up over HTTP. */
async function setUp(code: string): Promise<{ slug: string; cookie: string }> {
  const answer = await fetch(`${address}/api/v1/installation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      administrator: { name: 'Anna Berg', email: 'anna@acme.example', password: 'a sentence I remember' },
      organization: {
        name: 'Acme',
        sector: 'software',
        size: '11-50',
        language: 'en',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
      },
    }),
  })
  const session = (await answer.json()) as { organizations: { slug: string }[] }
  return {
    slug: session.organizations[0]?.slug ?? '',
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
  }
}

async function verifyRunning(slug: string): Promise<Verification> {
  const access = findRunningDatabase(home)
  if (access === null) throw new Error('the database does not run')
  const db = await openDatabase(access.app)
  const system = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
  try {
    return await transaction(db, systemClock, openSystemScope(slug, system), { mode: 'read' }, (tx) =>
      verifyLedger(tx, tx.org.id),
    )
  } finally {
    await db.close()
  }
}

describe('plumbline serve', { timeout: 60_000 }, () => {
  test('starts, outlives its PostgreSQL, and Ctrl-C pressed twice stops it cleanly once', async () => {
    const { child, output, says } = start(process.execPath, ['serve'])
    const code = /Set-up code: (\S+)/.exec(await says('Set-up code: '))?.[1] ?? ''
    const docs = await fetch(`${address}/api/docs`)
    expect([docs.status, docs.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(docs.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src/)
    const { slug, cookie } = await setUp(code)
    const assets = `/api/v1/orgs/${slug}/assets`
    const headers = { cookie, 'content-type': 'application/json' }
    const acknowledged: string[] = []
    const statuses = { write: new Set<number>(), ready: new Set<number>(), health: new Set<number>() }
    const seen = { back: false }
    let written = 0
    const write = async (): Promise<void> => {
      const name = `Asset ${++written}`
      const body = JSON.stringify({ name, kind: 'data' })
      const { status } = await fetch(`${address}${assets}`, { method: 'POST', headers, body })
      statuses.write.add(status)
      if (status === 201) acknowledged.push(name)
      // Leaves the processor to the server that recovers.
      else await delay(20)
    }
    const keepWriting = async (): Promise<void> => {
      while (!seen.back) await write()
    }
    const watch = async (): Promise<void> => {
      while (acknowledged.length < 10) await statusOf('/readyz')
      killPostgres()
      while (!seen.back) {
        const ready = await statusOf('/readyz')
        statuses.ready.add(ready)
        statuses.health.add(await statusOf('/healthz'))
        if (ready === 503) await delay(20)
        seen.back = ready === 200 && statuses.ready.has(503)
      }
    }
    await Promise.all([watch(), keepWriting(), keepWriting(), keepWriting()])
    await write()
    expect(acknowledged.at(-1)).toBe(`Asset ${written}`)
    expect([...statuses.write].sort()).toEqual([201, 503])
    expect([...statuses.ready].sort()).toEqual([200, 503])
    expect([...statuses.health]).toEqual([200])
    const list = (await (await fetch(`${address}${assets}?limit=10000`, { headers })).json()) as {
      items: { name: string }[]
    }
    const names = list.items.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(names).size).toBe(names.length)
    // Each record that is there is whole: its ledger entry says the same.
    expect(await verifyRunning(slug)).toMatchObject({ ok: true, faults: [] })

    child.kill('SIGINT')
    child.kill('SIGINT')
    const text = await output
    expect(text).toMatch(/PostgreSQL ended by itself[\s\S]*PostgreSQL runs again\./)
    expect(text.match(/Stopping/g)).toHaveLength(1)
    expect(child.exitCode).toBe(0)
    expect(stopped()).toBe(true)
    keepAsTemplate()
  })

  test('while its PostgreSQL cannot be started again it answers, and SIGTERM stops everything', async () => {
    useTemplate()
    const { child, output, says } = start(process.execPath, ['serve'])
    await says('Plumbline ready at')
    writeFileSync(join(home, 'database/postgresql.conf'), 'nonsense')
    killPostgres()
    await says('PostgreSQL is started again in 2 s.')
    expect([await statusOf('/readyz'), await statusOf('/api/v1/installation')]).toEqual([503, 503])
    expect([await statusOf('/healthz'), await statusOf('/')]).toEqual([200, 200])
    child.kill('SIGTERM')
    expect(await output).toMatch(/could not be started again \(attempt 2 of 12\): .*postgresql\.conf/)
    expect(child.exitCode).toBe(0)
    expect(await listServerProcesses(join(home, 'database'))).toEqual([])
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
    useTemplate()
    const { child, output, says } = start(node ?? '', ['serve'])
    await says('Plumbline ready at')
    child.kill('SIGTERM')
    expect(await output).toContain('Stopping: received SIGTERM.')
    expect(child.exitCode).toBe(0)
    expect(stopped()).toBe(true)
  })

  test.runIf(node !== null)('when the older Node is killed, the server stops in order', async () => {
    useTemplate()
    const { child, output, says } = start(node ?? '', ['serve'])
    await says('Plumbline ready at')
    child.kill('SIGKILL')
    expect(await output).toContain('Stopping')
    expect(stopped()).toBe(true)
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('database system is shut down')
  })
})

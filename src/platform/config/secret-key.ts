import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { Secret } from './secret.ts'
import { keyText } from './variables.ts'

/**
 * The key that encrypts stored secrets: the configured one, else the one in `secret.key` in the home folder, made on
 * the first start (mode 0600, never inside the database folder, so that a copy of the database alone reveals nothing).
 * Call it before the database is started for the first time: a database without its key is refused, because a new
 * key could not read what the old one encrypted.
 */
export function loadSecretKey(config: {
  readonly home: string
  readonly secretKey: Secret<Uint8Array> | null
}): Result<Secret<Uint8Array>> {
  if (config.secretKey !== null) return ok(config.secretKey)
  const file = join(config.home, 'secret.key')
  try {
    if (!existsSync(file)) {
      if (existsSync(join(config.home, 'database', 'PG_VERSION'))) return lostKey(file)
      createKeyFile(config.home, file)
    }
    const key = keyText.safeParse(readFileSync(file, 'utf8'))
    if (!key.success) {
      return refuse(
        'config.secret_key_unusable',
        `${file} does not hold a key of 32 bytes. Restore it from a backup, or set PLUMBLINE_SECRET_KEY to the key in use.`,
        { file },
      )
    }
    return ok(new Secret(key.data))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return refuse(
      'config.secret_key_unusable',
      `The secret key ${file} cannot be read or made (${String(error.code)}). Start Plumbline as the user who owns ${config.home}, or set PLUMBLINE_SECRET_KEY.`,
      { file },
    )
  }
}

function lostKey(file: string): ReturnType<typeof refuse> {
  return refuse(
    'config.secret_key_missing',
    `${file} is missing, though a database exists beside it. Restore the file, or set PLUMBLINE_SECRET_KEY to the key that was used. With a new key (openssl rand -hex 32) Plumbline starts, but stored secrets such as connector passwords have to be entered again.`,
    { file },
  )
}

/** Written aside and linked into place: whoever comes second reads the complete key of whoever came first. */
function createKeyFile(home: string, file: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    chmodSync(aside, 0o600)
    linkSync(aside, file)
  } catch (error) {
    // Some file systems have no links; there a copy that refuses to overwrite has to do.
    if (!existsSync(file)) copyFileSync(aside, file, constants.COPYFILE_EXCL)
    else if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '#kernel/time.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { type PlatformTx, platformTransaction } from '#platform/db/transaction.ts'
import { secretHash } from './scope.ts'

const prefix = 'set-up-code:'
// Letters and digits that cannot be taken for each other (Crockford's base 32).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const kept = 10

const nameOf = (code: string): string => prefix + secretHash(normalCode(code)).toString('hex')

/** The code as it was meant: without hyphens and blanks, with look-alike letters read as digits. */
export function normalCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

function newCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => alphabet[byte % 32] ?? '0').join('')
  return letters.replaceAll(/(.{4})(?!$)/g, '$1-')
}

/** What an installation knows about itself before anybody signs in. */
export interface InstallationState {
  /** Somebody has set up an organization; the demo does not count. */
  readonly setUp: boolean
  readonly demo: boolean
}

export async function installationState(tx: PlatformTx): Promise<InstallationState> {
  const row = await tx.first<InstallationState>(statement('select set_up, demo from identity.installation_state()'))
  return row ?? { setUp: false, demo: false }
}

/**
 * The one-time code for setting up the first organization, for the console; null once there is one. Only its hash is
 * stored, so each start of a fresh installation makes another code; the last ten work until one of them is used.
 */
export function ensureSetUpCode(db: Database, clock: Clock = systemClock): Promise<string | null> {
  return platformTransaction(db, clock, async (tx) => {
    if ((await installationState(tx)).setUp) {
      await burnSetUpCodes(tx)
      return null
    }
    const code = newCode()
    await tx.rows(statement('insert into identity.installation (name, value) values ($1, $2)', [nameOf(code), tx.now]))
    await tx.rows(
      statement(
        `delete from identity.installation where starts_with(name, $1) and name not in (
           select name from identity.installation where starts_with(name, $1) order by value desc, name limit $2)`,
        [prefix, kept],
      ),
    )
    return code
  })
}

/** Whether a typed code is one of those printed. */
export async function isSetUpCode(tx: PlatformTx, typed: string): Promise<boolean> {
  const row = await tx.first(statement('select name from identity.installation where name = $1', [nameOf(typed)]))
  return row !== undefined
}

/**
 * Burns all codes. A second set-up at the same time waits here and then finds none left.
 * @returns whether there was still one
 */
export async function burnSetUpCodes(tx: PlatformTx): Promise<boolean> {
  return (await tx.count(statement('delete from identity.installation where starts_with(name, $1)', [prefix]))) > 0
}

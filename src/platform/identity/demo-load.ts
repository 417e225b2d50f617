import { statement } from '#platform/db/database.ts'
import type { PlatformTx } from '#platform/db/transaction.ts'
import { installationState } from './set-up-code.ts'

/** Loads the demo organization where it is not there yet. The application provides it. */
export interface DemoLoader {
  /** @param tell told the day of the story that was reached, and its last */
  load(tell: (done: number, of: number) => void): Promise<void>
}

/** How far a load that was asked for in the browser has come. It lies in the database: any server process may be asked. */
export interface DemoLoad {
  readonly state: 'loading' | 'loaded' | 'failed'
  readonly done: number
  readonly of: number
}

interface Stored extends DemoLoad {
  readonly at: string
}

const name = 'demo.load'
// A load writes every second or so; one that is silent for longer has died with its process.
const silentMillis = 60_000

/** The load that was asked for; null when none was. One that has died counts as failed. */
export async function demoLoad(tx: PlatformTx): Promise<DemoLoad | null> {
  const row = await tx.first<{ value: string }>(
    statement('select value from identity.installation where name = $1', [name]),
  )
  if (!row) return null
  const { state, done, of, at } = JSON.parse(row.value) as Stored
  const died = state === 'loading' && Date.parse(tx.now) - Date.parse(at) > silentMillis
  return { state: died ? 'failed' : state, done, of }
}

/** Writes down how far the load has come. */
export async function writeDemoLoad(tx: PlatformTx, load: DemoLoad): Promise<void> {
  const value: Stored = { ...load, at: tx.now }
  await tx.rows(
    statement(
      'insert into identity.installation (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
      [name, JSON.stringify(value)],
    ),
  )
}

/**
 * Whether the demo’s personas may sign in by one click: where the server was started to show it, or where somebody with
 * the set-up code had it loaded and no organization of their own has been set up since.
 */
export async function personasOpen(tx: PlatformTx, shown: boolean): Promise<boolean> {
  const { setUp, demo } = await installationState(tx)
  if (!demo) return false
  return shown || (!setUp && (await demoLoad(tx))?.state === 'loaded')
}

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'

/** A way to the test cluster that can be closed and opened, as a database that goes away and comes back. */
export interface Gateway {
  /** The settings given, led through the gateway. */
  readonly settings: pg.PoolConfig
  /** Cuts every connection and lets nobody in. */
  close(): Promise<void>
  open(): Promise<void>
  /** Lets the next COMMIT through and cuts the connection in place of the answer. */
  loseNextCommit(): void
  /** Closes for good. */
  remove(): Promise<void>
}

/** Opens a gateway in front of the server whose socket folder the settings name. */
export async function openGateway(settings: pg.PoolConfig): Promise<Gateway> {
  const port = settings.port ?? 5432
  const real = join(settings.host ?? '', `.s.PGSQL.${port}`)
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-gate-'))
  const own = join(folder, `.s.PGSQL.${port}`)
  const pairs = new Set<Socket>()
  let losing = false
  let server: Server | null = null

  const pass = (client: Socket): void => {
    const database = connect(real)
    let deaf = false
    const cut = (): void => {
      client.destroy()
      database.destroy()
      pairs.delete(client)
    }
    pairs.add(client)
    client.on('data', (data) => {
      if (losing && data.includes('commit\0')) {
        losing = false
        deaf = true
      }
      database.write(data)
    })
    database.on('data', (data) => (deaf ? cut() : client.write(data)))
    for (const side of [client, database]) side.on('error', cut).on('close', cut)
  }
  const open = async (): Promise<void> => {
    const opened = createServer(pass)
    server = opened
    await new Promise<void>((settle) => opened.listen(own, settle))
  }
  const close = async (): Promise<void> => {
    const closing = server
    server = null
    for (const client of pairs) client.destroy()
    if (closing !== null) await new Promise((settle) => closing.close(settle))
    if (existsSync(own)) rmSync(own)
  }
  await open()
  return {
    settings: { ...settings, host: folder },
    close,
    open,
    loseNextCommit: () => {
      losing = true
    },
    remove: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

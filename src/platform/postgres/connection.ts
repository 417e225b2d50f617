/** What `pg` needs to open a connection; spread it into a client's or pool's settings. */
export interface PostgresConnection {
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly database?: string
  readonly connectionString?: string
  readonly ssl?: false
  /** Settings of the session; always given, so that PGOPTIONS of the environment does not leak in. */
  readonly options?: string
}

/** The two ways into the database. */
export interface DatabaseAccess {
  /** Owns the tables: migrations and job bookkeeping. Row-level security does not bind it. */
  readonly owner: PostgresConnection
  /** What requests run as: row-level security binds it, and it cannot change the ledger. */
  readonly app: PostgresConnection
}

/** Names inside the embedded cluster; `app` is also the role a database of one's own must offer. */
export const databaseName = 'plumbline'
export const ownerRole = 'plumbline_owner'
export const appRole = 'app'

/** Connections through a socket folder that only the server's user may enter; the folder is the authentication. */
export function socketAccess(socketFolder: string, port: number, database = databaseName): DatabaseAccess {
  const as = (user: string): PostgresConnection => ({
    host: socketFolder,
    port,
    user,
    database,
    ssl: false,
    options: '-c timezone=UTC',
  })
  return { owner: as(ownerRole), app: as(appRole) }
}

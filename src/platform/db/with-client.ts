import pg from 'pg'

/** Runs work on a connection of its own and closes it. A connection that breaks fails the work, not the process. */
export async function withClient<T>(settings: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(settings)
  // The error also rejects the statement that was running, and the next one.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

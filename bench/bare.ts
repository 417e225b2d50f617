import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { newId } from '#kernel/id.ts'
import type { PostgresConnection } from '#platform/postgres/connection.ts'

// What the same reads and writes cost with nothing but pg: the yardstick.

const reads = {
  risks: [
    `select r.*, o.name as owner_name, o.status from risk r left join person o on o.org_id = r.org_id and o.id = r.owner_id
     where r.org_id = $1 and r.withdrawn_at is null order by r.ref collate people limit 10000`,
    `select count(*) from risk where org_id = $1 and withdrawn_at is null`,
    `select * from risk_control where org_id = $1`,
    `select a.*, p.name as owner_name from risk_action a left join person p on p.org_id = a.org_id and p.id = a.owner_id where a.org_id = $1`,
    `select id, ref, title from control where org_id = $1`,
  ],
  soa: [
    `select c.*, o.name as owner_name from control c left join person o on o.org_id = c.org_id and o.id = c.owner_id where c.org_id = $1`,
    `select l.control_id, r.ref, r.title from risk_control l join risk r on r.org_id = l.org_id and r.id = l.risk_id where l.org_id = $1 and l.live`,
    `select l.control_id, a.* from control_evidence l join artefact a on a.org_id = l.org_id and a.id = l.artefact_id where l.org_id = $1`,
    `select t.control_id, t.ref, t.title from risk_action t where t.org_id = $1 and t.control_id is not null`,
  ],
} as const

/** An HTTP server that runs the same statements and stringifies what comes back. */
export async function bareServer(owner: PostgresConnection): Promise<{ url: string; close(): Promise<void> }> {
  const pool = new pg.Pool({ ...owner, max: 2 })
  await pool.query(
    'create table if not exists bench_row (id uuid primary key, body jsonb); create table if not exists bench_log (id uuid primary key, body jsonb)',
  )
  const server: Server = createServer((request, response) => {
    const [, kind = '', org = ''] = (request.url ?? '').split('/')
    const work = kind === 'create' ? write(pool) : read(pool, kind as keyof typeof reads, org)
    work.then(
      (body) => response.end(JSON.stringify(body)),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await pool.end()
    },
  }
}

async function read(pool: pg.Pool, kind: keyof typeof reads, org: string): Promise<unknown> {
  const client = await pool.connect()
  try {
    const answers = []
    for (const [index, text] of reads[kind].entries()) {
      answers.push((await client.query({ name: `${kind}${index}`, text, values: [org] })).rows)
    }
    return answers
  } finally {
    client.release()
  }
}

// The bare two-row transaction: one row, one log entry, four statements.
async function write(pool: pg.Pool): Promise<unknown> {
  const client = await pool.connect()
  const body = JSON.stringify({ title: 'Loss of service', scenario: 'x'.repeat(200) })
  try {
    await client.query('begin')
    await client.query({
      name: 'row',
      text: 'insert into bench_row values ($1, $2)',
      values: [newId(Date.now()), body],
    })
    await client.query({
      name: 'log',
      text: 'insert into bench_log values ($1, $2)',
      values: [newId(Date.now()), body],
    })
    await client.query('commit')
    return {}
  } finally {
    client.release()
  }
}

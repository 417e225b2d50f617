import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { newId } from '#kernel/id.ts'
import { findRunningDatabase } from '#platform/postgres/orphan.ts'

// The yardstick, a process of its own: what the same facts cost with nothing but pg and JSON.stringify, written the way
// an engineer would write it by hand. It reads the columns the product's answer is made of and no others (so neither
// the texts a list does not show nor those that only a record page shows), joins names in the database, prepares its
// statements, and needs neither rights nor scope: it connects as the owner, whom row-level security lets through.
// Started as: node bench/bare-server.ts HOME
const access = findRunningDatabase(process.argv[2] ?? '')
if (access === null) throw new Error('No Plumbline is running on this home folder.')
const pool = new pg.Pool({ ...access.owner, max: 10 })

const active = (person: string): string => `${person}.status <> 'left' and ${person}.withdrawn_at is null`
const controlTitle = `coalesce(e.title ->> 'en', c.title)`
const works = `c.withdrawn_at is null and c.applicability <> 'excluded' and c.stated not in ('notImplemented', 'planned')`

const reads = {
  // A register with owner, scores, controls and actions, and the acts its status follows from.
  risks: [
    `select r.id, r.ref, r.version, r.kind, r.title, r.scenario, r.category, r.confidentiality, r.integrity, r.availability,
       r.owner_id, o.name as owner_name, ${active('o')} as owner_active, r.imported ->> 'claimedOwner' as owner_text,
       r.inherent, r.current, r.target, r.method_id, r.assessed_at, r.closed_at
     from risk r left join person o on o.org_id = r.org_id and o.id = r.owner_id
     where r.org_id = $1 and r.withdrawn_at is null order by r.ref collate people limit 10000`,
    `select count(*) from risk where org_id = $1 and withdrawn_at is null`,
    `select id, name, status, bands from risk_method where org_id = $1`,
    `select risk_id, kind from risk_option where org_id = $1 and live`,
    `select l.risk_id, l.control_id, l.state, l.lowers, c.ref, ${controlTitle} as title, ${works} as works
     from risk_control l join control c on c.org_id = l.org_id and c.id = l.control_id
     left join catalogue.entry e on e.release = c.release and e.ref = c.ref
     where l.org_id = $1 and l.live`,
    `select risk_id, ref, status, due_on from risk_action where org_id = $1`,
    `select risk_id, act, person_id, signed_at, expires_on, material_hash from risk_approval
     where org_id = $1 and ended_at is null`,
  ],
  // The working statement with drivers, evidence and what the derived status follows from.
  soa: [
    `select c.id, c.ref, c.version, ${controlTitle} as title, c.source, c.theme, c.applicability, c.justification,
       c.business_reason, c.implementation, c.stated, c.planned_on, c.operated_by, c.provider,
       c.owner_id, o.name as owner_name, ${active('o')} as owner_active, c.owner_text
     from control c left join person o on o.org_id = c.org_id and o.id = c.owner_id
     left join catalogue.entry e on e.release = c.release and e.ref = c.ref
     where c.org_id = $1 and c.withdrawn_at is null order by c.ref collate people`,
    `select l.control_id, r.id, r.ref, r.title from risk_control l
     join risk r on r.org_id = l.org_id and r.id = l.risk_id and r.withdrawn_at is null and r.closed_at is null
     where l.org_id = $1 and l.live`,
    `select l.control_id, o.id, o.kind, o.ref, o.title from control_obligation l
     join obligation o on o.org_id = l.org_id and o.id = l.obligation_id and o.withdrawn_at is null
     where l.org_id = $1 and l.live`,
    `select l.control_id, l.assurance, a.id, a.ref, a.title, a.kind, a.outcome, a.collected_at, a.valid_until, a.verdict
     from control_evidence l
     join artefact a on a.org_id = l.org_id and a.id = l.artefact_id and a.withdrawn_at is null
     where l.org_id = $1 and l.live`,
    `select t.control_id, t.ref, t.status, t.due_on from risk_action t
     where t.org_id = $1 and t.control_id is not null and t.status <> 'cancelled'
     union all
     select l.control_id, t.ref, t.status, t.due_on from action_control l
     join risk_action t on t.org_id = l.org_id and t.id = l.action_id and t.status <> 'cancelled'
     where l.org_id = $1 and l.live`,
    `select v.id, v.number, v.status, v.hash, v.approved_at, a.name as approved_by from soa_version v
     left join person a on a.org_id = v.org_id and a.id = v.approved_by
     where v.org_id = $1 and v.status in ('issued', 'proposed')`,
  ],
} as const

async function read(kind: keyof typeof reads, org: string): Promise<unknown> {
  const client = await pool.connect()
  try {
    const answers = []
    for (const [index, statement] of reads[kind].entries()) {
      answers.push((await client.query({ name: `${kind}${index}`, text: statement, values: [org] })).rows)
    }
    return answers
  } finally {
    client.release()
  }
}

// One row and its log entry in one transaction, into tables with the columns and indexes of the real ones.
async function write(request: IncomingMessage, org: string): Promise<unknown> {
  const given = JSON.parse(await text(request)) as Record<string, unknown>
  const now = new Date()
  const id = newId(now.getTime())
  const seq = now.getTime() * 1000 + Math.floor(Math.random() * 1000)
  const risk = { ...given, id, org_id: org, version: 1, ref: `B-${seq}`, rationale: '' }
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({
      name: 'row',
      text: `insert into bench_risk (org_id, id, version, ref, kind, title, scenario, threat, vulnerability, category,
               confidentiality, integrity, availability, rationale)
             values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')`,
      values: [
        org,
        id,
        risk.ref,
        ...['kind', 'title', 'scenario', 'threat', 'vulnerability', 'category'].map((key) => given[key] ?? null),
        ...['confidentiality', 'integrity', 'availability'].map((key) => given[key] ?? 'notStated'),
      ],
    })
    await client.query({
      name: 'entry',
      text: `insert into bench_entry (org_id, seq, at, actor, action, record_type, record_id, after, tx, content, hash)
             values ($1, $2, $3, $4, 'risk.recorded', 'risk', $5, $6, $5, '', '')`,
      values: [org, seq, now, { kind: 'person', name: 'Anna Berg' }, id, risk],
    })
    await client.query('commit')
    return risk
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

await pool.query('drop table if exists bench_risk, bench_entry')
await pool.query('create table bench_risk (like risk including all)')
await pool.query('create table bench_entry (like ledger_entry including all)')

const server = createServer((request, response) => {
  const [, kind = '', org = ''] = (request.url ?? '').split('/')
  const work = kind === 'create' ? write(request, org) : read(kind as keyof typeof reads, org)
  work.then(
    (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    (error: Error) => response.writeHead(500).end(error.message),
  )
})
// As long as the product keeps a connection: on a busy machine a round can take longer than Node's five seconds.
server.keepAliveTimeout = 72_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`)
})
process.on('SIGTERM', () => process.exit(0))

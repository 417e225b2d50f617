import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import { type Change, created } from '#kernel/change.ts'
import { type Id, newId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import { addAsset, blankAsset } from '#modules/assets/domain/asset.ts'
import { importCatalogue } from '#modules/catalogue/server/import-catalogue.ts'
import { addPerson } from '#modules/people/domain/person.ts'
import { directory } from '#modules/people/server/directory.ts'
import type { At } from '#modules/risk/domain/acting.ts'
import { approveMethod } from '#modules/risk/domain/approve-method.ts'
import { assessRisk } from '#modules/risk/domain/assess-risk.ts'
import { addAction } from '#modules/risk/domain/change-action.ts'
import { defaultMethod } from '#modules/risk/domain/default-method.ts'
import { draftMethod } from '#modules/risk/domain/draft-method.ts'
import type { RiskMethod } from '#modules/risk/domain/method.ts'
import { recordRisk } from '#modules/risk/domain/record-risk.ts'
import { recordTypes } from '#modules/risk/domain/record-types.ts'
import { type Grant, systemGrant } from '#platform/access/policy.ts'
import { type Database, openDatabase, statement } from '#platform/db/database.ts'
import { migrate } from '#platform/db/migrate.ts'
import { type Tx, transaction } from '#platform/db/transaction.ts'
import { createFileStore } from '#platform/files/file-store.ts'
import { createServer } from '#platform/http/server.ts'
import { createOrganization, newOrganizationScope } from '#platform/identity/organizations.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { createTokenBySystem } from '#platform/identity/system.ts'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'

/** A server with a database that syncs to disk, as in production, and a token for each organization. */
export interface Stage {
  readonly url: string
  readonly db: Database
  readonly access: DatabaseAccess
  readonly clock: { now: Instant }
  token(org: string): Promise<string>
  close(): Promise<void>
}

const operator = { kind: 'system', id: null, name: 'generator', personId: null, roles: [] } as const
const silent = { info: (): void => undefined, warn: (): void => undefined }

/** Starts everything in a temporary folder. */
export async function openStage(): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
  const postgres = orRefuse(await startEmbeddedPostgres({ home, log: silent }))
  await migrate(postgres.access.owner)
  await importCatalogue(postgres.access.owner)
  const db = await openDatabase(postgres.access.app)
  const clock = { now: '2026-01-05T09:00:00.000Z' as Instant }
  const url = new URL('http://127.0.0.1:7270')
  const files = await createFileStore({ kind: 'local', folder: join(home, 'files') })
  const http = await createServer({
    db,
    clock: () => clock.now,
    roleTable,
    useCases: modules.flatMap((one) => one.useCases),
    records: modules.flatMap((one) => one.records),
    services: { directory, mail: null, url, demo: false, roleTable, files, appVersion: 'bench' },
    url,
    trustProxy: false,
    logLevel: 'silent',
  })
  const address = await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: address,
    db,
    access: postgres.access,
    clock,
    async token(org) {
      const expiresAt = new Date(Date.parse(clock.now) + 300 * 86_400_000).toISOString() as Instant
      return (await createTokenBySystem(db, () => clock.now, org, { roles: ['ismsManager'], expiresAt })).token
    },
    async close() {
      await http.close()
      await db.close()
      files.close()
      await postgres.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** An organization of that many risks, each assessed, with two controls and three actions; as many assets. */
export async function generate(stage: Stage, slug: string, risks: number): Promise<void> {
  const { db, clock } = stage
  const facts = {
    slug,
    name: slug,
    sector: 'other',
    size: '51-250',
    language: 'en',
    currency: 'EUR',
    timeZone: 'UTC',
    demo: false,
  }
  const id = newId<'org'>(Date.parse(clock.now))
  await transaction(
    db,
    () => clock.now,
    newOrganizationScope(id, facts),
    { mode: 'write' },
    (tx) => createOrganization(tx, facts, 'generator'),
  )
  const inside = <T>(work: (tx: Tx, grant: Grant) => Promise<T>): Promise<T> =>
    transaction(
      db,
      () => clock.now,
      openSystemScope(slug, operator),
      { mode: 'write' },
      (tx) => work(tx, systemGrant(tx.org, 'generator')),
    )
  const people = await inside((tx, grant) => addPeople(tx, grant))
  const at = (tx: Tx): At => ({
    orgId: tx.org.id,
    by: { personId: people[0] as Id<'person'>, roles: ['topManagement'] },
    now: tx.now,
    today: tx.now.slice(0, 10) as LocalDate,
    mint: () => tx.newId(),
  })
  const method = await inside((tx, grant) => approvedMethod(tx, grant, at(tx)))
  const controls = await inside((tx) =>
    tx.rows<{ id: Id<'control'> }>(statement('select id from control order by ref')),
  )
  for (let from = 0; from < risks; from += 500) {
    await inside(async (tx, grant) => {
      const changes: Change[] = []
      for (let n = from; n < Math.min(from + 500, risks); n++) {
        const owner = { id: people[n % people.length] as Id<'person'>, name: 'Owner', active: true }
        changes.push(...riskOf(n, { ...at(tx), owner }, method, controls))
        changes.push(
          addAsset(
            { id: tx.newId(), orgId: tx.org.id, ref: `A-${n + 1}` },
            { ...blankAsset, name: `Asset ${n}`, kind: 'data', ownerId: owner.id },
          ),
        )
      }
      await tx.commit(grant, changes)
    })
  }
  await inside((tx) =>
    tx.rows(
      statement(
        `insert into ref_counter (org_id, prefix, last) values ($1, 'R', $2), ($1, 'A', $2) on conflict (org_id, prefix) do update set last = excluded.last`,
        [tx.org.id, risks],
      ),
    ),
  )
}

async function addPeople(tx: Tx, grant: Grant): Promise<Id<'person'>[]> {
  const changes = Array.from({ length: 40 }, (_, n) =>
    addPerson(
      { id: tx.newId<'person'>(), orgId: tx.org.id, ref: `P-${n + 1}` },
      {
        name: `Person ${n}`,
        email: null,
        jobTitle: 'Owner',
        kind: 'employee',
        teamId: null,
        managerId: null,
        startedOn: null,
        note: '',
      },
    ),
  ).map(orRefuse)
  await tx.commit(grant, changes)
  return changes.map((change) => change.after.id)
}

async function approvedMethod(tx: Tx, grant: Grant, at: At): Promise<RiskMethod> {
  const draft = draftMethod(defaultMethod('en', '2026'), 1, at)
  const approved = orRefuse(approveMethod(draft.after, { ...at, inForce: null, otherNames: [] }))
  await tx.commit(grant, [draft, ...approved])
  return approved[0]?.after as RiskMethod
}

function riskOf(
  n: number,
  at: At & { owner: { id: Id<'person'>; name: string; active: boolean } },
  method: RiskMethod,
  controls: readonly { id: Id<'control'> }[],
): Change[] {
  const wording = {
    kind: 'informationSecurity',
    title: `Loss of service ${n} through a failed change`,
    scenario: 'A change goes live without a way back; the service stays down until somebody restores it by hand.',
    threat: 'Faulty change',
    vulnerability: 'No rehearsal',
    category: `Category ${n % 12}`,
    confidentiality: 'notLost',
    integrity: 'lost',
    availability: 'lost',
  } as const
  const recorded = orRefuse(recordRisk(wording, { ...at, ref: `R-${n + 1}` }))
  const level = (n % 5) + 1
  const consequences = Object.fromEntries(method.dimensions.map(({ key }, i) => [key, ((n + i) % 5) + 1]))
  const input = { current: { likelihood: level, consequences }, rationale: 'Seen twice in three years.' }
  const assessed = orRefuse(assessRisk(recorded.after, input, { ...at, method, options: [], rises: [], run: null }))
  const links = [0, 1].map((k) =>
    created(
      recordTypes.control,
      {
        id: at.mint(),
        orgId: at.orgId,
        version: 1,
        riskId: recorded.after.id,
        controlId: (controls[(n + k * 31) % controls.length] as { id: Id<'control'> }).id,
        state: 'live',
        lowers: 'likelihood',
        wentLiveAt: null,
        live: true,
      },
      'risk.linked',
    ),
  )
  const actions = [0, 1, 2].map((k) => {
    const draft = {
      title: `Step ${k}`,
      description: null,
      controlId: null,
      startOn: null,
      dueOn: '2026-09-30' as LocalDate,
      resources: null,
      cost: null,
    }
    return orRefuse(addAction(recorded.after, draft, { ...at, ref: `T-${n * 3 + k + 1}` }))
  })
  return [recorded, ...assessed, ...links, ...actions]
}

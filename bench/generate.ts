import '#app/modules.ts'
import type { Change } from '#kernel/change.ts'
import { type Id, newId, type OrgId } from '#kernel/id.ts'
import { addDays, type Instant, type LocalDate } from '#kernel/time.ts'
import { type Asset, addAsset, blankAsset, changeAsset } from '#modules/assets/domain/asset.ts'
import {
  type Control,
  changeControl,
  decideApplicability,
  stateImplementation,
} from '#modules/controls/domain/control.ts'
import { issueSoa, proposeSoa } from '#modules/controls/domain/soa.ts'
import { soaHash } from '#modules/controls/server/soa-use-cases.ts'
import { workingRows } from '#modules/controls/server/soa-views.ts'
import { type Artefact, blankArtefact } from '#modules/evidence/domain/artefact.ts'
import { addArtefact } from '#modules/evidence/domain/artefact-steps.ts'
import { attachArtefact } from '#modules/evidence/domain/control-evidence.ts'
import { addPerson } from '#modules/people/domain/person.ts'
import { assignOwner } from '#modules/risk/domain/record-risk.ts'
import type { Risk } from '#modules/risk/domain/risk.ts'
import { type Grant, systemGrant } from '#platform/access/policy.ts'
import { beginBulkWrite } from '#platform/db/bulk-write.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { platformTransaction, type Tx, transaction } from '#platform/db/transaction.ts'
import { createAccount, openSession } from '#platform/identity/accounts.ts'
import { addMembership, createOrganization, newOrganizationScope } from '#platform/identity/organizations.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { approvedMethod, riskOf } from './generate-risks.ts'

/** How much an organization holds. */
export interface Amounts {
  readonly risks: number
  readonly assets: number
  readonly artefacts: number
  /** Changes of assets fill the ledger up to this many entries; 0 leaves it as it is. */
  readonly entries: number
}

/** An organization to measure with: its id, and a session of its ISMS manager. */
export interface Organization {
  readonly id: OrgId
  readonly slug: string
  readonly session: string
  /** How many entries its ledger has. */
  readonly entries: number
  /** A day between recording everything and changing it. */
  readonly past: LocalDate
}

const operator = { kind: 'system', id: null, name: 'command line', personId: null, roles: [] } as const
const step = 500
const millisPerDay = 86_400_000

/**
 * Makes an organization through the rules of the modules, over the last hundred days: people, an approved method, risks
 * that are scored, planned and half of them approved by their owner, assets, evidence, decided controls and an issued
 * statement; then changes, so that the past differs from the present.
 */
export async function generate(db: Database, slug: string, amounts: Amounts): Promise<Organization> {
  let now = Date.now() - 100 * millisPerDay
  const clock = (): Instant => new Date(now).toISOString() as Instant
  const inside = <T>(work: (tx: Tx, grant: Grant) => Promise<T>): Promise<T> =>
    transaction(db, clock, openSystemScope(slug, operator), { mode: 'write' }, (tx) =>
      work(tx, systemGrant(tx.org, operator.name)),
    )
  const inSteps = async (
    count: number,
    work: (tx: Tx, from: number, to: number) => Promise<Change[]>,
  ): Promise<void> => {
    for (let from = 0; from < count; from += step) {
      await inside(async (tx, grant) => {
        const changes = await work(tx, from, Math.min(from + step, count))
        await beginBulkWrite(tx)
        await tx.commit(grant, changes)
      })
    }
  }
  const id = await found(db, clock, slug)
  const people = await inside(addPeople)
  const method = await inside((tx, grant) => approvedMethod(tx, grant, people[0] as Id<'person'>))
  const controls = await inside((tx) =>
    tx.rows<Control>(statement('select * from control order by ref collate people')),
  )
  await inSteps(amounts.assets, async (tx, from, to) => range(from, to).map((n) => assetOf(tx, n, people)))
  await inSteps(amounts.risks, async (tx, from, to) =>
    range(from, to).flatMap((n) => riskOf(tx, n, people[n % people.length] as Id<'person'>, method, controls)),
  )
  const shown: Artefact[] = []
  await inSteps(amounts.artefacts, async (tx, from, to) => {
    const added = range(from, to).map((n) => artefactOf(tx, n, people))
    shown.push(...added.slice(0, Math.max(0, controls.length * 5 - shown.length)).map((change) => change.after))
    return added
  })
  await inside((tx, grant) => operateControls(tx, grant, controls, shown, people))
  await inside(issueStatement(people[0] as Id<'person'>))
  now += 10 * millisPerDay
  const past = clock().slice(0, 10) as LocalDate
  now += 10 * millisPerDay
  await inside((tx) => changeRisks(tx, people))
  await fillLedger(inside, amounts.entries)
  await inside((tx) => setCounters(tx, amounts))
  const session = await signIn(db, slug, people[0] as Id<'person'>)
  const entries = await inside(entriesOf)
  return { id, slug, session, entries, past: addDays(past, 1) }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

async function found(db: Database, clock: () => Instant, slug: string): Promise<OrgId> {
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
  const id = newId<'org'>(Date.parse(clock()))
  const scope = newOrganizationScope(id, facts)
  await transaction(db, clock, scope, { mode: 'write' }, (tx) => createOrganization(tx, facts, operator.name))
  return id
}

async function addPeople(tx: Tx, grant: Grant): Promise<Id<'person'>[]> {
  const changes = range(0, 40).map((n) =>
    orRefuse(
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
    ),
  )
  await tx.commit(grant, changes)
  return changes.map((change) => change.after.id)
}

function assetOf(tx: Tx, n: number, people: readonly Id<'person'>[]): Change<Asset> {
  return addAsset(
    { id: tx.newId(), orgId: tx.org.id, ref: `A-${n + 1}` },
    { ...blankAsset, name: `Asset ${n}`, kind: 'data', ownerId: people[n % people.length] as Id<'person'> },
  )
}

function artefactOf(tx: Tx, n: number, people: readonly Id<'person'>[]): Change<Artefact> {
  const fields = {
    ...blankArtefact,
    kind: 'file',
    title: `Export of settings ${n}, as taken from the system`,
    source: 'Configuration management',
    collectorId: people[n % people.length] as Id<'person'>,
    collectedAt: tx.now,
    validUntil: addDays(tx.now.slice(0, 10) as LocalDate, 400),
  } as const
  // Content is stored elsewhere; lists and statements read only what the record says of it.
  const content = {
    sha256: n.toString(16).padStart(64, '0'),
    bytes: 1000 + n,
    fileName: `settings-${n}.csv`,
    mediaType: 'text/csv',
  }
  const key = { id: tx.newId<'artefact'>(), orgId: tx.org.id, ref: `E-${n + 1}` }
  return orRefuse(addArtefact(key, fields, content, { now: tx.now, zone: tx.org.timeZone }))
}

async function operateControls(
  tx: Tx,
  grant: Grant,
  controls: readonly Control[],
  shown: readonly Artefact[],
  people: readonly Id<'person'>[],
): Promise<void> {
  const changes = controls.flatMap((control, n): Change[] => {
    const ownerId = people[n % people.length] as Id<'person'>
    const described = orRefuse(
      changeControl(control, {
        ownerId,
        implementation: `Described in the operations manual, section ${n + 1}; reviewed each quarter by the owner, who keeps the record of the review.`,
      }),
    )
    const decision = { applicability: 'applicable', justification: 'Needed to treat the risks named.' } as const
    const decided = orRefuse(decideApplicability(described.after, decision, []))
    const by = { personId: ownerId, on: tx.now.slice(0, 10) as LocalDate }
    return [described, decided, orRefuse(stateImplementation(decided.after, 'implemented', by))]
  })
  const links = shown.map((artefact, n) => {
    const control = controls[n % controls.length] as Control
    const key = { id: tx.newId<'control_evidence'>(), orgId: tx.org.id, controlId: control.id }
    return orRefuse(attachArtefact(key, artefact, undefined)) as Change
  })
  await tx.commit(grant, [...changes, ...links])
}

const issueStatement =
  (personId: Id<'person'>) =>
  async (tx: Tx, grant: Grant): Promise<void> => {
    const rows = await workingRows(tx, 'en')
    const key = { id: tx.newId<'soa'>(), orgId: tx.org.id, number: 1 }
    const by = { personId, now: tx.now }
    const proposed = orRefuse(proposeSoa(key, { rows, hash: soaHash(rows), language: 'en', note: '' }, by))
    await tx.commit(grant, [proposed, ...orRefuse(issueSoa(proposed.after, undefined, by, proposed.after.hash))])
  }

// Owners change hands: every tenth risk looked different in the past.
async function changeRisks(tx: Tx, people: readonly Id<'person'>[]): Promise<void> {
  const grant = systemGrant(tx.org, operator.name)
  const risks = await tx.rows<Risk>(statement('select * from risk order by ref collate people'))
  const owner = { id: people[1] as Id<'person'>, name: 'Person 1', active: true }
  await beginBulkWrite(tx)
  await tx.commit(
    grant,
    risks.filter((_, n) => n % 10 === 0).map((risk) => orRefuse(assignOwner(risk, owner, 'Handed over'))),
  )
}

async function fillLedger(
  inside: <T>(work: (tx: Tx, grant: Grant) => Promise<T>) => Promise<T>,
  wanted: number,
): Promise<void> {
  const missing = wanted - (await inside(entriesOf))
  for (let written = 0; written < missing; written += 2 * step) {
    await inside(async (tx, grant) => {
      const assets = await tx.rows<Asset>(
        statement('select * from asset order by version, id limit $1', [Math.min(missing - written, 2 * step)]),
      )
      await tx.commit(
        grant,
        assets.map((asset) => orRefuse(changeAsset(asset, { note: `Looked at after ${written} other changes` }))),
      )
    })
  }
}

async function entriesOf(tx: Tx): Promise<number> {
  const head = await tx.first<{ seq: number }>(statement('select seq from ledger_head'))
  return head?.seq ?? 0
}

async function setCounters(tx: Tx, { risks, assets, artefacts }: Amounts): Promise<void> {
  for (const [prefix, last] of Object.entries({ R: risks, A: assets, E: artefacts, T: risks * 3, P: 40 })) {
    await tx.rows(
      statement(
        `insert into ref_counter (org_id, prefix, last) values ($1, $2, $3)
         on conflict (org_id, prefix) do update set last = excluded.last`,
        [tx.org.id, prefix, last],
      ),
    )
  }
}

// A person signs in, because risks are recorded by people. The session is one of now, whatever the story's clock says.
async function signIn(db: Database, slug: string, personId: Id<'person'>): Promise<string> {
  const clock = (): Instant => new Date().toISOString() as Instant
  const email = `manager@${slug}.example`
  const account = { email, name: 'Person 0', locale: 'en', passwordHash: null }
  const accountId = await platformTransaction(db, clock, (tx) => createAccount(tx, account))
  await transaction(db, clock, openSystemScope(slug, operator), { mode: 'write' }, (tx) =>
    addMembership(tx, null, { accountId, email, name: 'Person 0', personId, roles: ['ismsManager'], expiresAt: null }),
  )
  return platformTransaction(db, clock, async (tx) => (await openSession(tx, accountId)).token)
}

import { fromWireId, toWireId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { assets as assetRoutes } from '#modules/assets/contract.ts'
import { obligations as obligationRoutes } from '#modules/obligations/contract.ts'
import { people as peopleRoutes } from '#modules/people/contract.ts'
import { roles as roleRoutes } from '#modules/people/contract-roles.ts'
import { directory } from '#modules/people/server/directory.ts'
import { systemGrant } from '#platform/access/policy.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { platformTransaction, transaction } from '#platform/db/transaction.ts'
import { createAccount } from '#platform/identity/accounts.ts'
import { addMembership } from '#platform/identity/organizations.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { createOrganizationBySystem } from '#platform/identity/system.ts'
import { assets, type DemoAsset } from './data/assets.ts'
import { company, contractorTeam, type DemoMember, members, staff, teams } from './data/company.ts'
import { obligations, parties } from './data/obligations.ts'
import { demoSlug, lastDay, type Stage } from './stage.ts'

/** Ids of what the story has made so far, by the names its data use. */
export interface Cast {
  readonly people: Map<string, string>
  readonly assets: Map<string, string>
  readonly obligations: Map<string, string>
  readonly controls: Map<string, string>
  readonly classification: Map<number, string>
}

/** The id behind a name; a name that is not there is a mistake in the data. */
export function named(map: ReadonlyMap<string, string>, name: string): string {
  const id = map.get(name)
  if (id === undefined) throw new Error(`The data of the demo name “${name}”, which is not there.`)
  return id
}

const operator = { ...commandLine, name: 'demo' } as const
const addressOf = (name: string, domain = 'tidelane.example'): string =>
  `${name
    .toLowerCase()
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFKD')
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '.')}@${domain}`

/** Creates the organization with its first member, who enters everybody else. */
export async function found(stage: Stage): Promise<Cast> {
  await createOrganizationBySystem(stage.db, stage.clock, { slug: demoSlug, ...company, demo: true })
  const cast: Cast = {
    people: new Map(),
    assets: new Map(),
    obligations: new Map(),
    controls: new Map(),
    classification: new Map(),
  }
  for (const member of members.filter(({ key }) => key === 'isms-manager')) {
    await join(stage, cast, member)
  }
  return cast
}

// The one thing the demo does as the system: an account without a password, and its membership.
async function join(stage: Stage, cast: Cast, member: DemoMember): Promise<void> {
  // The sign-in page offers them in the order in which they came.
  stage.pause()
  const { key, name, roles, title, external = false } = member
  const email = external ? addressOf(name, 'northmark.example') : addressOf(name)
  const persona = title === null ? {} : { persona: { key, title } }
  const accountId = await platformTransaction(stage.db, stage.clock, (tx) =>
    createAccount(tx, { email, name, locale: 'en', passwordHash: null, ...persona }),
  )
  const known = cast.people.get(name)
  const personId = await transaction(
    stage.db,
    stage.clock,
    openSystemScope(demoSlug, operator),
    { mode: 'write' },
    async (tx) => {
      const entered = known === undefined ? null : fromWireId<'person'>('person', known)
      const person = entered ?? (await directory.enter(tx, systemGrant(tx.org, 'demo'), { name, email, external }))
      // The certification body has access until the audit is over.
      const expiresAt = external ? (`${stage.date(lastDay + 45)}T22:00:00.000Z` as Instant) : null
      await addMembership(tx, null, { accountId, email, name, personId: person, roles, expiresAt })
      return person
    },
  )
  cast.people.set(name, toWireId('person', personId))
  cast.people.set(key, toWireId('person', personId))
  stage.enter(key, accountId)
}

/** The directory: teams, everybody with team and manager, members, and the roles of the management system. */
export async function fillDirectory(stage: Stage, cast: Cast): Promise<void> {
  const teamIds = new Map<string, string>()
  for (const { name, parent } of teams) {
    const parentId = parent === undefined ? null : named(teamIds, parent)
    const { id } = await stage.act('isms-manager', peopleRoutes.addTeam, { body: { name, parentId } })
    teamIds.set(name, id)
  }
  // Leads first, so that everybody else can be given a manager.
  const leads = new Set(teams.map(({ lead }) => lead))
  const entries = [
    ...members.map(({ name, job, team, external = false }) => ({ name, job, team, external })),
    ...Object.entries(staff).flatMap(([team, list]) =>
      list.map(([name, job]) => ({ name, job, team, external: false })),
    ),
  ].sort((a, b) => Number(leads.has(b.name)) - Number(leads.has(a.name)))
  for (const [place, { name, job, team, external }] of entries.entries()) {
    const contractor = team === contractorTeam
    const lead = teams.find((one) => one.name === team)?.lead
    const managerId = lead === undefined || lead === name ? null : (cast.people.get(lead) ?? null)
    const fields = {
      jobTitle: job,
      teamId: teamIds.get(team) ?? null,
      managerId,
      kind: external ? ('external' as const) : contractor ? ('contractor' as const) : ('employee' as const),
      startedOn: external ? null : stage.date(-90 - ((place * 137) % 2200)),
    }
    const known = cast.people.get(name)
    if (known === undefined) {
      const email = external ? addressOf(name, 'northmark.example') : contractor ? null : addressOf(name)
      const { id } = await stage.act('isms-manager', peopleRoutes.add, { body: { name, email, ...fields } })
      cast.people.set(name, id)
    } else {
      const { version } = await stage.act('isms-manager', peopleRoutes.show, { params: { personId: known } })
      await stage.act('isms-manager', peopleRoutes.change, { params: { personId: known }, version, body: fields })
    }
  }
  for (const { name, lead } of teams) {
    const teamId = named(teamIds, name)
    const { version } = await stage.act('isms-manager', peopleRoutes.team, { params: { teamId } })
    const body = { leadId: named(cast.people, lead) }
    await stage.act('isms-manager', peopleRoutes.changeTeam, { params: { teamId }, version, body })
  }
  for (const member of members) {
    if (member.key !== 'isms-manager' && !member.external) {
      await join(stage, cast, member)
    }
  }
  await assignRoles(stage, cast)
}

const holders: Readonly<Record<string, readonly [string, string]>> = {
  ismsManager: ['isms-manager', 'isms-manager'],
  performanceReporter: ['isms-manager', 'isms-manager'],
  topManagement: ['cto', 'cto'],
  internalAuditor: ['internal-auditor', 'internal-auditor'],
  incidentCoordinator: ['it-lead', 'it-lead'],
  continuityCoordinator: ['it-lead', 'it-lead'],
  supplierManager: ['finance-lead', 'finance-lead'],
}

async function assignRoles(stage: Stage, cast: Cast): Promise<void> {
  const keys = Object.keys(holders)
  for (const key of keys) {
    const { items } = await stage.act('isms-manager', roleRoutes.adopt, { body: { keys: [key], language: 'en' } })
    const role = items.at(-1)
    const holder = holders[key]
    if (!role || !holder) continue
    const body = { personId: named(cast.people, holder[0]), on: stage.date(9) }
    const assigned = await stage.act('isms-manager', roleRoutes.assign, { params: { roleId: role.id }, body })
    const assignmentId = assigned.assignments[0]?.id ?? ''
    await stage.act(holder[1], roleRoutes.accept, { params: { assignmentId } })
  }
}

/** The certification body arrives late in the story. */
export async function admitAuditor(stage: Stage, cast: Cast): Promise<void> {
  for (const member of members) if (member.external) await join(stage, cast, member)
}

/** Interested parties and obligations. */
export async function listObligations(stage: Stage, cast: Cast): Promise<void> {
  const partyIds = new Map<string, string>()
  for (const [key, name, kind, interest] of parties) {
    const { id } = await stage.act('isms-manager', obligationRoutes.addParty, { body: { name, kind, interest } })
    partyIds.set(key, id)
  }
  for (const { title, kind, source, clause = '', party, requirement, owner, review } of obligations) {
    const { id } = await stage.act('isms-manager', obligationRoutes.add, {
      body: {
        title,
        kind,
        source,
        clause,
        jurisdiction: kind === 'law' ? 'European Union, Germany, Portugal' : '',
        partyId: named(partyIds, party),
        requirement,
        addressed: 'yes',
        ownerId: named(cast.people, owner),
        appliesSince: stage.date(-200),
        reviewOn: stage.date(review),
      },
    })
    cast.obligations.set(title, id)
  }
}

/** The inventory with its classification scheme, values and dependencies. */
export async function takeInventory(stage: Stage, cast: Cast): Promise<void> {
  const scheme = await stage.act('isms-manager', assetRoutes.adoptScheme, { body: { language: 'en' } })
  for (const { rank, id } of scheme.items) cast.classification.set(rank, id)
  const valueOf = (n: number | undefined) => (n === 1 || n === 2 || n === 3 || n === 4 ? n : null)
  for (const asset of assets) {
    const [confidentiality, integrity, availability] = asset.weak === 'notValued' ? [] : asset.values.map(valueOf)
    const { id } = await stage.act('isms-manager', assetRoutes.add, {
      body: {
        name: asset.name,
        kind: asset.kind,
        category: asset.category,
        description: asset.about,
        ownerId: named(cast.people, asset.owner),
        classificationId: asset.weak === 'notClassified' ? null : (cast.classification.get(asset.rank) ?? null),
        confidentiality: confidentiality ?? null,
        integrity: integrity ?? null,
        availability: availability ?? null,
        location: asset.location ?? '',
        supplier: asset.supplier ?? '',
        personalData: asset.personal === true ? 'yes' : 'no',
        lifeCycle: 'inUse',
      },
    })
    cast.assets.set(asset.name, id)
  }
  for (const asset of assets) {
    for (const other of asset.reliesOn ?? []) {
      const params = { assetId: named(cast.assets, asset.name) }
      await stage.act('isms-manager', assetRoutes.relyOn, { params, body: { reliesOnId: named(cast.assets, other) } })
    }
  }
}

/** Somebody looked whether the assets are there as described: their owners in turn with the internal auditor. */
export async function verifyAssets(
  stage: Stage,
  cast: Cast,
  day: number,
  which: (asset: DemoAsset) => boolean,
): Promise<void> {
  for (const asset of assets) {
    if (asset.weak !== undefined || !which(asset)) continue
    const params = { assetId: named(cast.assets, asset.name) }
    const note = asset.kind === 'hardware' ? 'Counted against device management.' : 'Compared with what is running.'
    await stage.act('internal-auditor', assetRoutes.verify, { params, body: { on: stage.date(day - 3), note } })
  }
}

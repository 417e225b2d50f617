import type { Id } from '#kernel/id.ts'
import { dateAt } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { nameKeys } from '../domain/name-keys.ts'
import { mayBeGivenWork, type Person } from '../domain/person.ts'
import { type Mandate, mandates } from '../domain/role.ts'
import type { Team } from '../domain/team.ts'
import { teamRecord } from './records.ts'

// What later modules may ask of this one.

/** A person as other records show them. */
export interface PersonRef {
  readonly id: Id<'person'>
  readonly name: string
  readonly active: boolean
}

/** SQL for “is here”: neither left nor withdrawn. `alias` names the person table. */
export const isActive = (alias: string): string => `(${alias}.status <> 'left' and ${alias}.withdrawn_at is null)`

/** SQL for “somebody who is here has taken this role on”. `alias` names the role table; `$2` is the day. */
export const roleTaken = (alias: string): string =>
  `exists (select from role_assignment a join person p on p.org_id = a.org_id and p.id = a.person_id
     where a.org_id = ${alias}.org_id and a.role_id = ${alias}.id and a.accepted_at is not null and a.declined_at is null
       and (a.ended_on is null or a.ended_on >= $2) and ${isActive('p')})`

/** What of 5.3 is open. */
export interface OpenRoles {
  /** Roles nobody who is here has taken on. */
  readonly open: number
  /** The assignments 5.3 asks for that no role taken on carries. */
  readonly mandates: readonly Mandate[]
}

/** Which roles of the ISMS nobody has taken on, and what 5.3 asks for that therefore nobody does. One statement. */
export async function openRoles(tx: Tx): Promise<OpenRoles> {
  const roles = await tx.rows<{ mandate: Mandate | null; taken: boolean }>(
    statement(
      `select mandate, ${roleTaken('r')} as taken from isms_role r where r.org_id = $1 and r.withdrawn_at is null`,
      [tx.org.id, dateAt(tx.now, tx.org.timeZone)],
    ),
  )
  return {
    open: roles.filter((role) => !role.taken).length,
    mandates: mandates.filter((mandate) => !roles.some((role) => role.taken && role.mandate === mandate)),
  }
}

/** A person joined to another record, as that record's view shows them. */
export function personRefOf(
  id: Id<'person'> | null,
  name: string | null,
  active: boolean | null,
): { id: Id<'person'>; name: string; active: boolean } | null {
  return id === null ? null : { id, name: name ?? '', active: active ?? false }
}

/**
 * Refuses when a person named in a request is not in this organization's directory or has left. Later modules call it
 * for every owner they are given. In a transaction that writes, the person stays here until it ends. Whoever changes one
 * person and names another calls `lockMembers` first.
 */
export async function requireHere(tx: Tx, person: Id<'person'> | null, field: string): Promise<void> {
  if (person !== null) await getHere(tx, person, field)
}

/** As `requireHere`, and gives the person. */
export async function getHere(tx: Tx, person: Id<'person'>, field: string): Promise<Pick<Person, 'id' | 'name'>> {
  const found = await tx.first<Pick<Person, 'id' | 'name' | 'status' | 'withdrawnAt'>>(
    statement(
      `select id, name, status, withdrawn_at from person where org_id = $1 and id = $2${tx.writes ? ' for share' : ''}`,
      [tx.org.id, person],
    ),
  )
  if (!found) {
    throw new RefusalError({
      code: 'person.not_found',
      message: `There is no such person in ${tx.org.name}.`,
      facts: {},
      field,
    })
  }
  orRefuse(mayBeGivenWork(found, field))
  return found
}

/** Refuses when a team named in a request does not exist here or was dissolved. */
export async function requireTeam(tx: Tx, team: Id<'team'> | null, field: string): Promise<void> {
  if (team === null) return
  const found = await tx.find<Team>(teamRecord, team)
  if (found?.withdrawnAt === null) return
  throw new RefusalError({
    code: 'team.not_found',
    message: found ? `${found.name} was dissolved: choose another team.` : `There is no such team in ${tx.org.name}.`,
    facts: {},
    field,
  })
}

/** Everybody who is here, by name. One statement. */
export function listActive(tx: Tx): Promise<(PersonRef & { readonly ref: string; readonly email: string | null })[]> {
  return tx.rows(
    statement(
      `select id, ref, name, email, true as active from person p where org_id = $1 and ${isActive('p')}
       order by name collate people, id`,
      [tx.org.id],
    ),
  )
}

/** The persons of some ids, by id. One statement. */
export async function peopleById(
  tx: Tx,
  ids: readonly (Id<'person'> | null)[],
): Promise<ReadonlyMap<Id<'person'>, PersonRef>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows<PersonRef>(
    statement(`select id, name, ${isActive('p')} as active from person p where org_id = $1 and id = any($2)`, [
      tx.org.id,
      wanted,
    ]),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Who is meant by texts of a spreadsheet: `Anna Berg`, `Berg, Anna`, `anna@acme.example`, `Anna Berg <anna@…>` or a
 * reference `P-3`, whatever the case. Each text leads to all persons it fits: none is open, several are ambiguous.
 * Withdrawn entries are left out; people who have left come with `active: false`. One statement.
 */
export async function findPeopleByNameOrEmail(
  tx: Tx,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly PersonRef[]>> {
  const keys = new Map([...new Set(texts)].map((text) => [text, nameKeys(text)]))
  const rows = await tx.rows<PersonRef & { keys: string[] }>(
    statement(
      `select id, name, ${isActive('p')} as active,
         array[lower(regexp_replace(name, '\\s+', ' ', 'g')), lower(email), lower(ref)] as keys
       from person p where org_id = $1 and withdrawn_at is null
         and (lower(regexp_replace(name, '\\s+', ' ', 'g')) = any($2) or lower(email) = any($2) or lower(ref) = any($2))
       order by name collate people, id`,
      [tx.org.id, [...new Set([...keys.values()].flat())]],
    ),
  )
  const found = new Map<string, PersonRef[]>()
  for (const [text, wanted] of keys) {
    const fitting = rows.filter((row) => row.keys.some((key) => wanted.includes(key)))
    found.set(
      text,
      fitting.map(({ id, name, active }) => ({ id, name, active })),
    )
  }
  return found
}

/**
 * Who holds a role that a spreadsheet names instead of a person: `Head of IT`. First by ISMS role, then by job title;
 * only people who are here. Names without a holder are missing from the answer. Two statements.
 */
export async function roleHolders(
  tx: Tx,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly (PersonRef & { readonly by: 'role' | 'jobTitle' })[]>> {
  const wanted = new Map(names.map((name) => [name, name.trim().toLowerCase()]))
  const values = [tx.org.id, [...new Set(wanted.values())]]
  const [byRole, byTitle] = await Promise.all([
    tx.rows<PersonRef & { key: string }>(
      statement(
        `select distinct lower(r.name) as key, p.id, p.name, true as active from isms_role r
         join role_assignment a on a.org_id = r.org_id and a.role_id = r.id and a.declined_at is null
           and (a.ended_on is null or a.ended_on >= $3)
         join person p on p.org_id = a.org_id and p.id = a.person_id and ${isActive('p')}
         where r.org_id = $1 and r.withdrawn_at is null and lower(r.name) = any($2) order by p.name`,
        [...values, dateAt(tx.now, tx.org.timeZone)],
      ),
    ),
    tx.rows<PersonRef & { key: string }>(
      statement(
        `select lower(job_title) as key, id, name, true as active from person p
         where org_id = $1 and ${isActive('p')} and lower(job_title) = any($2) order by name`,
        values,
      ),
    ),
  ])
  const found = new Map<string, (PersonRef & { by: 'role' | 'jobTitle' })[]>()
  for (const [name, key] of wanted) {
    for (const [rows, by] of [
      [byRole, 'role'],
      [byTitle, 'jobTitle'],
    ] as const) {
      const holders = rows.filter((row) => row.key === key)
      if (holders.length === 0 || key === '') continue
      found.set(
        name,
        holders.map(({ id, name: holder, active }) => ({ id, name: holder, active, by })),
      )
      break
    }
  }
  return found
}

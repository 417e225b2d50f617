import type { z } from 'zod'
import { type Id, toWireId } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import type { ownedItem } from '../contract.ts'

/**
 * What people are answerable for in one register. Later modules publish such sources,
 * so somebody who leaves is told what must be given to others, without this module knowing of risks or assets.
 */
export interface OwnershipSource {
  /** Record type, `asset`. */
  readonly type: string
  /** Prefix of the record's id in the API. */
  readonly prefix: string
  /** Row of the role table a reader needs to see the records of this register. */
  readonly readAction: string
  /** In what way, `owner`: one word the web app has a text for. */
  readonly duty: string
  /** Address of the register in the web app; the reference, or the id where there is none, follows. */
  readonly path: string
  /**
   * SELECT over plain tables giving `id`, `ref` (text, may be null) and `title` of what person `$2` of organization `$1`
   * is answerable for now. It stands in a UNION ALL with the others.
   */
  readonly sql: string
}

// What this module itself knows a person to hold; being able to sign in is on the list, so that it is ended.
const ownSources: readonly OwnershipSource[] = [
  {
    type: 'team',
    prefix: 'team',
    readAction: 'team.read',
    duty: 'teamLead',
    path: '/teams',
    sql: `select id, null as ref, name as title from team where org_id = $1 and lead_id = $2 and withdrawn_at is null`,
  },
  {
    type: 'person',
    prefix: 'person',
    readAction: 'person.read',
    duty: 'manager',
    path: '/people',
    sql: `select id, ref, name as title from person
          where org_id = $1 and manager_id = $2 and status <> 'left' and withdrawn_at is null`,
  },
  {
    type: 'isms_role',
    prefix: 'role',
    readAction: 'role.read',
    duty: 'ismsRole',
    path: '/roles',
    sql: `select r.id, r.ref, r.name as title from role_assignment a
          join isms_role r on r.org_id = a.org_id and r.id = a.role_id
          where a.org_id = $1 and a.person_id = $2 and a.declined_at is null and a.ended_on is null`,
  },
  {
    type: 'membership',
    prefix: 'membership',
    readAction: 'member.read',
    duty: 'signIn',
    path: '/members',
    sql: `select id, null as ref, array_to_string(roles, ', ') as title from membership
          where org_id = $1 and person_id = $2 and ended_at is null`,
  },
]

let sources = ownSources

/** Later modules publish here what people are answerable for in their registers; `app` connects them. */
export function publishOwnership(published: readonly OwnershipSource[]): void {
  sources = [...ownSources, ...published]
}

/**
 * What a person is answerable for now, by duty and reference: of the registers that are open to the reader. One statement.
 * @param can what the reader may do; `everything` for a rule that has to know all of it and shows none
 */
export async function listOwned(
  tx: Tx,
  person: Id<'person'>,
  can: Can | 'everything',
): Promise<z.output<typeof ownedItem>[]> {
  const union = sources
    .flatMap(({ sql, readAction }, index) =>
      can === 'everything' || can(readAction) ? [`select ${index} as source, o.* from (${sql}) o`] : [],
    )
    .join(' union all ')
  const rows = await tx.rows<{ source: number; id: Id; ref: string | null; title: string }>(
    statement(`select source, id, ref, title from (${union}) o order by source, ref collate people, title`, [
      tx.org.id,
      person,
    ]),
  )
  return rows.flatMap(({ source, id, ref, title }) => {
    const from = sources[source]
    if (!from) return []
    const wire = toWireId(from.prefix, id)
    const { duty, type, path } = from
    return [{ duty, type, id: wire, ref: ref ?? '', title, path: `${path}/${ref ?? wire}` }]
  })
}

import type { ImportPerson, ImportRole } from '#kernel/import.ts'
import { dateAt } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'

/** A person as imports recognise one. */
export interface KnownPerson extends ImportPerson {
  readonly ref: string
}

/** Everybody a file may name as owner, and the roles of the ISMS with their holders: two statements. */
export async function importDirectory(
  tx: Tx,
): Promise<{ readonly people: readonly KnownPerson[]; readonly roles: readonly ImportRole[] }> {
  const [people, roles] = await Promise.all([
    tx.rows<KnownPerson>(
      // Somebody who left on an unknown day has left all the same.
      statement(
        `select id, ref, name, email, nullif(job_title, '') as job_title,
           case when status = 'left' then coalesce(left_on, date '0001-01-01') end as left_on
         from person where org_id = $1 and withdrawn_at is null`,
        [tx.org.id],
      ),
    ),
    tx.rows<{ name: string; holderIds: string[] }>(
      statement(
        `select r.name, coalesce(array_agg(a.person_id::text) filter (
             where a.person_id is not null and a.declined_at is null and (a.ended_on is null or a.ended_on > $2)), '{}')
           as holder_ids
         from isms_role r left join role_assignment a on a.org_id = r.org_id and a.role_id = r.id
         where r.org_id = $1 and r.withdrawn_at is null group by r.id, r.name`,
        [tx.org.id, dateAt(tx.now, tx.org.timeZone)],
      ),
    ),
  ])
  return { people, roles: roles.map(({ name, holderIds }) => ({ name, aliases: [], holderIds })) }
}

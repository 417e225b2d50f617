import { statement } from '#platform/db/database.ts'
import type { WaitingSource } from '#platform/waiting/waiting-source.ts'

/** Roles that were assigned to somebody who has not said yet whether they take them on (5.3). One statement. */
export const peopleWaiting: readonly WaitingSource[] = [
  {
    kinds: ['answerRole'],
    list: async ({ tx, actor, can, today }) => {
      if (actor.personId === null || !can('role.answer', [actor.personId])) return []
      const asked = await tx.rows<{ ref: string; name: string }>(
        statement(
          `select r.ref, r.name from role_assignment a join isms_role r on r.org_id = a.org_id and r.id = a.role_id
           where a.org_id = $1 and a.person_id = $2 and a.accepted_at is null and a.declined_at is null
             and (a.ended_on is null or a.ended_on >= $3) and r.withdrawn_at is null
           order by r.ref collate people`,
          [tx.org.id, actor.personId, today],
        ),
      )
      return asked.map(({ ref, name }) => ({
        kind: 'answerRole',
        rank: 'answer',
        ref,
        title: name,
        path: `/roles/${ref}`,
        on: null,
      }))
    },
  },
]

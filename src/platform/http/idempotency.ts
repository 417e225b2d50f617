import { createHash } from 'node:crypto'
import type { Actor } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

interface Stored {
  requestHash: string
  response: unknown
}

/**
 * Runs a create request once per key: a repetition gets the first answer, the same key with another request is
 * refused. The answer is stored in the transaction of the creation, so that neither exists without the other.
 * `keep` makes of a result what is stored and answered; null for answers that hold a secret: nothing is kept of them,
 * and a repetition is refused with `request.answer_not_kept`.
 */
export async function once(
  tx: Tx,
  actor: Actor,
  key: string | null,
  request: { name: string; params: unknown; body: unknown },
  { run, keep }: { run: () => Promise<unknown>; keep: ((result: unknown) => unknown) | null },
): Promise<unknown> {
  const answer = async (): Promise<unknown> => (keep ? keep(await run()) : run())
  if (key === null) return answer()
  if (key.length > 200) {
    throw new RefusalError({
      code: 'request.malformed',
      message: 'Idempotency-Key is longer than 200 characters.',
      facts: {},
    })
  }
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex')
  // Waits for a concurrent request with the same key.
  const fresh = await tx.count(
    statement(
      `insert into idempotency values ($1, $2, $3, $4, 0, null, $5) on conflict (org_id, actor_id, key) do update
         set request_hash = excluded.request_hash, status = 0, response = null, created_at = excluded.created_at
         where idempotency.created_at < excluded.created_at - interval '1 day'`,
      [tx.org.id, actor.id, key, hash, tx.now],
    ),
  )
  if (fresh === 0) {
    const stored = await tx.first<Stored>(
      statement('select request_hash, response from idempotency where org_id = $1 and actor_id = $2 and key = $3', [
        tx.org.id,
        actor.id,
        key,
      ]),
    )
    if (stored?.requestHash === hash && keep) return stored.response
    if (stored?.requestHash === hash) {
      throw new RefusalError({
        code: 'request.answer_not_kept',
        message:
          'This was done already. The answer held a secret that is shown only once and kept nowhere: if it is lost, ask for a new one under a new Idempotency-Key.',
        facts: {},
      })
    }
    throw new RefusalError({
      code: 'request.idempotency_key_reused',
      message: 'This Idempotency-Key was used for another request: send a new key.',
      facts: {},
    })
  }
  const response = await answer()
  if (!keep) return response
  await tx.rows(
    statement('update idempotency set response = $4 where org_id = $1 and actor_id = $2 and key = $3', [
      tx.org.id,
      actor.id,
      key,
      JSON.stringify(response),
    ]),
  )
  return response
}

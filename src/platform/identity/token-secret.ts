import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { newSecret } from './accounts.ts'
import { secretHash } from './scope.ts'

/** Makes the secret of a token just created and stores its hash. The prefix lets scanners find leaked ones. */
export async function storeTokenSecret(tx: Tx, tokenId: Id<'token'>): Promise<string> {
  const secret = `plumb_${newSecret()}`
  await tx.rows(
    statement('insert into identity.token_secret (token_hash, org_id, token_id) values ($1, $2, $3)', [
      secretHash(secret),
      tx.org.id,
      tokenId,
    ]),
  )
  return secret
}

import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { identity } from '../contract.ts'
import { tokenRecord } from '../records.ts'
import { inOrganization } from '../services.ts'
import { issueToken, revokeToken } from '../token.ts'
import { storeTokenSecret } from '../token-secret.ts'
import { listTokens, showToken } from './member-views.ts'
import { requirePerson } from './members.ts'

export const listTokensUseCase = inOrganization(identity.tokens, async ({ tx, actor, can }) => ({
  items: await listTokens(tx, { actor, can }),
  can: { create: actor.kind === 'person' && can('token.edit') },
}))

/** Creates an API token; its secret is answered this once and kept as a hash only. */
export const createTokenUseCase = inOrganization(
  identity.createToken,
  async ({ tx, permission, actor, can, body, services }) => {
    requirePerson(actor)
    const grant = orRefuse(grantForNew(permission))
    const key = { id: tx.newId<'token'>(), orgId: tx.org.id, createdBy: actor.id as Id<'account'> | null }
    await tx.commit(grant, issueToken(key, body, { roles: actor.roles, table: services.roleTable }, tx.now))
    const token = await storeTokenSecret(tx, key.id)
    return { ...(await showToken(tx, key.id, { actor, can })), token }
  },
)

export const revokeTokenUseCase = inOrganization(
  identity.revokeToken,
  async ({ tx, permission, actor, can, params, body }) => {
    requirePerson(actor)
    const { row, grant } = await tx.lock(permission, tokenRecord, params.tokenId)
    await tx.commit(grant, revokeToken(row, body.reason, tx.now))
    return showToken(tx, row.id, { actor, can })
  },
)

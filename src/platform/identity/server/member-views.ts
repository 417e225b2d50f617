import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { Actor } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { memberView, tokenView } from '../contract.ts'
import { stateOf } from '../membership.ts'
import type { ApiToken, Membership } from '../records.ts'

type MemberView = z.output<typeof memberView>
type TokenView = z.output<typeof tokenView>

/** Who looks, and what the role table allows them. */
export interface Viewer {
  readonly actor: Actor
  readonly can: Can
}

interface NameRow {
  readonly accountId: Id<'account'>
  /** Null for an account of another installation, whose member was imported. */
  readonly name: string | null
}

/** Present names of members, by account, and the accounts that are not of this installation. */
async function known(tx: Tx): Promise<ReadonlyMap<Id<'account'>, string | null>> {
  const rows = await tx.rows<NameRow>(
    statement(
      `select account_id, name from identity.names_in_scope()
       union all select account_id, null from identity.absent_accounts()`,
    ),
  )
  return new Map(rows.map((row) => [row.accountId, row.name]))
}

/** All members, those invited and not yet here, and those whose membership ended, by name within each. Two statements. */
export async function listMembers(tx: Tx, viewer: Viewer): Promise<MemberView[]> {
  const [members, accounts] = await Promise.all([
    tx.rows<Membership>(statement('select * from membership where org_id = $1', [tx.org.id])),
    known(tx),
  ])
  const rank = (one: MemberView): number => (one.endedAt !== null ? 2 : one.pending || one.absent ? 1 : 0)
  return members
    .map((member) => viewMember(member, accounts, tx, viewer))
    .sort(
      (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, tx.org.language) || a.email.localeCompare(b.email),
    )
}

/** One member. */
export async function showMember(tx: Tx, id: Id<'membership'>, viewer: Viewer): Promise<MemberView> {
  const [member, accounts] = await Promise.all([
    tx.first<Membership>(statement('select * from membership where org_id = $1 and id = $2', [tx.org.id, id])),
    known(tx),
  ])
  if (!member) {
    throw new RefusalError({
      code: 'membership.not_found',
      message: `There is no such member in ${tx.org.name}.`,
      facts: {},
    })
  }
  return viewMember(member, accounts, tx, viewer)
}

function viewMember(
  member: Membership,
  accounts: ReadonlyMap<Id<'account'>, string | null>,
  tx: Tx,
  { actor, can }: Viewer,
): MemberView {
  const { orgId: _orgId, ...row } = member
  const open = member.endedAt === null && actor.kind === 'person' && can('member.edit')
  const name = accounts.get(member.accountId)
  const isAbsent = name === null && member.endedAt === null
  const arrived = stateOf(member, tx.now) === 'active' && !isAbsent
  return {
    ...row,
    name: name ?? member.name,
    roles: [...member.roles],
    pending: member.acceptedAt === null && member.endedAt === null && !isAbsent,
    absent: isAbsent,
    can: { edit: open, end: open, reset: open && arrived && !actor.org.demo },
  }
}

interface TokenRow extends ApiToken {
  readonly createdByName: string | null
}

const tokenRows = (where: string): string =>
  `select t.*, coalesce(n.name, m.name) as created_by_name
   from api_token t
   left join membership m on m.org_id = t.org_id and m.account_id = t.created_by
   left join identity.names_in_scope() n on n.account_id = t.created_by
   where t.org_id = $1 ${where}
   order by t.revoked_at is not null, t.created_at desc, t.id`

/** All API tokens, revoked ones last. */
export async function listTokens(tx: Tx, viewer: Viewer): Promise<TokenView[]> {
  const rows = await tx.rows<TokenRow>(statement(tokenRows(''), [tx.org.id]))
  return rows.map((row) => viewToken(row, viewer))
}

/** One API token. */
export async function showToken(tx: Tx, id: Id<'token'>, viewer: Viewer): Promise<TokenView> {
  const row = await tx.first<TokenRow>(statement(tokenRows('and t.id = $2'), [tx.org.id, id]))
  if (!row) throw new Error('A token just written cannot be read.')
  return viewToken(row, viewer)
}

function viewToken(row: TokenRow, { actor, can }: Viewer): TokenView {
  const { id, version, name, roles, createdAt, createdByName, expiresAt, revokedAt } = row
  const revoke = revokedAt === null && actor.kind === 'person' && can('token.edit')
  return {
    id,
    version,
    name,
    roles: [...roles],
    createdAt,
    createdBy: createdByName,
    expiresAt,
    revokedAt,
    can: { revoke },
  }
}

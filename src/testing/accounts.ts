import type { Role } from '#platform/access/roles.ts'
import { identity } from '#platform/identity/contract.ts'
import { hashPassword } from '#platform/identity/password.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import type { TestActor, TestServer } from './server.ts'
import { type Visitor, visitor } from './visitor.ts'

/** The password of everybody in tests. */
export const password = 'a sentence I remember'

/** The link in a message, as its reader would follow it. */
export function linkIn(mail: Mail | undefined): string {
  const link = /https?:\S+\/link#\S+/.exec(mail?.text ?? '')?.[0]
  if (link === undefined) throw new Error('No message with a link arrived.')
  return link
}

let hashed: Promise<string> | undefined

/** A member with a password, whose browser has signed in with it. */
export async function memberWithPassword(
  server: TestServer,
  org: string,
  name: string,
  roles: readonly Role[],
): Promise<{ actor: TestActor; email: string; browser: Visitor }> {
  const actor = await server.actor(org, name, roles)
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@${org}.example`
  hashed ??= hashPassword(password)
  await server.t.owner.query('update identity.account set password_hash = $1 where email = $2', [await hashed, email])
  const browser = visitor(server.http)
  await browser.done(identity.signIn, { body: { email, password } })
  return { actor, email, browser }
}

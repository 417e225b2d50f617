import { type Id, newId } from '#kernel/id.ts'
import { type Actor, ownAct } from '#platform/access/policy.ts'
import { platformTransaction, type ScopeOpener, transaction } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { createAccount, findAccount, type OpenedSession, openSession } from '../accounts.ts'
import { identity } from '../contract.ts'
import {
  addMembership,
  createOrganization,
  type NewOrganization,
  newOrganizationScope,
  requireFreeSlug,
  slugOf,
} from '../organizations.ts'
import { acceptPassword, hashPassword } from '../password.ts'
import { outside } from '../services.ts'
import { burnSetUpCodes, installationState, isSetUpCode } from '../set-up-code.ts'
import { countAttempt, forgiveAttempt, network } from './attempts.ts'
import { personas } from './personas.ts'
import { sessionOf } from './session-view.ts'

export const showInstallationUseCase = outside(identity.installation, ({ db, clock, services }) =>
  platformTransaction(
    db,
    clock,
    async (tx) => {
      const { setUp, demo } = await installationState(tx)
      const offered = services.demo && demo
      return {
        state: setUp ? ('ready' as const) : ('fresh' as const),
        demo: offered,
        personas: offered ? await personas(tx) : [],
        mail: services.mail !== null,
      }
    },
    'read',
  ),
)

/**
 * Creates the first administrator, organization and entry of its directory in one transaction. Refuses with
 * `installation.ready` once there is an organization, with `installation.wrong_code`, and after five wrong codes for a
 * quarter of an hour.
 */
export const setUpUseCase = outside(identity.setUp, async ({ db, clock, body, services, http }) => {
  const { administrator, organization } = body
  const attempt = [network('setUp', http.address)]
  const facts: NewOrganization = {
    ...organization,
    slug: organization.slug ?? slugOf(organization.name),
    demo: false,
  }
  await platformTransaction(
    db,
    clock,
    async (tx) => {
      if ((await installationState(tx)).setUp) throw alreadySetUp()
    },
    'read',
  )
  await countAttempt({ db, clock }, attempt)
  await platformTransaction(
    db,
    clock,
    async (tx) => {
      if (!(await isSetUpCode(tx, body.code))) {
        throw new RefusalError({
          code: 'installation.wrong_code',
          message: 'This is not the set-up code of this installation: the server prints it when it starts.',
          facts: {},
          field: 'code',
        })
      }
    },
    'read',
  )
  await forgiveAttempt({ db, clock }, attempt)
  orRefuse(acceptPassword(administrator.password, administrator, 'administrator.password'))
  const passwordHash = await hashPassword(administrator.password)

  const open: ScopeOpener<Actor & { accountId: Id<'account'>; session: OpenedSession }> = async (tx) => {
    if (!(await burnSetUpCodes(tx)) || (await installationState(tx)).setUp) throw alreadySetUp()
    await requireFreeSlug(tx, facts.slug, false, 'organization.slug')
    if (await findAccount(tx, administrator.email)) {
      throw new RefusalError({
        code: 'account.exists',
        message: `There is an account for ${administrator.email} already: choose another address.`,
        facts: { email: administrator.email },
        field: 'administrator.email',
      })
    }
    const { name, email } = administrator
    const accountId = await createAccount(tx, { name, email, locale: organization.language, passwordHash })
    const session = await openSession(tx, accountId)
    const { org } = await newOrganizationScope(newId(Date.parse(tx.now)), facts)(tx)
    const roles = ['administrator', 'ismsManager'] as const
    return { kind: 'person', id: accountId, name, personId: null, roles, org, accountId, session }
  }
  const { accountId, session } = await transaction(db, clock, open, { mode: 'write' }, async (tx, opened) => {
    const { accountId, session, ...actor } = opened
    const grant = ownAct(actor, 'installation.setUp')
    await createOrganization(tx, facts, grant)
    const { name, email } = administrator
    const personId = await services.directory.personFor(tx, grant, { name, email, external: false })
    await addMembership(tx, actor, { accountId, name, email, personId, roles: actor.roles, expiresAt: null })
    return { accountId, session }
  })
  http.setSession(session.token, session.expiresAt)
  return sessionOf(db, clock, accountId, session.expiresAt)
})

const alreadySetUp = (): RefusalError =>
  new RefusalError({
    code: 'installation.ready',
    message: 'This installation has been set up already: sign in, or ask its administrator for an invitation.',
    facts: {},
  })

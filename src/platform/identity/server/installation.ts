import { type Id, newId } from '#kernel/id.ts'
import type { Clock } from '#kernel/time.ts'
import { type Actor, ownAct } from '#platform/access/policy.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { type PlatformTx, platformTransaction, type ScopeOpener, transaction } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { createAccount, findAccount, type OpenedSession, openSession } from '../accounts.ts'
import { identity } from '../contract.ts'
import { type DemoLoad, demoLoad, personasOpen, writeDemoLoad } from '../demo-load.ts'
import {
  addMembership,
  createOrganization,
  type NewOrganization,
  newOrganizationScope,
  requireFreeSlug,
  slugOf,
} from '../organizations.ts'
import { acceptPassword, hashPassword } from '../password.ts'
import { type IdentityServices, outside } from '../services.ts'
import { burnSetUpCodes, installationState, isSetUpCode } from '../set-up-code.ts'
import { countAttempt, forgiveAttempt, network } from './attempts.ts'
import { personas } from './personas.ts'
import { sessionOf } from './session-view.ts'

const view = async (tx: PlatformTx, services: IdentityServices) => {
  const { setUp } = await installationState(tx)
  const open = await personasOpen(tx, services.demo)
  return {
    state: setUp ? ('ready' as const) : ('fresh' as const),
    demo: open,
    personas: open ? await personas(tx) : [],
    demoLoad: await demoLoad(tx),
    mail: services.mail !== null,
  }
}

export const showInstallationUseCase = outside(identity.installation, ({ db, clock, services }) =>
  platformTransaction(db, clock, (tx) => view(tx, services), 'read'),
)

const tellMillis = 800

/**
 * Has the demo loaded while its visitor waits on the first page. Refuses with `installation.ready` once there is an
 * organization, and wrong codes like `setUp`. Asked again while a load goes on, it answers how far that one has come.
 * Refuses with `installation.no_demo` where the server has no loader.
 */
export const loadDemoUseCase = outside(identity.loadDemo, async ({ db, clock, body, services, http }) => {
  const { demoLoader } = services
  const write = (load: DemoLoad): Promise<void> => platformTransaction(db, clock, (tx) => writeDemoLoad(tx, load))
  await requireCode({ db, clock }, body.code, http.address)
  if (demoLoader === null) {
    throw new RefusalError({
      code: 'installation.no_demo',
      message: 'This server cannot load the demo organization. Start it with `npm start -- --demo`.',
      facts: {},
    })
  }
  const begun = await platformTransaction(db, clock, async (tx) => {
    // Of two who ask at the same time, the second waits here and then finds a load that goes on.
    await tx.rows(statement('lock table identity.installation in exclusive mode'))
    const known = await demoLoad(tx)
    if (known?.state === 'loading' || known?.state === 'loaded') return false
    await writeDemoLoad(tx, { state: 'loading', done: 0, of: 1 })
    return true
  })
  if (begun) {
    let told = 0
    let writing: Promise<unknown> = Promise.resolve()
    const last = { done: 0, of: 1 }
    const load = demoLoader.load((done, of) => {
      Object.assign(last, { done, of })
      if (Date.now() - told < tellMillis) return
      told = Date.now()
      // One at a time and in order; a line that cannot be written is followed by the next.
      writing = writing.then(() => write({ state: 'loading', done, of })).catch(() => undefined)
    })
    // It may fail before anybody waits for it.
    load.catch(() => undefined)
    http.later(async () => {
      try {
        await load
        await writing
        await write({ state: 'loaded', done: last.of, of: last.of })
      } catch (error) {
        await writing
        await write({ state: 'failed', ...last })
        throw error
      }
    })
  }
  return platformTransaction(db, clock, (tx) => view(tx, services), 'read')
})

/** Refuses with `installation.ready`, `installation.wrong_code`, and after five wrong ones for a quarter of an hour. */
async function requireCode(at: { db: Database; clock: Clock }, code: string, address: string): Promise<void> {
  const { db, clock } = at
  const attempt = [network('setUp', address)]
  await platformTransaction(
    db,
    clock,
    async (tx) => {
      if ((await installationState(tx)).setUp) throw alreadySetUp()
    },
    'read',
  )
  await countAttempt(at, attempt)
  await platformTransaction(
    db,
    clock,
    async (tx) => {
      if (!(await isSetUpCode(tx, code))) {
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
  await forgiveAttempt(at, attempt)
}

/** Answers whether a typed code is right before the other questions are asked. Uses it up no more than looking does. */
export const checkCodeUseCase = outside(identity.checkCode, async ({ db, clock, body, http }) => {
  await requireCode({ db, clock }, body.code, http.address)
  return undefined
})

/**
 * Creates the first administrator, organization and entry of its directory in one transaction. Refuses with
 * `installation.ready` once there is an organization, with `installation.wrong_code`, and after five wrong codes for a
 * quarter of an hour.
 */
export const setUpUseCase = outside(identity.setUp, async ({ db, clock, body, services, http }) => {
  const { administrator, organization } = body
  const facts: NewOrganization = {
    ...organization,
    slug: organization.slug ?? slugOf(organization.name),
    demo: false,
  }
  await requireCode({ db, clock }, body.code, http.address)
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
    const personId = await services.directory.enter(tx, grant, { name, email, external: false })
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

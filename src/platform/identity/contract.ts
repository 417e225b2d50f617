import { z } from 'zod'
import { roles } from '#platform/access/roles.ts'
import { locale, profileFields } from '#platform/contract/profile.ts'
import { route } from '#platform/contract/route.ts'
import { filled, id, instant, line, text } from '#platform/contract/schemas.ts'

const role = z.enum(roles)
const someRoles = () =>
  z
    .array(role)
    .min(1, { error: 'names no role' })
    .transform((given) => roles.filter((one) => given.includes(one)))
const email = () =>
  line(254)
    .pipe(z.email({ error: 'is not an e-mail address' }))
    .transform((value) => value.toLowerCase())
const password = () =>
  text(200).min(12, { error: 'has fewer than 12 characters; a sentence you remember makes a good password' })

/** The page of the web app that invitation and reset links open: `/link#SECRET`. A fragment never leaves the browser. */
export const linkPage = '/link'

/** What the first page needs to know before anybody has signed in. */
export const installation = z.object({
  /** `fresh`: nobody has set up an organization yet. */
  state: z.enum(['fresh', 'ready']),
  /** The demo organization is loaded and its personas may sign in by one click. */
  demo: z.boolean(),
  personas: z.array(z.object({ key: z.string(), name: z.string(), title: z.string(), roles: z.array(role) })),
  /** The load of the demo that was asked for here, by days of its story; null when none was. */
  demoLoad: z
    .object({
      state: z.enum(['loading', 'loaded', 'failed']),
      done: z.number().int(),
      of: z.number().int(),
    })
    .nullable(),
  mail: z.boolean(),
})

export const membershipView = z.object({
  slug: z.string(),
  name: z.string(),
  roles: z.array(role),
  personId: id('person').nullable(),
  expiresAt: instant().nullable(),
})

export const sessionView = z.object({
  account: z.object({ id: id('account'), name: z.string(), email: z.string(), locale }),
  organizations: z.array(membershipView),
  expiresAt: instant(),
})

export const linkView = z.object({
  kind: z.enum(['invitation', 'reset']),
  email: z.string(),
  name: z.string(),
  organization: z.string().nullable(),
  locale,
  /** An invited person who already has an account signs in with it instead of choosing a password. */
  hasAccount: z.boolean(),
  expiresAt: instant(),
})

export const memberView = z.object({
  id: id('membership'),
  version: z.number().int(),
  accountId: id('account'),
  name: z.string(),
  email: z.string(),
  personId: id('person').nullable(),
  roles: z.array(role),
  expiresAt: instant().nullable(),
  acceptedAt: instant().nullable(),
  /** Invited and not yet arrived. */
  pending: z.boolean(),
  /** Imported with the organization: their account is of another installation, and they must be invited here. */
  absent: z.boolean(),
  endedAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), end: z.boolean(), reset: z.boolean() }),
})

export const tokenView = z.object({
  id: id('token'),
  version: z.number().int(),
  name: z.string(),
  roles: z.array(role),
  createdAt: instant(),
  /** Who made it; null for tokens of the command line. */
  createdBy: z.string().nullable(),
  expiresAt: instant(),
  revokedAt: instant().nullable(),
  can: z.object({ revoke: z.boolean() }),
})

const linkIssued = z.object({
  /** Null where a mail server is configured: the link then goes to its address alone. */
  link: z.string().nullable(),
  expiresAt: instant(),
  /** The mail server took the message. */
  mailed: z.boolean(),
})
// Links travel in bodies, never in addresses: those end up in logs.
const linkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, {
  error: 'is not a complete link: copy the whole line, to its last character',
})

/** Routes of sign-in, set-up, members and tokens. */
export const identity = {
  installation: route({
    name: 'installation.show',
    method: 'GET',
    path: '/installation',
    action: 'anyone',
    summary: 'State of this installation: fresh or ready, demo personas',
    response: installation,
  }),
  setUp: route({
    name: 'installation.setUp',
    method: 'POST',
    path: '/installation',
    action: 'anyone',
    summary: 'Create the first administrator and organization with the one-time code from the console',
    body: z.object({
      code: line(40),
      administrator: z.object({ name: line(), email: email(), password: password() }),
      organization: z.object({
        ...profileFields,
        slug: line(40)
          .regex(/^[a-z][a-z0-9-]*$/, { error: 'may hold small letters, digits and hyphens, beginning with a letter' })
          .optional(),
        timeZone: profileFields.timeZone.default('UTC'),
      }),
    }),
    response: sessionView,
  }),
  checkCode: route({
    name: 'installation.checkCode',
    method: 'POST',
    path: '/installation/code',
    action: 'anyone',
    summary: 'Whether this is the one-time code from the console; it stays valid',
    body: z.object({ code: line(40) }),
    response: null,
  }),
  loadDemo: route({
    name: 'installation.loadDemo',
    method: 'POST',
    path: '/installation/demo',
    action: 'anyone',
    summary:
      'Have the demo organization loaded, with the one-time code from the console; the answer does not wait for it',
    body: z.object({ code: line(40) }),
    response: installation,
  }),
  signIn: route({
    name: 'session.signIn',
    method: 'POST',
    path: '/session',
    action: 'anyone',
    summary: 'Sign in with e-mail address and password',
    body: z.object({ email: email(), password: text(200) }),
    response: sessionView,
  }),
  signInAsPersona: route({
    name: 'session.signInAsPersona',
    method: 'POST',
    path: '/session/persona',
    action: 'anyone',
    summary: 'Sign in as one of the demo personas (demo installations only)',
    body: z.object({ key: line(60) }),
    response: sessionView,
  }),
  session: route({
    name: 'session.show',
    method: 'GET',
    path: '/session',
    action: 'signedIn',
    summary: 'Who is signed in, and in which organizations',
    response: sessionView,
  }),
  signOut: route({
    name: 'session.signOut',
    method: 'DELETE',
    path: '/session',
    action: 'signedIn',
    summary: 'Sign out here',
    response: null,
  }),
  signOutEverywhere: route({
    name: 'session.signOutEverywhere',
    method: 'DELETE',
    path: '/sessions',
    action: 'signedIn',
    summary: 'Sign out on every device',
    response: null,
  }),
  changePassword: route({
    name: 'account.changePassword',
    method: 'POST',
    path: '/account/password',
    action: 'signedIn',
    summary: 'Choose a new password; ends every other session',
    body: z.object({ current: text(200), next: password() }),
    response: null,
  }),
  changeProfile: route({
    name: 'account.change',
    method: 'PATCH',
    path: '/account',
    action: 'signedIn',
    summary: 'Change own name or language',
    body: z.object({ name: line().optional(), locale: locale.optional() }),
    response: sessionView,
  }),
  link: route({
    name: 'link.show',
    method: 'POST',
    path: '/links/show',
    action: 'anyone',
    summary: 'What an invitation or reset link is for',
    body: z.object({ token: linkToken }),
    response: linkView,
  }),
  useLink: route({
    name: 'link.use',
    method: 'POST',
    path: '/links/use',
    action: 'anyone',
    summary: 'Accept an invitation or choose a new password',
    /** `locale`: the language the page was in; a new account keeps it. */
    body: z.object({
      token: linkToken,
      name: line().optional(),
      password: text(200),
      locale: z.enum(['en', 'de']).optional(),
    }),
    response: sessionView,
  }),
  requestReset: route({
    name: 'link.requestReset',
    method: 'POST',
    path: '/resets',
    action: 'anyone',
    summary: 'Ask for a reset link by mail; the answer never tells whether the address is known',
    body: z.object({ email: email() }),
    response: null,
  }),
  members: route({
    name: 'member.list',
    method: 'GET',
    path: '/orgs/:org/members',
    action: 'member.read',
    summary: 'Members of the organization and their roles',
    response: z.object({
      items: z.array(memberView),
      can: z.object({ edit: z.boolean(), invite: z.boolean(), enterSelf: z.boolean() }),
    }),
  }),
  invite: route({
    name: 'member.invite',
    method: 'POST',
    path: '/orgs/:org/members',
    action: 'member.edit',
    summary: 'Invite a person by link, which goes out by mail where a mail server is configured',
    /** `personId`: whom of the directory the invitation is for; null for somebody to be entered there on acceptance. */
    body: z.object({
      email: email(),
      name: line(),
      roles: someRoles(),
      personId: id('person').nullable().default(null),
      expiresAt: instant().nullable().default(null),
    }),
    response: linkIssued.extend({ member: memberView }),
    creates: true,
    answersSecret: true,
  }),
  changeMember: route({
    name: 'member.change',
    method: 'PATCH',
    path: '/orgs/:org/members/:membershipId',
    action: 'member.edit',
    summary: 'Change roles, person or expiry of a member',
    params: z.object({ membershipId: id('membership') }),
    body: z.object({
      roles: someRoles().optional(),
      personId: id('person').nullable().optional(),
      expiresAt: instant().nullable().optional(),
    }),
    response: memberView,
    ifMatch: true,
  }),
  enterSelf: route({
    name: 'member.enterSelf',
    method: 'POST',
    path: '/orgs/:org/members/own/entry',
    action: 'member.enterSelf',
    summary: 'Enter oneself in the directory, while linked to nobody there',
    response: memberView,
  }),
  endMember: route({
    name: 'member.end',
    method: 'POST',
    path: '/orgs/:org/members/:membershipId/end',
    action: 'member.edit',
    summary: 'End a membership and its sessions in this organization',
    params: z.object({ membershipId: id('membership') }),
    body: z.object({ reason: filled(500) }),
    response: memberView,
  }),
  resetMember: route({
    name: 'member.reset',
    method: 'POST',
    path: '/orgs/:org/members/:membershipId/reset',
    action: 'member.edit',
    summary: 'Issue a reset link for a member of this organization only',
    params: z.object({ membershipId: id('membership') }),
    response: linkIssued,
  }),
  tokens: route({
    name: 'token.list',
    method: 'GET',
    path: '/orgs/:org/tokens',
    action: 'token.edit',
    summary: 'API tokens of the organization',
    response: z.object({ items: z.array(tokenView), can: z.object({ create: z.boolean() }) }),
  }),
  createToken: route({
    name: 'token.create',
    method: 'POST',
    path: '/orgs/:org/tokens',
    action: 'token.edit',
    summary: 'Create an API token; its secret is shown this once',
    body: z.object({ name: line(), roles: someRoles(), expiresAt: instant() }),
    response: tokenView.extend({ token: z.string() }),
    creates: true,
    answersSecret: true,
  }),
  revokeToken: route({
    name: 'token.revoke',
    method: 'POST',
    path: '/orgs/:org/tokens/:tokenId/revoke',
    action: 'token.edit',
    summary: 'Revoke an API token',
    params: z.object({ tokenId: id('token') }),
    body: z.object({ reason: filled(500) }),
    response: tokenView,
  }),
} as const

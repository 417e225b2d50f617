import type { Command } from 'commander'
import type { Instant } from '#kernel/time.ts'
import { systemClock } from '#kernel/time.ts'
import { directory } from '#modules/people/server/directory.ts'
import { type Role, roles } from '#platform/access/roles.ts'
import {
  createOrganizationBySystem,
  createTokenBySystem,
  inviteBySystem,
  listOrganizations,
  resetLinkBySystem,
} from '#platform/identity/system.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { answering } from './answer.ts'
import { withInstallation } from './installation.ts'

const names = roles.join(', ')

function roleNamed(text: string): Role {
  const wanted = text.toLowerCase().replaceAll('-', '')
  const found = roles.find((role) => role.toLowerCase() === wanted)
  if (found) return found
  throw new RefusalError({ code: 'cli.role', message: `“${text}” is no role; the roles are ${names}.`, facts: {} })
}

function daysFromNow(text: string): Instant {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 365) {
    throw new RefusalError({
      code: 'cli.days',
      message: `--days is a whole number from 1 to 365, not “${text}”.`,
      facts: {},
    })
  }
  return new Date(Date.now() + days * 86_400_000).toISOString() as Instant
}

/** `org`, `token`, `account`: what an operator does without signing in. */
export function organizationCommands(program: Command): void {
  const org = program.command('org').description('organizations of this installation')
  org
    .command('create')
    .description('create an organization; invite its first administrator with “account invite”')
    .requiredOption('--slug <slug>', 'short name in addresses: small letters, digits, hyphens')
    .requiredOption('--name <name>', 'full name')
    .option('--sector <sector>', 'sector', 'other')
    .option('--size <size>', 'number of people: 1-10, 11-50, 51-250, 251-1000, 1001+', '11-50')
    .option('--language <language>', 'language of documents: en or de', 'en')
    .option('--currency <currency>', 'three letters', 'EUR')
    .option('--time-zone <zone>', 'IANA name', 'UTC')
    .option('--json', 'answer as JSON')
    .action(
      (
        options: Record<'slug' | 'name' | 'sector' | 'size' | 'language' | 'currency' | 'timeZone', string>,
        command: Command,
      ) =>
        answering(command, () =>
          withInstallation(process.env, async (installation) => {
            const { slug, name, sector, size, language, currency, timeZone } = options
            const fields = { slug, name, sector, size, language, currency, timeZone }
            await createOrganizationBySystem(await installation.database(), systemClock, fields)
            return { lines: [`Created ${name} (${slug}).`], json: { slug, name } }
          }),
        ),
    )
  org
    .command('list')
    .description('list organizations')
    .option('--json', 'answer as JSON')
    .action((_options: unknown, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const found = await listOrganizations(await installation.database(), systemClock)
          const lines = found.map((one) => `${one.slug.padEnd(24)} ${one.name} (${one.members} members)`)
          return { lines: lines.length > 0 ? lines : ['There is no organization yet.'], json: found }
        }),
      ),
    )
  program
    .command('token')
    .description('API tokens')
    .command('create')
    .description('create an API token; its secret is shown this once')
    .requiredOption('--org <slug>', 'organization')
    .requiredOption('--role <role...>', `roles of the token: ${names}`)
    .option('--name <name>', 'what it is for', 'command line')
    .option('--days <days>', 'valid for so many days, 365 at most', '90')
    .option('--json', 'answer as JSON: { token }')
    .action((options: Record<'org' | 'name' | 'days', string> & { role: string[] }, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const asked = { roles: options.role.map(roleNamed), expiresAt: daysFromNow(options.days), name: options.name }
          const made = await createTokenBySystem(await installation.database(), systemClock, options.org, asked)
          return { lines: [made.token], json: { token: made.token, expiresAt: made.expiresAt } }
        }),
      ),
    )
  const account = program.command('account').description('accounts of people')
  account
    .command('invite')
    .description('make an invitation link for an organization')
    .requiredOption('--org <slug>', 'organization')
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--name <name>', 'name')
    .requiredOption('--role <role...>', `roles: ${names}`)
    .option('--person <ref>', 'whom of the directory it is for, as P-3; without it a new entry is made on acceptance')
    .option('--json', 'answer as JSON')
    .action(
      (options: { org: string; email: string; name: string; role: string[]; person?: string }, command: Command) =>
        answering(command, () =>
          withInstallation(process.env, async (installation) => {
            const { email, name, person } = options
            const invited = {
              email,
              name,
              roles: options.role.map(roleNamed),
              ...(person === undefined ? {} : { person }),
            }
            const place = { url: new URL(installation.config.url), directory }
            const link = await inviteBySystem(await installation.database(), systemClock, place, options.org, invited)
            return { lines: [link.link], json: link }
          }),
        ),
    )
  account
    .command('reset')
    .description(
      'make a link with which somebody chooses a new password: who forgot it, or whose address somebody else used first',
    )
    .requiredOption('--email <address>', 'e-mail address')
    .option('--json', 'answer as JSON')
    .action((options: { email: string }, command: Command) =>
      answering(command, () =>
        withInstallation(process.env, async (installation) => {
          const url = new URL(installation.config.url)
          const link = await resetLinkBySystem(await installation.database(), systemClock, url, options.email)
          return { lines: [link.link, whatItOpens(link.organizations), whatItEnds(link.tokens)], json: link }
        }),
      ),
    )
}

// The operator vouches that the link reaches the holder of the address: what else comes with the account is said.
const whatItOpens = (slugs: readonly string[]): string =>
  slugs.length === 0
    ? 'Hand it to the holder of the address alone. The account may enter no organization.'
    : `Hand it to the holder of the address alone. The account may enter: ${slugs.join(', ')}.`

const whatItEnds = (tokens: number): string =>
  tokens === 0
    ? 'Using the link ends its sessions. It has no API tokens.'
    : `Using the link ends its sessions and revokes its API tokens, ${tokens} at present.`

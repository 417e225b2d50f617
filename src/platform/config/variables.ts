import { isIP } from 'node:net'
import { z } from 'zod'
import { Secret } from './secret.ts'

/** One environment variable: what people are told about it, and the schema that reads its text. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** What it decides, one line, for help pages. */
  readonly meaning: string
  /** Which values it takes, to follow “Allowed: …”. */
  readonly allowed: string
  /** What holds when it is not set, for help pages. */
  readonly absent: string
  /** True when its value must never be printed. */
  readonly secret?: true
}

const variable = <Schema extends z.ZodType>(entry: Variable<Schema>): Variable<Schema> => entry

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['on', 'off', 'true', 'false', 'yes', 'no', '1', '0']))
  .transform((word) => ['on', 'true', 'yes', '1'].includes(word))

const onOffWords = 'on or off (also true, false, yes, no, 1, 0)'

/** A URL with a host and one of the given schemes. */
const urlOf = (...schemes: string[]) =>
  z.string().refine((text) => {
    const url = URL.parse(text)
    return url !== null && schemes.includes(url.protocol)
  })

/** A socket is given as `postgres://user@/database?host=/folder`, which only becomes a URL with a host; `?host` outdoes it. */
const withHost = (text: string): string => text.replace(/^([a-z]+:\/\/[^/?#]*@)\//, '$1localhost/')

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i

/** `https://isms.example.org`: nothing after the host and port, because Plumbline is not served below a path. */
const origin = urlOf('http:', 'https:')
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '')
  .transform((url) => url.origin)

const proxyNames = ['loopback', 'linklocal', 'uniquelocal']

function isProxyAddress(text: string): boolean {
  if (proxyNames.includes(text)) return true
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/**
 * `true` is refused on purpose: it would believe whatever address any client claims, and with it the sign-in limits
 * per address would mean nothing.
 */
const trustedProxies = z.union([
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['off', 'false', 'no', '0']))
    .transform((): false => false),
  wholeNumber(1, 10),
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isProxyAddress)),
])

/** 32 bytes in hexadecimal (64 digits) or base64 (43 characters, padding and the URL alphabet as one likes). */
export const keyText = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => /^[0-9a-f]{64}$/i.test(text) || /^[A-Za-z0-9+/_-]{43}=?$/.test(text))
  .transform((text) => new Uint8Array(Buffer.from(text, text.length === 64 ? 'hex' : 'base64')))

const mailAddress = /^(?:[^<>\r\n"]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/

const secretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text))

/** Every environment variable Plumbline reads. An unknown `PLUMBLINE_…` stops the start instead of being ignored. */
export const variables = {
  PORT: variable({
    schema: wholeNumber(0, 65_535),
    meaning: 'Port the web server listens on.',
    allowed: 'a whole number from 0 to 65535 (0 takes any free port)',
    absent: '7270',
  }),
  HOST: variable({
    schema: z.string().refine((text) => isIP(text) !== 0 || (hostName.test(text) && !/^[\d.]+$/.test(text))),
    meaning: 'Address the web server listens on; 0.0.0.0 or :: for every interface.',
    allowed: 'an IP address or a host name, without port',
    absent: '127.0.0.1',
  }),
  PLUMBLINE_HOME: variable({
    schema: z.string(),
    meaning: 'Folder for everything Plumbline keeps on this machine: database, files, secret key.',
    allowed: 'a folder; a relative one counts from where the command was typed',
    absent: '.plumbline beside package.json',
  }),
  PLUMBLINE_URL: variable({
    schema: origin,
    meaning: 'Address people open in the browser. Decides links in mails, secure cookies and single sign-on.',
    allowed: 'http:// or https:// with host and optional port, nothing after them (https://isms.example.org)',
    absent: 'http://127.0.0.1 and the port',
  }),
  PLUMBLINE_TRUST_PROXY: variable({
    schema: trustedProxies,
    meaning: 'Which reverse proxies may say who the client is (X-Forwarded-For).',
    allowed: `off, the number of proxies in front (1 to 10), or their addresses separated by commas (10.0.0.1, 10.0.0.0/8, ${proxyNames.join(', ')})`,
    absent: 'off',
  }),
  PLUMBLINE_SECRET_KEY: variable({
    schema: keyText.transform((bytes) => new Secret(bytes)),
    meaning: 'Key that encrypts stored secrets such as connector passwords. The same on every server of one database.',
    allowed: '32 bytes, as 64 hexadecimal digits or as base64 (openssl rand -hex 32 makes one)',
    absent: 'made once and kept in secret.key in PLUMBLINE_HOME',
    secret: true,
  }),
  DATABASE_URL: variable({
    schema: z
      .string()
      .transform(withHost)
      .pipe(urlOf('postgres:', 'postgresql:'))
      .transform((text) => new Secret(text)),
    meaning: 'PostgreSQL 18 or later to use instead of the embedded one.',
    allowed: 'postgres://user:password@host:port/database (special characters in the password percent-encoded)',
    absent: 'the embedded PostgreSQL in PLUMBLINE_HOME',
    secret: true,
  }),
  S3_BUCKET: variable({
    schema: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i),
    meaning: 'Bucket that keeps the files, on Amazon S3 or anything that speaks its protocol.',
    allowed: 'the name of a bucket (3 or more letters, digits, dots and hyphens)',
    absent: 'files are kept in PLUMBLINE_HOME',
  }),
  S3_ENDPOINT: variable({
    schema: urlOf('http:', 'https:'),
    meaning: 'Address of the S3 service when it is not Amazon.',
    allowed: 'an http:// or https:// address',
    absent: 'Amazon S3',
  }),
  S3_REGION: variable({
    schema: z.string().regex(/^[a-z0-9-]{1,64}$/i),
    meaning: 'Region of the bucket.',
    allowed: 'a region name such as eu-central-1',
    absent: 'us-east-1',
  }),
  S3_ACCESS_KEY_ID: variable({
    schema: z.string().regex(/^\S+$/),
    meaning: 'Access key; together with S3_SECRET_ACCESS_KEY.',
    allowed: 'the id of an access key',
    absent: 'what the machine offers (instance role, shared credentials)',
    secret: true,
  }),
  S3_SECRET_ACCESS_KEY: variable({
    schema: secretText,
    meaning: 'Secret of the access key.',
    allowed: 'the secret that belongs to S3_ACCESS_KEY_ID',
    absent: 'what the machine offers',
    secret: true,
  }),
  S3_FORCE_PATH_STYLE: variable({
    schema: onOff,
    meaning: 'Address the bucket as a path and not as a host name, as most S3 services other than Amazon need.',
    allowed: onOffWords,
    absent: 'on when S3_ENDPOINT is set, else off',
  }),
  SMTP_URL: variable({
    schema: urlOf('smtp:', 'smtps:').transform((text) => new Secret(text)),
    meaning: 'Mail server for invitations, reminders and digests.',
    allowed: 'smtp://user:password@host:port or smtps://…',
    absent: 'no mail is sent',
    secret: true,
  }),
  PLUMBLINE_MAIL_FROM: variable({
    schema: z.string().regex(mailAddress),
    meaning: 'Sender of every mail.',
    allowed: 'an address, with or without a name: Plumbline <isms@example.org>',
    absent: 'none; needed with SMTP_URL',
  }),
  LOG_LEVEL: variable({
    schema: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])),
    meaning: 'How much the log says.',
    allowed: 'silent, fatal, error, warn, info, debug or trace',
    absent: 'warn',
  }),
  PLUMBLINE_METRICS: variable({
    schema: onOff,
    meaning: 'Serve figures about the server for Prometheus.',
    allowed: onOffWords,
    absent: 'off',
  }),
} as const

export type VariableName = keyof typeof variables
export type VariableValue<Name extends VariableName> = z.output<(typeof variables)[Name]['schema']>
export const variableNames = Object.keys(variables) as readonly VariableName[]

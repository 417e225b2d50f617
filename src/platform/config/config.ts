import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { ok, type Refusal, type Result, refuse } from '#kernel/result.ts'
import { nearestName } from './nearest-name.ts'
import type { Secret } from './secret.ts'
import { type Variable, type VariableName, type VariableValue, variableNames, variables } from './variables.ts'

/** Where files are kept. */
export type FilesConfig =
  | { readonly kind: 'disk'; readonly folder: string }
  | {
      readonly kind: 's3'
      readonly bucket: string
      readonly endpoint: string | null
      readonly region: string
      /** null: the AWS client finds credentials itself. */
      readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: Secret<string> } | null
      readonly forcePathStyle: boolean
    }

/** What the environment decides. Safe to log: secrets show as `[secret]`. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute folder for database, files and secret key. */
  readonly home: string
  /** Origin people open in the browser, without a slash at the end; `urlGiven` says whether somebody chose it. */
  readonly url: string
  readonly urlGiven: boolean
  /** As Fastify's `trustProxy` takes it: nobody, this many proxies, or these addresses. */
  readonly trustProxy: VariableValue<'PLUMBLINE_TRUST_PROXY'>
  /** null: `loadSecretKey` makes or reads the one in the home folder. */
  readonly secretKey: Secret<Uint8Array> | null
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: Secret<string> | null
  readonly files: FilesConfig
  /** null: no mail is sent. */
  readonly mail: { readonly smtpUrl: Secret<string>; readonly from: string } | null
  readonly logLevel: VariableValue<'LOG_LEVEL'>
  readonly metrics: boolean
}

/** Environment as a process has it. An empty variable counts as not set: compose files pass on what is missing so. */
export type Environment = Readonly<Record<string, string | undefined>>

const projectRoot = resolve(import.meta.dirname, '../../..')

/**
 * The folder in which the person typed the command: npm changes the working directory of its scripts and leaves the
 * original one in `INIT_CWD`. Relative paths from a command line or a variable count from here.
 */
export function typedIn(env: Environment, cwd: string): string {
  return resolve(cwd, env['INIT_CWD'] || '.')
}

/**
 * Reads and checks the environment, all of it: the refusal lists every problem, one sentence per line, each naming
 * the variable, what was found and what is allowed. Values that may hold a secret are never repeated.
 * @param at.cwd the process's working directory
 */
export function readConfig(env: Environment, at: { readonly cwd: string }): Result<Config> {
  const problems: Problem[] = unknownNames(env)
  const read = <Name extends VariableName>(name: Name): VariableValue<Name> | null => {
    const text = env[name]
    if (text === undefined || text === '') return null
    const parsed = variables[name].schema.safeParse(text)
    if (parsed.success) return parsed.data as VariableValue<Name>
    problems.push({ name, sentence: wrongValue(name, text) })
    return null
  }

  const port = read('PORT') ?? 7270
  const host = read('HOST') ?? '127.0.0.1'
  const home = homeFolder(read('PLUMBLINE_HOME'), typedIn(env, at.cwd))
  const url = read('PLUMBLINE_URL')
  const trustProxy = read('PLUMBLINE_TRUST_PROXY') ?? false
  const secretKey = read('PLUMBLINE_SECRET_KEY')
  const databaseUrl = read('DATABASE_URL')
  const s3 = {
    bucket: read('S3_BUCKET'),
    endpoint: read('S3_ENDPOINT'),
    region: read('S3_REGION') ?? 'us-east-1',
    accessKeyId: read('S3_ACCESS_KEY_ID'),
    secretAccessKey: read('S3_SECRET_ACCESS_KEY'),
    forcePathStyle: read('S3_FORCE_PATH_STYLE'),
  }
  const smtpUrl = read('SMTP_URL')
  const from = read('PLUMBLINE_MAIL_FROM')
  const logLevel = read('LOG_LEVEL') ?? 'warn'
  const metrics = read('PLUMBLINE_METRICS') ?? false

  problems.push(...halfSettings(env))
  if (problems.length > 0) return refuseAll(problems)

  const credentials =
    s3.accessKeyId !== null && s3.secretAccessKey !== null
      ? { accessKeyId: s3.accessKeyId, secretAccessKey: s3.secretAccessKey }
      : null
  return ok({
    port,
    host,
    home,
    url: url ?? `http://127.0.0.1:${port}`,
    urlGiven: url !== null,
    trustProxy,
    secretKey,
    databaseUrl,
    files:
      s3.bucket === null
        ? { kind: 'disk', folder: join(home, 'files') }
        : {
            kind: 's3',
            bucket: s3.bucket,
            endpoint: s3.endpoint,
            region: s3.region,
            credentials,
            forcePathStyle: s3.forcePathStyle ?? s3.endpoint !== null,
          },
    mail: smtpUrl !== null && from !== null ? { smtpUrl, from } : null,
    logLevel,
    metrics,
  })
}

interface Problem {
  readonly name: string
  readonly sentence: string
}

function refuseAll(problems: readonly Problem[]): { readonly ok: false; readonly refusal: Refusal } {
  const names = problems.map((problem) => problem.name)
  return refuse(
    'config.invalid',
    problems.map((problem) => problem.sentence).join('\n'),
    { variables: names },
    names.length === 1 ? names[0] : undefined,
  )
}

function unknownNames(env: Environment): Problem[] {
  return Object.keys(env)
    .filter((name) => /^plumbline_/i.test(name) && env[name] !== '' && !(name in variables))
    .map((name) => {
      const upper = name.toUpperCase()
      const bare = upper.slice('PLUMBLINE_'.length)
      const meant = variableNames.find((known) => known === bare) ?? nearestName(upper, variableNames)
      const known = variableNames.filter((candidate) => candidate.startsWith('PLUMBLINE_')).join(', ')
      const hint = meant === null ? `Known names are ${known}.` : `Did you mean ${meant}?`
      return { name, sentence: `${name} is set, but Plumbline knows no variable of this name. ${hint}` }
    })
}

/** Settings that only make sense together. */
function halfSettings(env: Environment): Problem[] {
  const isSet = (name: VariableName): boolean => (env[name] ?? '') !== ''
  const needs = (name: VariableName, other: VariableName, why: string): Problem[] =>
    isSet(name) && !isSet(other)
      ? [{ name: other, sentence: `${name} is set but ${other} is not. ${why} Set both, or neither.` }]
      : []
  const withoutBucket = (['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_FORCE_PATH_STYLE'] as const).find(isSet)
  return [
    ...needs('SMTP_URL', 'PLUMBLINE_MAIL_FROM', 'Mail needs a sender.'),
    ...needs('S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'An access key is an id and a secret.'),
    ...needs('S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID', 'An access key is an id and a secret.'),
    ...(withoutBucket === undefined
      ? []
      : needs(withoutBucket, 'S3_BUCKET', 'Without a bucket files would be kept on this machine.')),
  ]
}

function wrongValue(name: VariableName, text: string): string {
  const known: Variable = variables[name]
  return `${name} is ${known.secret ? describeSecret(text) : quote(text)}. Allowed: ${known.allowed}.`
}

function quote(text: string): string {
  const shown = text.replace(/\/\/[^/]*@/, '//…@')
  return JSON.stringify(shown.length > 80 ? `${shown.slice(0, 80)}…` : shown)
}

/** Schemes people mistake for the right one; any other text before `://` could itself be part of a secret. */
const knownScheme = /^(?:https?|smtps?|postgres|postgresql|mysql|mariadb|mongodb|redis|sqlite|file|jdbc):/

/** Says what can be said of a secret without showing any of it. */
function describeSecret(text: string): string {
  const scheme = knownScheme.exec(text)?.[0]
  return `not usable (${text.length} characters${scheme === undefined ? '' : ` beginning with ${scheme}`}; not shown because it is secret)`
}

function homeFolder(given: string | null, base: string): string {
  if (given === null) return join(projectRoot, '.plumbline')
  // Files with variables are read without a shell, so nobody else would replace the tilde.
  if (given === '~' || given.startsWith('~/')) return join(homedir(), given.slice(1))
  return resolve(base, given)
}

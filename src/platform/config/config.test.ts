import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Config, type Environment, readConfig } from './config.ts'

const cwd = '/srv/somewhere'

function read(env: Environment): Config {
  const config = readConfig(env, { cwd })
  if (!config.ok) throw new Error(config.refusal.message)
  return config.value
}

function refusal(env: Environment): string {
  const config = readConfig(env, { cwd })
  if (config.ok) throw new Error('was not refused')
  expect(config.refusal.code).toBe('config.invalid')
  return config.refusal.message
}

describe('readConfig', () => {
  test('an empty environment gives the defaults', () => {
    const home = resolve(import.meta.dirname, '../../../.plumbline')
    expect(read({})).toEqual({
      port: 7270,
      host: '127.0.0.1',
      home,
      url: 'http://127.0.0.1:7270',
      urlGiven: false,
      trustProxy: false,
      secretKey: null,
      databaseUrl: null,
      files: { kind: 'disk', folder: join(home, 'files') },
      mail: null,
      logLevel: 'warn',
      metrics: false,
    })
  })

  test('a variable that is set but empty counts as not set', () => {
    expect(read({ PORT: '', DATABASE_URL: '', PLUMBLINE_URL: '', PLUMBLINE_UNKNOWN: '' }).port).toBe(7270)
  })

  test('a relative home counts from where the command was typed, which npm notes in INIT_CWD', () => {
    expect(read({ PLUMBLINE_HOME: 'data' }).home).toBe('/srv/somewhere/data')
    expect(read({ PLUMBLINE_HOME: 'data', INIT_CWD: tmpdir() }).home).toBe(join(tmpdir(), 'data'))
    expect(read({ PLUMBLINE_HOME: '/var/lib/with spaces' }).home).toBe('/var/lib/with spaces')
    expect(read({ PLUMBLINE_HOME: '~/isms' }).home).toBe(join(homedir(), 'isms'))
    expect(read({ INIT_CWD: tmpdir() }).home).toBe(read({}).home)
  })

  test('everything can be set', () => {
    const config = read({
      PORT: '8080',
      HOST: '::1',
      PLUMBLINE_URL: 'https://isms.example.org/',
      PLUMBLINE_TRUST_PROXY: '10.0.0.0/8, loopback',
      PLUMBLINE_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: 'postgres://u:p@db/plumbline',
      S3_BUCKET: 'evidence',
      S3_ENDPOINT: 'https://minio.example.org',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'hidden',
      SMTP_URL: 'smtps://u:p@mail.example.org',
      PLUMBLINE_MAIL_FROM: 'Plumbline <isms@example.org>',
      LOG_LEVEL: 'DEBUG',
      PLUMBLINE_METRICS: 'on',
    })
    expect(config).toMatchObject({ port: 8080, host: '::1', url: 'https://isms.example.org', urlGiven: true })
    expect(config).toMatchObject({ trustProxy: ['10.0.0.0/8', 'loopback'], logLevel: 'debug', metrics: true })
    expect(config.secretKey?.reveal()).toEqual(new Uint8Array(32).fill(0xab))
    expect(config.databaseUrl?.reveal()).toBe('postgres://u:p@db/plumbline')
    expect(config.mail?.from).toBe('Plumbline <isms@example.org>')
    expect(config.files).toMatchObject({ kind: 's3', bucket: 'evidence', region: 'us-east-1', forcePathStyle: true })
  })

  test('a database on a socket is a URL without host', () => {
    const url = read({ DATABASE_URL: 'postgres://u:p@/plumbline?host=/run/postgresql' }).databaseUrl?.reveal()
    expect(new URL(url ?? '').searchParams.get('host')).toBe('/run/postgresql')
  })

  test('the key may be base64, with and without padding', () => {
    const key = Buffer.alloc(32, 0xfb)
    for (const text of [key.toString('base64'), key.toString('base64url'), key.toString('hex').toUpperCase()]) {
      expect(Buffer.from(read({ PLUMBLINE_SECRET_KEY: text }).secretKey?.reveal() ?? [])).toEqual(key)
    }
  })
})

describe('a refusal names the variable, what was found and what is allowed', () => {
  test.each([
    [{ PORT: 'abc' }, 'PORT is "abc". Allowed: a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT is "65536"'],
    [{ PORT: '1.5' }, 'PORT is "1.5"'],
    [{ HOST: 'localhost:80' }, 'HOST is "localhost:80"'],
    [{ HOST: '1.2.3.400' }, 'HOST is "1.2.3.400"'],
    [{ PLUMBLINE_URL: 'isms.example.org' }, 'PLUMBLINE_URL is "isms.example.org"'],
    [{ PLUMBLINE_URL: 'https://example.org/isms' }, 'nothing after them'],
    [{ PLUMBLINE_URL: 'https://anna:hidden@example.org' }, 'PLUMBLINE_URL is "https://…@example.org"'],
    [{ DATABASE_URL: 'mysql://u:p@db/x' }, 'DATABASE_URL is not usable (16 characters beginning with mysql:;'],
    [{ PLUMBLINE_TRUST_PROXY: 'true' }, 'PLUMBLINE_TRUST_PROXY is "true"'],
    [{ PLUMBLINE_TRUST_PROXY: '10.0.0.0/33' }, 'PLUMBLINE_TRUST_PROXY is "10.0.0.0/33"'],
    [{ S3_BUCKET: 'a b' }, 'S3_BUCKET is "a b"'],
    [{ LOG_LEVEL: 'loud' }, 'silent, fatal, error, warn, info, debug or trace'],
    [{ PLUMBLINE_METRICS: 'maybe' }, 'on or off'],
    [{ PLUMBLINE_MAIL_FROM: 'nobody' }, 'Plumbline <isms@example.org>'],
    [{ PLUMBLINE_MAIL_FROM: 'A <a@example.org>\r\nBcc: b@example.org' }, 'PLUMBLINE_MAIL_FROM is'],
  ])('%j', (env, sentence) => expect(refusal(env)).toContain(sentence))

  test('all problems at once, one per line', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2)
  })

  test.each([
    ['PLUMBLINE_HOEM', 'Did you mean PLUMBLINE_HOME?'],
    ['PLUMBLINE_URI', 'Did you mean PLUMBLINE_URL?'],
    ['plumbline_home', 'Did you mean PLUMBLINE_HOME?'],
    ['PLUMBLINE_PORT', 'Did you mean PORT?'],
    ['PLUMBLINE_DATABASE_URL', 'Did you mean DATABASE_URL?'],
    ['PLUMBLINE_COLOUR_OF_THE_SKY', 'Known names are PLUMBLINE_HOME,'],
  ])('unknown %s', (name, hint) => expect(refusal({ [name]: 'x' })).toContain(hint))

  test('halves of a pair', () => {
    expect(refusal({ SMTP_URL: 'smtp://mail' })).toContain('PLUMBLINE_MAIL_FROM is not')
    expect(refusal({ S3_ENDPOINT: 'https://s3.example.org' })).toContain('S3_BUCKET is not')
    expect(refusal({ S3_BUCKET: 'evidence', S3_ACCESS_KEY_ID: 'id' })).toContain('S3_SECRET_ACCESS_KEY is not')
  })
})

describe('secrets stay secret', () => {
  const secretNames = ['PLUMBLINE_SECRET_KEY', 'DATABASE_URL', 'SMTP_URL'] as const

  test('no refusal repeats any part of a secret, whatever it looks like', () => {
    const hidden = fc.stringMatching(/^[a-zA-Z0-9]{12,20}$/)
    const shapes = fc.constantFrom('%', 'mysql://user:%@host/x', '%://a', ' %', 'postgres//user:%@host')
    fc.assert(
      fc.property(fc.constantFrom(...secretNames), hidden, shapes, (name, secret, shape) => {
        expect(refusal({ [name]: shape.replace('%', secret) })).not.toContain(secret)
      }),
    )
  })

  test('a printed configuration shows none', () => {
    const config = read({
      PLUMBLINE_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: 'postgres://u:quite-hidden@db/plumbline',
      S3_BUCKET: 'evidence',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'quite-hidden',
      SMTP_URL: 'smtp://u:quite-hidden@mail',
      PLUMBLINE_MAIL_FROM: 'a@example.org',
    })
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })} ${String(config.databaseUrl)}`
    expect(printed).toContain('[secret]')
    expect(printed).not.toMatch(/quite-hidden|abab|171, 171/)
  })
})

import { expect, test } from 'vitest'
import { judgeServer, type ServerFacts } from './external.ts'

const good: ServerFacts = {
  version: 180_004,
  encoding: 'UTF8',
  database: 'isms',
  role: 'plumbline',
  superuser: false,
  bypassRls: false,
  mayCreateRoles: false,
  mayCreateSchemas: true,
  app: { superuser: false, bypassRls: false, maySet: true },
}

test('a server of 18 or later with a bound role will do', () => {
  expect(judgeServer(good)).toMatchObject({ ok: true })
  expect(judgeServer({ ...good, version: 190_001 })).toMatchObject({ ok: true })
})

test.each<[string, Partial<ServerFacts>, string]>([
  ['postgres.version_too_old', { version: 170_006 }, 'leads to PostgreSQL 17.6; Plumbline needs 18 or later'],
  ['postgres.wrong_encoding', { encoding: 'SQL_ASCII' }, 'has the encoding SQL_ASCII'],
  ['postgres.role_above_security', { superuser: true }, 'Role plumbline in DATABASE_URL is a superuser'],
  ['postgres.role_above_security', { bypassRls: true }, 'is allowed to bypass row-level security'],
  [
    'postgres.app_role_missing',
    { app: null },
    'create role app nologin nosuperuser nobypassrls; grant app to plumbline',
  ],
  [
    'postgres.app_role_missing',
    { app: { superuser: false, bypassRls: false, maySet: false } },
    'run: grant app to plumbline',
  ],
  ['postgres.app_role_above_security', { app: { superuser: true, bypassRls: false, maySet: true } }, 'alter role app'],
  ['postgres.app_role_above_security', { app: { superuser: false, bypassRls: true, maySet: true } }, 'alter role app'],
  ['postgres.may_not_create', { mayCreateSchemas: false }, 'grant create on database isms to plumbline'],
])('%s: %j', (code, facts, sentence) => {
  const judged = judgeServer({ ...good, ...facts })
  expect(judged).toMatchObject({ ok: false, refusal: { code, message: expect.stringContaining(sentence) } })
})

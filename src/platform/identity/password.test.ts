import { expect, test } from 'vitest'
import { acceptPassword, hashPassword, verifyPassword } from './password.ts'

test('passwords are kept as argon2id with 19 MiB, two passes and a salt', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
  expect(await verifyPassword(one, 'correct horse battery')).toBe(true)
  expect(await verifyPassword(one, 'correct horse batterz')).toBe(false)
})

test('without a hash nothing fits', async () => {
  expect(await verifyPassword(null, '')).toBe(false)
  expect(await verifyPassword(null, 'whatever it is')).toBe(false)
})

test('both Unicode forms of a password are the same password', async () => {
  const hash = await hashPassword('Gr\u00FC\u00DFe aus K\u00F6ln'.normalize('NFC'))
  expect(await verifyPassword(hash, 'Gr\u00FC\u00DFe aus K\u00F6ln'.normalize('NFD'))).toBe(true)
})

test('what is guessed first is refused', () => {
  const owner = { email: 'anna.berg@acme.example', name: 'Anna Berg' }
  const codeOf = (password: string): string | null => {
    const result = acceptPassword(password, owner, 'password')
    return result.ok ? null : result.refusal.code
  }
  expect(codeOf('aaaaaaaaaaaaaa')).toBe('password.too_simple')
  expect(codeOf('121212121212')).toBe('password.too_simple')
  expect(codeOf('anna.berg@acme.example')).toBe('password.own_name')
  expect(codeOf('Anna.Berg2026')).toBe('password.own_name')
  expect(codeOf('anna berg 2026!')).toBe('password.own_name')
  expect(codeOf('a sentence I remember')).toBeNull()
  expect(codeOf('Anna Berg likes green tea')).toBeNull()
})

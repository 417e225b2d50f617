import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyFingerprint } from './key-fingerprint.ts'
import { Secret } from './secret.ts'
import { loadSecretKey } from './secret-key.ts'

let home: string
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'plumbline-key-')), 'new')
})
afterEach(() => rmSync(join(home, '..'), { recursive: true, force: true }))

function load(secretKey: Secret<Uint8Array> | null = null): Uint8Array | string {
  const key = loadSecretKey({ home, secretKey })
  return key.ok ? key.value.reveal() : key.refusal.message
}

test('is made once, readable by its owner alone', () => {
  const first = load()
  expect(first).toHaveLength(32)
  expect(load()).toEqual(first)
  expect(statSync(join(home, 'secret.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(home)).toEqual(['secret.key'])
})

test('the configured key goes before the file, and no file is made', () => {
  const key = new Uint8Array(32).fill(7)
  expect(load(new Secret(key))).toEqual(key)
  expect(() => readdirSync(home)).toThrow('ENOENT')
})

test('a damaged file is refused, not replaced', () => {
  mkdirSync(home)
  writeFileSync(join(home, 'secret.key'), 'short\n')
  expect(load()).toContain('does not hold a key of 32 bytes')
})

test('no new key is made beside an existing database', () => {
  mkdirSync(join(home, 'database'), { recursive: true })
  writeFileSync(join(home, 'database/PG_VERSION'), '18\n')
  expect(load()).toContain('secret.key is missing, though a database exists')
})

test('a folder that cannot be made is refused in a sentence', () => {
  mkdirSync(join(home, '..'), { recursive: true })
  writeFileSync(home, '')
  expect(load()).toMatch(/cannot be read or made \(E\w+\)/)
})

test('a fingerprint names a key, the same every time, and tells nothing of it', () => {
  const [one, other] = [1, 2].map((byte) => new Secret(new Uint8Array(32).fill(byte)))
  if (!one || !other) throw new Error('no keys')
  expect(keyFingerprint(one)).toMatch(/^[0-9a-f]{16}$/)
  expect(keyFingerprint(new Secret(new Uint8Array(32).fill(1)))).toBe(keyFingerprint(one))
  expect(keyFingerprint(other)).not.toBe(keyFingerprint(one))
  expect(Buffer.from(one.reveal()).toString('hex')).not.toContain(keyFingerprint(one))
})

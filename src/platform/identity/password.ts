import { hash, verify } from '@node-rs/argon2'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { newSecret } from './accounts.ts'

// Argon2id, 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. The algorithm is the library's default.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// The same password typed on two keyboards may come in two Unicode forms.
const normal = (password: string): string => password.normalize('NFKC')

/** Argon2id hash of a password, in PHC form. Takes some 30 ms: never while a database connection waits. */
export const hashPassword = (password: string): Promise<string> => hash(normal(password), cost)

let decoy: Promise<string> | undefined

/**
 * Whether a password fits a hash. Without a hash (no such account, no password) it takes the same time and says no, so
 * that the time of an answer does not tell which addresses have accounts.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(newSecret())
  const fits = await verify(stored ?? (await decoy), normal(password))
  return stored !== null && fits
}

/**
 * Refuses passwords that are guessed first: the own address or name, or few different characters. Length is the
 * contract's matter.
 */
export function acceptPassword(
  password: string,
  owner: { readonly email: string; readonly name: string },
  field: string,
): Result<true> {
  const plain = normal(password).toLowerCase()
  if (new Set(plain).size < 5) {
    return refuse('password.too_simple', 'This password repeats the same few characters: choose another.', {}, field)
  }
  const own = [owner.email, owner.email.split('@')[0] ?? '', owner.name].map((one) => normal(one).toLowerCase())
  const rest = own.filter((one) => one.length > 3).reduce((left, one) => left.replaceAll(one, ''), plain)
  if (rest.length < 8 && rest.length < plain.length) {
    return refuse(
      'password.own_name',
      'This password is little more than your name or address: choose one that others cannot guess.',
      {},
      field,
    )
  }
  return ok(true)
}

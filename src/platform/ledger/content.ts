import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** Who did something, as the ledger keeps it. The name is the one at that time. */
export interface LedgerActor {
  readonly kind: 'person' | 'token' | 'system'
  readonly id: string | null
  readonly name: string
}

/** The part of an entry its content hash covers. Row images have snake_case keys: the columns of the table. */
export interface LedgerContent {
  readonly actor: LedgerActor
  readonly action: string
  readonly type: string
  readonly id: string
  readonly before: unknown
  readonly after: unknown
  readonly reason: string | null
  readonly tx: string
}

/** SHA-256 in hex of a value's canonical JSON (RFC 8785). Undefined members do not count. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? 'null')
    .digest('hex')
}

/** Content hash of a ledger entry, hex. */
export const contentHash = (content: LedgerContent): string => canonicalHash(content)

/**
 * Chain hash of an entry: SHA-256 over the previous hash, the sequence number and the instant in milliseconds (both as
 * 64-bit big-endian integers) and the content hash. The database computes the same in `ledger_append`.
 */
export function chainHash(previous: Buffer, seq: number, at: string, content: Buffer): Buffer {
  const numbers = Buffer.alloc(16)
  numbers.writeBigInt64BE(BigInt(seq), 0)
  numbers.writeBigInt64BE(BigInt(new Date(at).getTime()), 8)
  return createHash('sha256').update(previous).update(numbers).update(content).digest()
}

/** The hash before the first entry. */
export const genesis = createHash('sha256').update('').digest()

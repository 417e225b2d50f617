import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { ApprovalAct } from './authority.ts'
import type { Material } from './material.ts'
import type { AuthorityRole } from './method.ts'

/**
 * An act of the risk owner (6.1.3 f), bound to the state it was given for.
 * Never edited: a newer act supersedes it, or the owner revokes it. At most one per (riskId, act) has `endedAt` null.
 */
export interface RiskApproval extends RecordRow {
  readonly id: Id<'riskApproval'>
  readonly riskId: Id<'risk'>
  readonly act: ApprovalAct
  readonly personId: Id<'person'>
  readonly signedAt: Instant
  /** Last day on which it counts. */
  readonly expiresOn: LocalDate
  readonly methodId: Id<'riskMethod'>
  readonly material: Material
  /** SHA-256 over the canonical JSON of `material`, computed by the server. */
  readonly materialHash: string
  /** Roles the method asks to sign in addition. */
  readonly needs: readonly AuthorityRole[]
  readonly note: string | null
  readonly endedAt: Instant | null
  readonly endedBy: 'newerAct' | 'revoked' | null
}

/** The additional signature of a higher authority. Unique on (approvalId, role). */
export interface AuthoritySignature extends RecordRow {
  readonly id: Id<'riskSignature'>
  readonly approvalId: Id<'riskApproval'>
  readonly role: AuthorityRole
  readonly personId: Id<'person'>
  readonly signedAt: Instant
  readonly materialHash: string
}

/** An act together with the signatures under it. */
export interface SignedApproval {
  readonly approval: RiskApproval
  readonly signatures: readonly AuthoritySignature[]
}

/** Roles that still have to sign. */
export const missingRoles = (signed: SignedApproval): readonly AuthorityRole[] =>
  signed.approval.needs.filter(
    (role) =>
      !signed.signatures.some(
        (signature) => signature.role === role && signature.materialHash === signed.approval.materialHash,
      ),
  )

import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

/** Who acts: the person behind the session and the roles held in this organization. */
export interface Actor {
  readonly personId: Id<'person'>
  readonly roles: readonly string[]
}

/** Makes the id of a new row; the server passes `() => newId(Date.parse(now))`, tests pass a counter. */
export type Mint = <Type extends string>() => Id<Type>

/**
 * The occasion on which a rule is applied: where, who, when. Rules have no clock of their own.
 * `today` is the calendar day of `now` in the organization's time zone; due and expiry dates are compared with it.
 */
export interface At {
  readonly orgId: OrgId
  readonly by: Actor
  readonly now: Instant
  readonly today: LocalDate
  readonly mint: Mint
}

/** What a rule needs to know about a person: do they exist here and are they still with the organization. */
export interface PersonFacts {
  readonly id: Id<'person'>
  readonly name: string
  readonly active: boolean
}

/** The occasion of an import: it may be a token's or the operator's, with nobody of the directory behind it. */
export type ImportingAt = Omit<At, 'by'> & { readonly by: { readonly personId: Id<'person'> | null } }
